"""Where a moment that somebody marked is heard in the sound of an answer. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from central.interview.answer_sound import Extract

BEFORE_MS: Final = 8_000
AFTER_MS: Final = 2_000
"""People mark what they have just heard."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance: when it began by the room's clock, and where it is in the answer's sound."""

    began: datetime
    heard: Extract


def around(at: datetime, answer: Iterable[Spoken]) -> Extract | None:
    """The sound around `at`, cut where the answer begins and ends; None where nothing was recorded."""
    said = sorted(answer, key=lambda one: one.began)
    if not said:
        return None
    end_ms = max(one.heard.end_ms for one in said)
    before = [one for one in said if one.began <= at]
    if not before:
        return Extract(said[0].heard.begin_ms, min(said[0].heard.begin_ms + BEFORE_MS, end_ms))
    last = before[-1]
    into_ms = int((at - last.began).total_seconds() * 1_000)
    at_ms = min(last.heard.begin_ms + into_ms, end_ms)
    return Extract(max(at_ms - BEFORE_MS, 0), min(at_ms + AFTER_MS, end_ms))
