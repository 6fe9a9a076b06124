"""What all sessions of a gateway share, and what one of them stands on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol

import grpc

from central.bus.bus import Bus
from central.gateway.committer import Submission
from central.gateway.responses import SessionResponse
from central.gateway.wire import SessionRequest
from central.storage.pool import Pool
from central.storage.rooms import AgentRow, Presence

REVOKED: Final = "this agent is revoked"


class SessionEnd(Exception):
    """The stream ends, and why."""

    def __init__(self, code: grpc.StatusCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Sink(Protocol):
    """Where batches go: `central.gateway.committer.Committer`."""

    def submit(self, submission: Submission) -> None:
        """Commits it soon, and says so."""


class Registry(Protocol):
    """Who is there: `central.gateway.presence.PresenceBook`."""

    def note(self, agent: AgentRow, presence: Presence) -> None:
        """Something new about an agent."""


@dataclass(frozen=True, slots=True)
class Services:
    """What all sessions of a gateway share."""

    pool: Pool
    bus: Bus
    committer: Sink
    presence: Registry
    window_bytes: int


@dataclass(frozen=True, slots=True)
class Stream:
    """Both directions of one call. `read` gives None when the room has closed its side."""

    read: Callable[[], Awaitable[SessionRequest | None]]
    write: Callable[[SessionResponse], Awaitable[None]]
