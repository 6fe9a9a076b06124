"""Who keeps coming without being let in, or keeps being thrown out: bounded, and seen by an admin."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from typing import Any, Final

import grpc
import structlog

from central.fleet.identity import AgentIdentity
from central.gateway.probe import Allowance
from central.gateway.services import REVOKED, SessionEnd
from central.storage import alarms, rooms
from central.storage.pool import Pool
from central.storage.rooms import AgentRow

STREAMS_BURST: Final = 50.0
"""An agent that is restarted again and again stays below it; a loop without a pause does not."""
STREAMS_PER_S: Final = 5.0
NOTE_TIMEOUT_S: Final = 1.0
ALARMS_BURST: Final = 5.0
ALARMS_PER_S: Final = 1 / 30

AGENT_REFUSED: Final = "agent_refused"
"""An agent that is not admitted, or was revoked, knocks with a certificate of ours."""
STREAM_REFUSED: Final = "stream_refused"
"""An admitted agent breaks the contract. Ends by itself once a stream of the room stored something and
ended in order.
"""
_BLAMED: Final = frozenset(
    (
        grpc.StatusCode.INVALID_ARGUMENT,
        grpc.StatusCode.FAILED_PRECONDITION,
        grpc.StatusCode.PERMISSION_DENIED,
        grpc.StatusCode.DEADLINE_EXCEEDED,
    )
)

_log = structlog.get_logger(__name__)


class Knocks:
    """One for each gateway process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._streams = Allowance(STREAMS_BURST, STREAMS_PER_S)
        self._alarms = Allowance(ALARMS_BURST, ALARMS_PER_S)
        self._clock = clock

    async def allow(self, context: grpc.aio.ServicerContext[Any, Any]) -> None:
        """Before anything is looked up: aborts a caller that opens streams too often."""
        pem = b"".join(context.auth_context().get("x509_pem_cert", ()))
        if not self._streams.take(hashlib.sha256(pem).digest(), self._clock()):
            detail = f"at most {STREAMS_PER_S:g} streams a second; wait between attempts"
            await context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, detail)

    async def refused(self, pool: Pool, identity: AgentIdentity, why: str) -> None:
        """An agent is not let in. Its certificate is one of ours, so its room is believed."""
        if not self._alarms.take(identity.agent_uuid.encode(), self._clock()):
            return
        try:
            async with asyncio.timeout(NOTE_TIMEOUT_S), pool.connection() as conn:
                room_id = await rooms.room_id_of(conn, identity.room_code)
                if room_id is not None:
                    detail = {"agent": identity.agent_uuid, "why": why}
                    await alarms.raise_alarm(conn, room_id, AGENT_REFUSED, detail)
        except Exception as error:  # noqa: BLE001 - it knocks again
            _log.warning("a refusal is not noted", error=str(error))

    async def ended(
        self, pool: Pool, agent: AgentRow, end: SessionEnd | None, *, stored: bool
    ) -> None:
        """A stream of an admitted agent is over."""
        blamed = end is not None and end.code in _BLAMED and end.detail != REVOKED
        if not (blamed or stored) or not self._alarms.take(agent.uuid.encode(), self._clock()):
            return
        try:
            async with asyncio.timeout(NOTE_TIMEOUT_S), pool.connection() as conn:
                if end is not None and blamed:
                    detail = {"agent": agent.uuid, "code": end.code.name, "why": end.detail}
                    await alarms.raise_alarm(conn, agent.room_id, STREAM_REFUSED, detail)
                else:
                    await alarms.clear_alarm(conn, agent.room_id, STREAM_REFUSED)
        except Exception as error:  # noqa: BLE001 - the next stream tells again
            _log.warning("the end of a stream is not noted", error=str(error))
