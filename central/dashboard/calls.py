"""What staff do for a candidate: go when they call, and say that noise was not theirs. For pages and the
API.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from central.bus import subjects
from central.bus.events import HelpChanged
from central.dashboard.live.port import LiveBus
from central.storage import commands_out, help_calls
from central.storage.commands_out import Sent
from central.storage.users import Account


async def answer(
    session: AsyncSession, bus: LiveBus, room_code: str, call_id: int, *, actor: Account
) -> int:
    """Let the kiosk say that somebody is coming; the command's id. Commits."""
    command_id = await help_calls.answer(session, room_code, call_id, actor_id=actor.id)
    await session.commit()
    await bus.ring(subjects.command(room_code))
    await bus.publish(HelpChanged(room_code, "acknowledged"))
    return command_id


async def mark_disturbed(
    session: AsyncSession, bus: LiveBus, interview_id: int, *, actor: Account
) -> Sent:
    """Noise spoiled the open answer: it is not held against the candidate, who may answer again."""
    sent = await commands_out.mark_disturbed(session, interview_id, actor_id=actor.id)
    await session.commit()
    await bus.ring(subjects.command(sent.room_code))
    return sent
