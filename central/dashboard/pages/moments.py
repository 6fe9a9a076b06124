"""The markers and notes of a report, each by the answer that it belongs to, with where it is heard."""

from __future__ import annotations

from collections.abc import Iterable

from central.dashboard.pages import quotes
from central.interview import moments
from central.interview.answer_sound import Extract
from central.interview.moments import Spoken
from central.storage.markers import MarkerView
from central.storage.reports import QuestionReport
from central.storage.turn_views import Quote

Moment = tuple[MarkerView, Extract | None]


def by_turn(
    markers: Iterable[MarkerView], questions: Iterable[QuestionReport]
) -> dict[int, list[Moment]]:
    """A quote's marker goes to the answer that it quotes, another to the question that was asked last
    before it; one from before the first question goes to that.
    """
    asked = sorted(questions, key=lambda one: one.turn.asked_at)
    found: dict[int, list[Moment]] = {one.turn_id: [] for one in asked}
    for marker in markers if asked else ():
        question = _of(marker, asked)
        found[question.turn_id].append((marker, _heard(marker, question)))
    return found


def _of(marker: MarkerView, asked: list[QuestionReport]) -> QuestionReport:
    for one in asked:
        if one.turn_id == marker.turn_id:
            return one
    before = [one for one in asked if one.turn.asked_at <= marker.at]
    return before[-1] if before else asked[0]


def _heard(marker: MarkerView, question: QuestionReport) -> Extract | None:
    if marker.transcript_id is not None:
        quote = Quote(marker.quote, marker.transcript_id, marker.start, marker.end)
        return quotes.extract(question, quote, of_a_person=True)
    return moments.around(
        marker.at,
        [
            Spoken(line.started_at, question.heard_at[line.id])
            for line in (*question.answer, *question.refused)
            if line.id in question.heard_at
        ],
    )
