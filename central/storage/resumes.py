"""What was understood of résumés: for whoever reads them, and for whoever makes questions of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from pgvector import Vector
from psycopg.types.json import Jsonb

from central.resumes.flow import FOR_MODELS, Reading, Section
from central.storage.pool import Connection
from central.storage.tables.base import EMBEDDING_DIMENSIONS

DIMENSIONS: Final = EMBEDDING_DIMENSIONS
"""Of the vectors that are kept."""


@dataclass(frozen=True, slots=True)
class ResumeSectionText:
    """A section of a résumé that a question may be made of. `text` is exactly characters `start` to
    `end` of the résumé's own text, so that a span within it can be checked and shown; fields that
    nobody may ask about are blanks in it. `kind`: a `central.resumes.flow.Kind` of `FOR_MODELS`.
    """

    resume_id: int
    section_id: int
    kind: str
    heading: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """A vector for each of `for_models`, in its order, and the model that made them."""

    vectors: NDArray[np.float32]
    model: str
    version: str


async def for_questions(conn: Connection, interview_id: int) -> tuple[ResumeSectionText, ...]:
    """The sections of the interview's résumé, in its order; none where it has none that was read.

    Whoever marks answers never calls this: a résumé is no evidence of what was said.
    """
    cursor = await conn.execute(
        "select s.resume_id, s.id, s.kind, s.heading, s.start_at, s.end_at, s.text"
        " from resume_sections s join resumes r on r.id = s.resume_id"
        " where r.interview_id = %s and r.state = 'read' order by s.ordinal",
        (interview_id,),
    )
    return tuple(ResumeSectionText(*row) for row in await cursor.fetchall())


def for_models(reading: Reading) -> tuple[Section, ...]:
    """The sections that a model may see; none of blanks alone."""
    return tuple(
        one
        for one in reading.sections
        if one.kind in FOR_MODELS and reading.text[one.start : one.end].strip()
    )


async def document_of(conn: Connection, resume_id: int) -> int | None:
    """The sealed file of a résumé that waits to be read; None where it does not wait any more."""
    cursor = await conn.execute(
        "select document_id from resumes where id = %s and state = 'waiting'", (resume_id,)
    )
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def keep(
    conn: Connection, resume_id: int, reading: Reading, embedded: Embedded | None
) -> bool:
    """Stores what was understood; False where it was deleted meanwhile. The caller's transaction."""
    fields = msgspec.to_builtins(reading)
    findings = {
        name: fields[name] for name in ("hidden", "stripped", "notes", "confined_by", "rules")
    }
    cursor = await conn.execute(
        "update resumes set state = 'read', code = '', format = %s, pages = %s, text = %s,"
        " structured = %s, findings = %s, read_at = now(), changed_at = now()"
        " where id = %s and state = 'waiting' returning interview_id",
        (
            reading.format, reading.pages, reading.text, Jsonb(fields["structured"]),
            Jsonb(findings), resume_id,
        ),
    )  # fmt: skip
    row = await cursor.fetchone()
    if row is None:
        return False
    await _add_sections(conn, resume_id, row[0], reading, embedded)
    return True


async def refuse(conn: Connection, resume_id: int, code: str) -> None:
    """It cannot be read: its key is destroyed, so that the file goes too. The caller's transaction."""
    cursor = await conn.execute(
        "update resumes set state = 'refused', code = %s, changed_at = now()"
        " where id = %s and state = 'waiting' returning document_id",
        (code, resume_id),
    )
    if row := await cursor.fetchone():
        await conn.execute(
            "update documents set wrapped = null, destroyed_at = now()"
            " where id = %s and wrapped is not null",
            row,
        )


async def _add_sections(
    conn: Connection,
    resume_id: int,
    interview_id: int,
    reading: Reading,
    embedded: Embedded | None,
) -> None:
    sections: Sequence[Section] = for_models(reading)
    for ordinal, one in enumerate(sections):
        vector = None if embedded is None else str(Vector(embedded.vectors[ordinal]).to_text())
        named = (None, None) if embedded is None else (embedded.model, embedded.version)
        await conn.execute(
            "insert into resume_sections (resume_id, interview_id, ordinal, kind, heading, start_at,"
            " end_at, text, embedding, embedding_model, embedding_version)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s::vector, %s, %s)",
            (
                resume_id, interview_id, ordinal, one.kind,
                "" if one.heading is None else one.heading.text, one.start, one.end,
                reading.text[one.start : one.end], vector, *named,
            ),
        )  # fmt: skip
