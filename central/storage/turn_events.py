"""What live pages are told of a turn that was found by its room's own key."""

from __future__ import annotations

from typing import Protocol

from central.bus.events import TurnChanged
from central.storage.pool import Connection


class OfATurn(Protocol):
    """A change that names its turn."""

    @property
    def interview_id(self) -> int: ...
    @property
    def turn_key(self) -> str: ...
    @property
    def wall_ns(self) -> int: ...


async def told(
    conn: Connection, room: str, change: OfATurn, step: str, text: str = ""
) -> TurnChanged | None:
    """None where there is no such turn."""
    cursor = await conn.execute(
        "select id, coalesce(question_id::text, ''), position from turns"
        " where interview_id = %s and turn_key = %s",
        (change.interview_id, change.turn_key),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    turn_id, question_id, position = row
    return TurnChanged(
        room=room,
        interview_id=str(change.interview_id),
        turn_id=str(turn_id),
        question_id=question_id,
        position=position,
        step=step,
        text=text,
        wall_ns=change.wall_ns,
    )
