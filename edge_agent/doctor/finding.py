"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol, TypeAlias

from edge_agent.config import Config

Figures: TypeAlias = Mapping[str, Any]
"""Values that JSON knows; units in the names."""


class Status(Enum):
    """How it is. Only `FAIL` makes the doctor's exit status 1."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check saw."""

    status: Status
    seen: str
    """One sentence, with the figures that matter."""
    todo: str = ""
    """What a person does about it; never empty where the status is WARN or FAIL."""
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """What the checks are told."""

    config: Config
    quick: bool = False
    """Shorter measurements, and no load on the network."""
    speak: bool = False
    """A tone may be heard in the room."""
    hear: bool = False
    """The tone is measured through the microphone."""
    agents: tuple[int, ...] = ()
    """Processes that hold the room's spool: its running agent, which also owns the devices."""


class Check(Protocol):
    """One thing that is looked at. `run` may take long, hang or raise: others go on."""

    @property
    def name(self) -> str: ...

    @property
    def limit_s(self) -> float:
        """It is given up after this long."""
        ...

    async def run(self, visit: Visit, /) -> Finding: ...


def ok(seen: str, **figures: Any) -> Finding:
    return Finding(Status.OK, seen, "", figures)


def warn(seen: str, todo: str, **figures: Any) -> Finding:
    return Finding(Status.WARN, seen, todo, figures)


def fail(seen: str, todo: str, **figures: Any) -> Finding:
    return Finding(Status.FAIL, seen, todo, figures)


def skipped(why: str, **figures: Any) -> Finding:
    return Finding(Status.SKIPPED, why, "", figures)


Problem: TypeAlias = tuple[bool, Callable[..., Finding], str, str]
"""Whether it is so, `warn` or `fail`, what to say behind what was seen, what to do."""


def first_of(seen: str, figures: Figures, problems: Iterable[Problem]) -> Finding:
    """The first problem that is so; `ok` where none is."""
    for is_so, how, what, todo in problems:
        if is_so:
            return how(f"{seen}{what}", todo, **figures)
    return ok(seen, **figures)
