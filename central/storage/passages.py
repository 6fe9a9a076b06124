"""Passages as they are written: by name, only what changed. Vectors come later, by jobs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from pgvector import Vector
from psycopg.types.json import Jsonb

from central.jobs.kinds import EMBED
from central.retrieval import ngrams
from central.retrieval.passages import Kind, Passage
from central.storage import jobs
from central.storage.pool import Connection
from central.storage.tables.base import EMBEDDING_DIMENSIONS

DIMENSIONS: Final = EMBEDDING_DIMENSIONS
LATER: Final = jobs.DEFAULT_PRIORITY * 2
"""Candidates' answers are marked first."""

_PUT: Final = """
insert into passages (kind, source, language, part, text, first_character, end_character, company,
  position, question_key, score, candidate_id, interview_id, content_hash, lexemes)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, array_to_tsvector(%s))
on conflict (kind, source, language, part) do update set text = excluded.text,
  first_character = excluded.first_character, end_character = excluded.end_character,
  company = excluded.company, position = excluded.position, question_key = excluded.question_key,
  score = excluded.score, candidate_id = excluded.candidate_id, interview_id = excluded.interview_id,
  content_hash = excluded.content_hash, lexemes = excluded.lexemes
where passages.content_hash <> excluded.content_hash
returning id, old.text is distinct from new.text
"""


@dataclass(frozen=True, slots=True)
class Unembedded:
    """A passage whose vector is missing or another model's."""

    id: int
    text: str


async def put(conn: Connection, passages: Sequence[Passage]) -> int:
    """Writes what is new or changed; how many were written. A changed text loses its vector."""
    written = 0
    for one in passages:
        cursor = await conn.execute(
            _PUT,
            (
                one.kind, one.source, one.language, one.part, one.text, *one.span, one.company,
                one.position, one.question_key, one.score, one.candidate_id, one.interview_id,
                _hash(*astuple(one)), list(ngrams.pieces(one.text)),
            ),
        )  # fmt: skip
        row = await cursor.fetchone()
        if row is None:
            continue
        written += 1
        if row[1]:
            await conn.execute("delete from passage_vectors where passage_id = %s", (row[0],))
    return written


async def keep_only(conn: Connection, kind: Kind, sources: Sequence[str]) -> int:
    """Deletes the passages of a kind whose source is not among `sources`; how many."""
    cursor = await conn.execute(
        "delete from passages where kind = %s and source <> all(%s)", (kind, list(sources))
    )
    return cursor.rowcount


async def shorten(conn: Connection, kind: Kind, source: str, language: str, parts: int) -> int:
    """Deletes the passages of a source behind its first `parts`; how many."""
    cursor = await conn.execute(
        "delete from passages where kind = %s and source = %s and language = %s and part >= %s",
        (kind, source, language, parts),
    )
    return cursor.rowcount


async def want_vectors(
    conn: Connection, name: str, version: str, *, missing_only: bool = False
) -> int:
    """A job for each passage without a vector of this model; how many there are to do now. Jobs that
    died get another life: what was broken then may be whole now.

    `missing_only` is for looking again and again: only passages without any vector, and the dead rest.
    """
    cursor = await conn.execute(
        "insert into jobs (kind, key, interview_id, priority, body)"
        " select %(kind)s, concat_ws(':', id, content_hash, %(name)s::text, %(version)s::text),"
        "  interview_id, %(priority)s, jsonb_build_object('passage_id', id)"
        " from passages left join passage_vectors on passage_id = id"
        " where passage_id is null or (not %(missing_only)s"
        "  and (embedding_name <> %(name)s or embedding_version <> %(version)s))"
        " on conflict (kind, key) do update set state = 'queued', attempt = 0, not_before = now(),"
        "  finished_at = null where jobs.state = 'done'"
        "  or (jobs.state = 'dead' and not %(missing_only)s)",
        {
            "kind": EMBED,
            "name": name,
            "version": version,
            "priority": LATER,
            "missing_only": missing_only,
        },
    )
    return cursor.rowcount


async def unembedded(
    conn: Connection, ids: Sequence[int], name: str, version: str
) -> list[Unembedded]:
    """Those of `ids` that are there and have no vector of this model."""
    cursor = await conn.execute(
        "select id, text from passages left join passage_vectors on passage_id = id"
        " where id = any(%s)"
        " and (passage_id is null or embedding_name <> %s or embedding_version <> %s)",
        (list(ids), name, version),
    )
    return [Unembedded(*row) for row in await cursor.fetchall()]


async def embed(
    conn: Connection, passage: Unembedded, vector: NDArray[np.float32], name: str, version: str
) -> bool:
    """Stores the vector; False where the text was changed or deleted meanwhile."""
    cursor = await conn.execute(
        "insert into passage_vectors (passage_id, embedding, embedding_name, embedding_version)"
        # Locked: whoever changes the text now does it after this, and deletes this vector.
        " select id, %s::halfvec, %s, %s from passages where id = %s and text = %s for share"
        " on conflict (passage_id) do update set embedding = excluded.embedding,"
        "  embedding_name = excluded.embedding_name,"
        "  embedding_version = excluded.embedding_version",
        (Vector(vector).to_text(), name, version, passage.id, passage.text),
    )
    return cursor.rowcount == 1


async def has_question(conn: Connection, key: str, language: str) -> bool:
    """Whether the bank asks this now."""
    cursor = await conn.execute(
        "select from questions where key = %s and language = %s and is_active", (key, language)
    )
    return cursor.rowcount > 0


async def candidate_of(conn: Connection, interview_id: int) -> int | None:
    """Whose interview it is; None where there is none."""
    cursor = await conn.execute(
        "select candidate_id from interviews where id = %s", (interview_id,)
    )
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def audit_answer(
    conn: Connection, name: str, reviewer: str, interview_id: int | None
) -> None:
    """Writes down who took an answer into the bank."""
    await conn.execute(
        "insert into audit_log (action, subject, detail) values ('answer.add', %s, %s)",
        (f"answer:{name}", Jsonb({"reviewer": reviewer, "interview": interview_id})),
    )


def _hash(*parts: object) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
