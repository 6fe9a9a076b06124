"""Whose streams this gateway holds: one for each agent, the newest."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import grpc

from central.gateway.services import REVOKED
from central.gateway.session import RoomSession


class Hall:
    """The open sessions. A new stream of an agent ends the older one: a half-open connection must not
    go on beside it.
    """

    def __init__(self) -> None:
        self._sessions: dict[int, RoomSession] = {}
        self._empty = asyncio.Event()
        self._empty.set()
        self.changed = asyncio.Event()
        """Somebody came: their open commands are to be sent."""

    def __iter__(self) -> Iterator[RoomSession]:
        return iter(list(self._sessions.values()))

    def __len__(self) -> int:
        return len(self._sessions)

    async def enter(self, session: RoomSession) -> None:
        """Takes the session in, after the agent's older one has let go of everything it submitted."""
        older = self._sessions.get(session.agent.agent_id)
        self._sessions[session.agent.agent_id] = session
        self._empty.clear()
        if older is not None:
            older.close(grpc.StatusCode.ABORTED, "a newer stream of this agent took over")
            await older.settled()

    def leave(self, session: RoomSession) -> bool:
        """Lets the session go; whether its agent has no stream here any more."""
        if self._sessions.get(session.agent.agent_id) is not session:
            return False
        del self._sessions[session.agent.agent_id]
        if not self._sessions:
            self._empty.set()
        return True

    async def emptied(self, timeout_s: float) -> None:
        """Waits until nobody is there, at most `timeout_s`."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._empty.wait()
        except TimeoutError:
            return

    def close_all(self, code: grpc.StatusCode, detail: str) -> None:
        """Ends every stream."""
        for session in self:
            session.close(code, detail)

    def room_ids(self) -> list[int]:
        """The rooms that can be told something here."""
        return sorted({session.agent.room_id for session in self})

    def revoke(self, agent_id: int) -> None:
        """Ends the stream of an agent whose admission was withdrawn."""
        session = self._sessions.get(agent_id)
        if session is not None:
            session.close(grpc.StatusCode.PERMISSION_DENIED, REVOKED)

    def revoke_named(self, room_code: str, agent_uuid: str) -> None:
        """The same by name; without one, every agent of the room."""
        for session in self:
            agent = session.agent
            if agent.room_code == room_code and agent_uuid in {"", agent.uuid}:
                self.revoke(agent.agent_id)

    def drain(self, after_ms: int) -> None:
        """Asks every room to connect anew."""
        for session in self:
            session.drain(after_ms)
