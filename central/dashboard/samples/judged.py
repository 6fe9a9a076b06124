"""What people rate and mark in an interview, and what a panel of them agrees on."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from central.dashboard.desk import Desk
from central.dashboard.panel import Panel, Row
from central.dashboard.samples.interview import AT, NOBODY, interview, questions
from central.interview import rating
from central.interview.answer_sound import Extract
from central.interview.reveal import Standing
from central.storage.markers import MarkerView
from central.storage.panels import ConsensusView, DecisionView
from central.storage.ratings import RatingView, SheetView, criteria_of

NAMES: Final = {"ko": ("이서연", "박도윤", "최유진"), "en": ("Sam Lee", "Dana Park", "Kit Choi")}
QUOTE: Final = {
    "ko": "응답 시간이 사십 퍼센트 줄어든 쪽으로 합의했습니다",
    "en": "the response time fell by forty percent",
}
WHY: Final = {
    "ko": "측정한 수치를 두 사람이 모두 들었습니다.",
    "en": "Both of them heard the measured figure.",
}
KINDS: Final = ("strong", "concern", "follow_up", "integrity", "technical", "note")
SOUND: Final = "sample-sound"
"""The player that the page has for its quotes."""


def desk(language: str, *, locked: bool = False) -> Desk:
    """One person's own, half done; or locked."""
    return Desk(
        person_id=NOBODY, interview=interview(language), questions=questions(language)[:3],
        own=_sheet(language, 0, 4, locked=locked), others=(), markers=_markers(language),
        standing=Standing(begun=True, locked=locked), marks_sealed=not locked,
        others_sealed=not locked, independent=True, moderates=locked,
    )  # fmt: skip


def moments(language: str) -> list[tuple[MarkerView, Extract | None]]:
    """In a report: the first two are heard."""
    marked = _markers(language)
    return [(one, Extract(1_000, 4_000) if n < 2 else None) for n, one in enumerate(marked)]


def panel(language: str) -> Panel:
    """Two who locked and are far apart, one who waits, and a decision that replaced another."""
    sheets = (_sheet(language, 0, 5, locked=True), _sheet(language, 1, 2, locked=True))
    asked = questions(language)[0]
    rows = tuple(
        _row(one.question_id, one.criterion, one.label, sheets, agreed, language)
        for one in criteria_of([asked])
        for agreed in (False, True)
    )
    decisions = (
        DecisionView("next_stage", WHY[language], NAMES[language][1], AT),
        DecisionView("hold", WHY[language], NAMES[language][1], AT - timedelta(days=1)),
    )
    waiting = (_sheet(language, 2, None, locked=False),)
    return Panel(sheets, waiting, ((asked, rows),), decisions)


def nobody_yet() -> Panel:
    """Nothing is rated and nothing decided."""
    return Panel((), (), (), ())


def _row(  # noqa: PLR0917 - a criterion, and what is said of it
    question: int,
    criterion: str,
    label: str,
    sheets: tuple[SheetView, ...],
    agreed: bool,
    language: str,
) -> Row:
    given = tuple(sheet.level(question, criterion) for sheet in sheets)
    levels = [one.level for one in given if one]
    said = ConsensusView(question, criterion, 4, WHY[language], NAMES[language][1], AT)
    one = rating.Rateable(question, criterion if agreed else f"{criterion}-open", label)
    return Row(one, given, rating.spread(levels), said if agreed else None)


def _sheet(language: str, who: int, level: int | None, *, locked: bool) -> SheetView:
    rated = [] if level is None else [RatingView(0, "evidence", level, 1)]
    rated += [RatingView(1, rating.WHOLE, None, 2)] if level else []
    unlocked = WHY[language] if who == 2 else ""
    return SheetView(
        interviewer_id=who, interviewer=NAMES[language][who], role="interviewer",
        independent=who != 2, locked_at=AT if locked else None, unlocked_at=None,
        unlock_reason=unlocked, ratings=tuple(rated),
    )  # fmt: skip


def _markers(language: str) -> tuple[MarkerView, ...]:
    return tuple(
        MarkerView(
            key=f"sample-{kind}", seq=number, kind=kind, at=AT + timedelta(seconds=30 * number),
            text=WHY[language] if number % 2 else "",
            quote=QUOTE[language] if kind == "note" else "",
            transcript_id=None, start=None, end=None, turn_id=None, author_id=NOBODY,
            author=NAMES[language][0], removed=False,
        )
        for number, kind in enumerate(KINDS)
    )  # fmt: skip
