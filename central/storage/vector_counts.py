"""How many texts have a vector, and of which model."""

from __future__ import annotations

from dataclasses import dataclass

from central.storage.pool import Connection

_COUNTS = """
select 'passages', v.embedding_name, v.embedding_version, count(*)
from passages left join passage_vectors v on passage_id = id group by 2, 3
union all
select 'résumés', embedding_model, embedding_version, count(*) from resume_sections group by 2, 3
order by 1, 2 nulls last, 3
"""
_JOBS = "select state, count(*) from jobs where kind = any(%s) and state <> 'done' group by state"


@dataclass(frozen=True, slots=True)
class Count:
    """Texts of a kind ("passages", "résumés": their sections) with vectors of one model, or without."""

    kind: str
    model: str | None
    version: str | None
    texts: int


async def counts(conn: Connection) -> list[Count]:
    """Every kind and model that there is."""
    return [Count(*row) for row in await (await conn.execute(_COUNTS)).fetchall()]


async def outstanding(conn: Connection, kinds: list[str]) -> dict[str, int]:
    """Jobs that are not done, by state."""
    return dict(await (await conn.execute(_JOBS, (kinds,))).fetchall())
