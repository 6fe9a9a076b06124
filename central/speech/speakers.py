"""Who spoke: pure, in the order of how much the evidence is worth.

1. What the room itself played: its times are known.
2. Channel energy, where two people have a microphone each: the nearer one is louder.
3. The nearest of several enrolled voices, by a margin. There is no absolute threshold: between Korean
   speakers of one sex the same person scores 0.84 and another one 0.78 (our own measurement with
   Resemblyzer on acted speech), so that only "nearer to this one than to all others" says something.
4. Else nobody knows, and that is what is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

PLAYED_SHARE: Final = 0.5
"""Of an utterance. The room does not listen while it plays: what is left is its echo, and a candidate
who talks over it is a candidate still."""
CHANNEL_DB: Final = 6.0
VOICE_MARGIN: Final = 0.05
LEAST_VOICE_S: Final = 1.6
"""One window of the encoder; shorter ones confuse speakers twice as often."""


class Why(StrEnum):
    """Which evidence decided."""

    PLAYED = "played"
    CHANNEL = "channel"
    VOICE = "voice"
    NOTHING = "nothing"


ROOM: Final = "room"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an utterance. None and empty: not measured.

    `played` 0 to 1: share of it in which the room was playing; `levels_dbfs`: by person, of the
    microphone in front of each, over the same voiced frames; `likeness`: by enrolled person, cosine of
    the voice; `voiced_s`: how much voice stands behind that.
    """

    played: float | None = None
    levels_dbfs: Mapping[str, float] = field(default_factory=dict)
    likeness: Mapping[str, float] = field(default_factory=dict)
    voiced_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Speaker:
    """`who`: a person of the evidence, `ROOM`, or None: unknown. `margin`: by how much, in the unit of
    that evidence.
    """

    who: str | None
    why: Why
    margin: float | None = None


UNKNOWN: Final = Speaker(None, Why.NOTHING)


def decide(evidence: Evidence) -> Speaker:
    """The first evidence that is clear; what is not clear decides nothing and the next one is asked."""
    if evidence.played is not None and evidence.played >= PLAYED_SHARE:
        return Speaker(ROOM, Why.PLAYED, evidence.played)
    by_channel = _clear(evidence.levels_dbfs, CHANNEL_DB)
    if by_channel is not None:
        return Speaker(by_channel[0], Why.CHANNEL, by_channel[1])
    if evidence.voiced_s >= LEAST_VOICE_S:
        by_voice = _clear(evidence.likeness, VOICE_MARGIN)
        if by_voice is not None:
            return Speaker(by_voice[0], Why.VOICE, by_voice[1])
    return UNKNOWN


def _clear(values: Mapping[str, float], margin: float) -> tuple[str, float] | None:
    """The greatest, where it is above the second by `margin`; one alone is compared with nothing."""
    if len(values) < 2:
        return None
    (first, best), (_, second) = sorted(values.items(), key=lambda one: -one[1])[:2]
    return (first, best - second) if best - second >= margin else None
