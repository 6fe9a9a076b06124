"""All invented values in one language."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from central.dashboard.desk import Desk
from central.dashboard.pages.bank import Suggestion
from central.dashboard.panel import Panel
from central.dashboard.samples import interview, judged
from central.storage.interviews import InterviewView
from central.storage.markers import MarkerView


@dataclass(frozen=True, slots=True)
class Samples:
    """What differs by language; the rest is in the modules themselves."""

    live: InterviewView
    waiting: InterviewView
    checked_in: InterviewView
    without_code: InterviewView
    finished: InterviewView
    detail: SimpleNamespace
    suggested: tuple[Suggestion, ...]
    desk: Desk
    locked: Desk
    panel: Panel
    nobody_yet: Panel
    marker: MarkerView
    moments: list[object]
    quote: str


def samples_of(language: str) -> Samples:
    """In "ko" or "en"."""
    own = judged.desk(language)
    return Samples(
        live=interview.interview(language, check_in_code="ACDEFG"),
        waiting=interview.interview(language, "scheduled", check_in_code="ACDEFG"),
        checked_in=interview.interview(
            language, check_in_code="ACDEFG", checked_in_at=interview.AT, checked_in_by="qr"
        ),
        without_code=interview.interview(language),
        finished=interview.interview(language, "completed"),
        detail=interview.detail(language),
        suggested=interview.suggested(language),
        desk=own,
        locked=judged.desk(language, locked=True),
        panel=judged.panel(language),
        nobody_yet=judged.nobody_yet(),
        marker=own.markers[-1],
        moments=list(judged.moments(language)),
        quote=judged.QUOTE[language],
    )
