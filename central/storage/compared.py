"""What machines and people gave the same answers, row by row, for whoever compares them."""

from __future__ import annotations

from typing import TypeAlias

from central.storage.pool import Connection
from central.storage.turns import AGAIN

Row: TypeAlias = tuple[str, str, str, float | None, str]
"""Answer, criterion, rater, level, and the prompts' version where a machine gave it."""

_RATINGS = """
with machines as (
  select turn_id, criterion, 'machine' as rater, level, coalesce(versions->>'prompt', '') as wording
  from question_scores
  union all
  select turn_id, criterion, 'machine:' || variant, level, coalesce(versions->>'prompt', '')
  from shadow_scores
), people as (
  select t.id as turn_id, r.criterion, 'person-' || s.interviewer_id as rater,
    r.level::float8 as level, '' as wording
  from ratings r join rating_sheets s on s.id = r.sheet_id and s.independent
    and s.locked_at is not null
  join lateral (select id from turns where question_id = r.question_id
    and coalesce(end_reason, '') <> all(%s) order by asked_at desc, id desc limit 1) t on true
  where r.level is not null
)
select turn_id::text, criterion, rater, level, wording from (
  select * from machines union all select * from people
) every order by turn_id, criterion, rater
"""


async def ratings(conn: Connection) -> list[Row]:
    """Marks that count, those on trial, and the ratings of people who locked them before they saw any:
    others say how well a machine persuades. People are numbers.
    """
    return [(*row,) for row in await (await conn.execute(_RATINGS, (AGAIN,))).fetchall()]
