"""Whether an agent gets another certificate: pure decisions over what is remembered of it.

Each certificate of an agent has a generation, one more than the one before. Two machines with a copy of
the same key cannot both stay at the newest: sooner or later one of them shows an old generation, and
the agent is locked. One step back is tolerated once, because a lost write looks the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

RECOVERIES: Final = 2
RECOVERY_DAYS: Final = 30
CLOCK_TOLERANCE: Final = timedelta(minutes=4)
"""Less than certificates are dated back, so that what is issued is valid on the agent's clock."""
_ASK: Final = "ask an admin for a new token"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is remembered of an agent. `newest_key` is the SHA-256 of its newest certificate's key;
    `revoked` says why, empty where it is not.
    """

    generation: int
    newest_key: str
    newest_not_after: datetime
    stepped_back: bool = False
    recoveries: int = 0
    revoked: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Over which new key, shown which certificate. `generation` None: it is in no register."""

    generation: int | None
    not_after: datetime
    key_sha256: str


@dataclass(frozen=True, slots=True)
class Issue:
    """The next generation, and what is remembered with it."""

    stepped_back: bool
    recoveries: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """The newest certificate again: its answer was lost."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Not now; `lock`: not until an admin lets it in anew."""

    why: str
    lock: bool = False


Decision = Issue | Repeat | Refuse


def renewal(standing: Standing, asking: Asking) -> Decision:
    """Of an agent whose certificate the handshake has verified."""
    refusal = _refusal(standing, asking)
    if refusal is not None:
        return refusal
    if asking.generation == standing.generation:
        return Issue(stepped_back=False, recoveries=standing.recoveries)
    if asking.key_sha256 == standing.newest_key:
        return Repeat()
    if standing.stepped_back:
        return _locked(standing, asking)
    return Issue(stepped_back=True, recoveries=standing.recoveries)


def recovery(standing: Standing, asking: Asking, now: datetime) -> Decision:
    """Of an agent whose certificate has expired, and whose last key has signed a challenge."""
    refusal = _refusal(standing, asking)
    if refusal is not None:
        return refusal
    lost_answer = (
        asking.generation == standing.generation - 1 and asking.key_sha256 == standing.newest_key
    )
    if lost_answer and now < standing.newest_not_after:
        return Repeat()
    untimely = _untimely(standing, asking, now)
    if untimely is not None:
        return untimely
    behind = asking.generation != standing.generation and not lost_answer
    if behind and standing.stepped_back:
        return _locked(standing, asking)
    return Issue(stepped_back=behind, recoveries=standing.recoveries + 1)


def clock_problem(wall_ns: int, now: datetime) -> str | None:
    """A sentence where the agent's clock is so wrong that it would not believe its new certificate."""
    try:
        theirs = datetime.fromtimestamp(wall_ns / 1e9, now.tzinfo)
    except (OverflowError, ValueError, OSError):
        return "this PC's clock is unreadable: set it (timedatectl set-ntp true), then try again"
    off = theirs - now
    if abs(off) <= CLOCK_TOLERANCE:
        return None
    side = "ahead" if off > timedelta() else "behind"
    return (
        f"this PC's clock is {side}: it says {theirs:%Y-%m-%d %H:%M} UTC, central's says "
        f"{now:%Y-%m-%d %H:%M}; set it (timedatectl set-ntp true), then try again"
    )


def _refusal(standing: Standing, asking: Asking) -> Refuse | None:
    if standing.revoked:
        return Refuse(f"this agent is {standing.revoked}; {_ASK}")
    if asking.generation is None or asking.generation > standing.generation:
        return Refuse(f"central does not know this certificate; {_ASK}")
    if asking.generation < standing.generation - 1:
        return _locked(standing, asking)
    return None


def _untimely(standing: Standing, asking: Asking, now: datetime) -> Refuse | None:
    if now < asking.not_after:
        return Refuse(
            f"this certificate is valid until {asking.not_after:%Y-%m-%d %H:%M} UTC and central's clock "
            f"says {now:%Y-%m-%d %H:%M}: check this PC's clock (timedatectl)"
        )
    if now > asking.not_after + timedelta(days=RECOVERY_DAYS):
        return Refuse(f"this certificate ended more than {RECOVERY_DAYS} days ago; {_ASK}")
    if standing.recoveries >= RECOVERIES:
        return Refuse(f"this agent has recovered {RECOVERIES} times already; {_ASK}")
    return None


def _locked(standing: Standing, asking: Asking) -> Refuse:
    return Refuse(
        f"certificate {asking.generation} was used after certificate {standing.generation} was issued: "
        f"somebody may have a copy of this room's key, so the room is locked; {_ASK}",
        lock=True,
    )
