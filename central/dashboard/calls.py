"""A candidate called a person, and somebody goes. For pages and the API."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from central.bus import subjects
from central.bus.events import HelpChanged
from central.dashboard.live.port import LiveBus
from central.storage import help_calls
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
