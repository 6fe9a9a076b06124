"""What the rules look at, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any


class Severity(IntEnum):
    """How bad: amber wants somebody today, red wants somebody now."""

    AMBER = 1
    RED = 2


class RoomState(IntEnum):
    """A room in one word; the larger, the sooner somebody has to look."""

    GREY = 0
    """Never seen: no agent was enrolled, or none has ever connected."""
    GREEN = 1
    AMBER = 2
    RED = 3


@dataclass(frozen=True, slots=True)
class AgentFacts:
    """A room's agent as the database has it. `health` is its last heartbeat, as `agents.health` is."""

    room_id: int
    connected: bool
    last_seen: datetime | None
    version: str
    health: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `kind` is that of its alarm; `figures` fill the sentence of that kind."""

    kind: str
    severity: Severity
    figures: Mapping[str, float | int | str] = field(default_factory=dict)
