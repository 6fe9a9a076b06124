"""Questions that a room was given to ask."""

from __future__ import annotations

from dataclasses import dataclass

from central.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class Given:
    """A question as its candidate hears it."""

    language: str
    text: str


async def given(
    conn: Connection, room_id: int, interview_id: int, question_id: int
) -> Given | None:
    """A question of an interview that this room has or is about to begin; None for any other."""
    cursor = await conn.execute(
        "select i.language, q.text from interview_questions q"
        " join interviews i on i.id = q.interview_id"
        " where q.id = %s and i.id = %s and i.room_id = %s and i.status in ('scheduled', 'live')",
        (question_id, interview_id, room_id),
    )
    row = await cursor.fetchone()
    return None if row is None else Given(*row)
