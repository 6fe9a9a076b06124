"""Vectors for sections of résumés that were read without an embedding model, or with another one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pgvector import Vector

from central.jobs.kinds import EMBED_SECTION
from central.storage.passages import LATER, Unembedded
from central.storage.pool import Connection


async def want_vectors(
    conn: Connection, name: str, version: str, *, missing_only: bool = False
) -> int:
    """A job for each section without a vector of this model; how many there are to do now. As
    `passages.want_vectors` does it.
    """
    cursor = await conn.execute(
        "insert into jobs (kind, key, interview_id, priority, body)"
        " select %(kind)s, concat_ws(':', id, %(name)s::text, %(version)s::text),"
        "  interview_id, %(priority)s, jsonb_build_object('section_id', id) from resume_sections"
        " where embedding is null or (not %(missing_only)s"
        "  and (embedding_model <> %(name)s or embedding_version <> %(version)s))"
        " on conflict (kind, key) do update set state = 'queued', attempt = 0, not_before = now(),"
        "  finished_at = null where jobs.state = 'done'"
        "  or (jobs.state = 'dead' and not %(missing_only)s)",
        {
            "kind": EMBED_SECTION,
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
        "select id, text from resume_sections where id = any(%s) and (embedding is null"
        " or embedding_model <> %s or embedding_version <> %s)",
        (list(ids), name, version),
    )
    return [Unembedded(number, " ".join(text.split())) for number, text in await cursor.fetchall()]


async def embed(
    conn: Connection, section: Unembedded, vector: NDArray[np.float32], name: str, version: str
) -> bool:
    """Stores the vector; False where the résumé was deleted meanwhile. What a section says never
    changes.
    """
    cursor = await conn.execute(
        "update resume_sections set embedding = %s::vector, embedding_model = %s,"
        " embedding_version = %s where id = %s",
        (Vector(vector).to_text(), name, version, section.id),
    )
    return cursor.rowcount == 1
