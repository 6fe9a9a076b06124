"""Which agents are there and how they are, written together: at 1,000 rooms a heartbeat every 5 s each
would be 200 transactions a second alone.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import structlog

from central.bus.bus import Bus
from central.bus.events import RoomChanged
from central.storage import rooms
from central.storage.pool import Pool
from central.storage.rooms import AgentRow, Presence

GATHER_S: Final = 0.2
LOOK_EVERY_S: Final = 5.0
SILENT_AFTER_S: Final = 20.0
"""Four heartbeats."""
RETRY_S: Final = 1.0

_log = structlog.get_logger(__name__)


class PresenceBook:
    """The newest of each agent wins; the older is forgotten when both wait."""

    def __init__(self, pool: Pool, bus: Bus, revoked: Callable[[int], None]) -> None:
        self._pool = pool
        self._bus = bus
        self._revoked = revoked
        self._news: dict[int, tuple[AgentRow, Presence]] = {}
        self._told: dict[int, RoomChanged] = {}
        self._arrived = asyncio.Event()
        self._looked_s = float("-inf")

    def note(self, agent: AgentRow, presence: Presence) -> None:
        """Something new about an agent; written soon."""
        _, before = self._news.get(agent.agent_id, (agent, presence))
        self._news[agent.agent_id] = (agent, _merged(before, presence))
        self._arrived.set()

    async def run(self) -> None:
        """Writes until cancelled."""
        while True:
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._arrived.wait()
            except TimeoutError:
                await self._forget_silent()
                continue
            await asyncio.sleep(GATHER_S)
            await self.write()
            await self._forget_silent()

    async def write(self) -> None:
        """Writes what is new now."""
        self._arrived.clear()
        news, self._news = self._news, {}
        if not news:
            return
        try:
            async with self._pool.connection() as conn:
                revoked = await rooms.save_presence(conn, [one for _, one in news.values()])
        except Exception as error:  # noqa: BLE001
            _log.warning("presence not written; trying again", error=str(error))
            for agent_id, (agent, presence) in news.items():
                later = self._news.get(agent_id)
                merged = presence if later is None else _merged(presence, later[1])
                self._news[agent_id] = (agent, merged)
            self._arrived.set()
            await asyncio.sleep(RETRY_S)
            return
        for agent_id in revoked:
            self._revoked(agent_id)
        for agent, presence in news.values():
            await self._tell(agent, presence)

    async def _forget_silent(self) -> None:
        """Another gateway may have died with its streams open."""
        if time.monotonic() - self._looked_s < LOOK_EVERY_S:
            return
        self._looked_s = time.monotonic()
        try:
            async with self._pool.connection() as conn:
                codes = await rooms.forget_silent(conn, SILENT_AFTER_S)
        except Exception as error:  # noqa: BLE001
            _log.warning("presence not read; trying again", error=str(error))
            return
        for code in codes:
            await self._bus.publish(RoomChanged(code, connected=False))

    async def _tell(self, agent: AgentRow, presence: Presence) -> None:
        told = self._told.get(agent.agent_id)
        if presence.health is not None:
            faults = tuple(presence.health.get("faults", ()))
        else:
            faults = told.faults if told is not None else ()
        event = RoomChanged(agent.room_code, presence.connected, faults)
        if told == event:
            return
        self._told[agent.agent_id] = event
        await self._bus.publish(event)


def _merged(older: Presence, newer: Presence) -> Presence:
    return replace(
        newer,
        version=newer.version if newer.version is not None else older.version,
        capabilities=newer.capabilities or older.capabilities,
        health=newer.health or older.health,
    )
