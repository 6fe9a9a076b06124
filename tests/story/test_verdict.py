"""What `make demo-check` calls good."""

from __future__ import annotations

from typing import Any

import pytest

from tests.story.verdict import Window, absence_detected, problems, quotes_verified

pytestmark = pytest.mark.unit

_TRUTH = {
    "answers": [{"from_s": 3.0, "to_s": 9.0}, {"from_s": 13.0, "to_s": 19.0}],
    "absences": [{"from_s": 15.0, "to_s": 16.0}],
}
_HOLDS = (2.0, 12.0)
_OPENED = (1_000.0, 1_030.0)
"""Answer 2's media clock leaves 12.0 at 1030.0: the absence is at 1033.0 to 1034.0."""


@pytest.mark.parametrize(
    ("low_at_s", "expected"),
    [
        ((1_033.0,), True),
        ((1_032.4, 1_033.4), True),
        ((), False),
        ((1_003.0,), False),  # in answer 1, where the candidate was there
        ((1_033.0, 1_003.0), False),  # as well as
        ((1_033.0, 1_020.0), True),  # between answers nobody was promised to be there
    ],
)
def test_an_absence_is_detected_when_and_only_when_it_was(
    low_at_s: tuple[float, ...], expected: bool
) -> None:
    windows = [Window(at_s, 0.1) for at_s in low_at_s] + [Window(1_001.0, 1.0)]
    assert absence_detected(_TRUTH, _HOLDS, _OPENED, windows) is expected


def test_an_unmeasured_window_is_no_absence() -> None:
    assert not absence_detected(_TRUTH, _HOLDS, _OPENED, [Window(1_033.0, None)])


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(4, 9, True), (5, 10, False), (400, 405, False)]
)
def test_a_quote_must_stand_where_it_says(start: int, end: int, expected: bool) -> None:
    quote = {"text": "tests", "transcript_id": "7", "start": start, "end": end}
    details: list[dict[str, Any]] = [{"marks": [{"quotes": [quote]}]}]
    assert quotes_verified(details, {"7": "the tests passed"}) is expected


def test_no_quotes_at_all_is_not_verified() -> None:
    assert not quotes_verified([{"marks": []}], {})


_GOOD = {
    "interview_status": "completed",
    "questions": 4,
    "answers_with_text": 4,
    "frames_captured": 1000,
    "frames_analysed": 995,
    "records_sent": 10,
    "records_stored": 10,
    "absence_detected": True,
    "quotes_verified": True,
    "live_events": 1,
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"interview_status": "live"},
        {"questions": 2, "answers_with_text": 2},
        {"answers_with_text": 3},
        {"frames_analysed": 980},
        {"frames_captured": 0, "frames_analysed": 0},
        {"records_stored": 9},
        {"records_sent": 0, "records_stored": 0},
        {"absence_detected": False},
        {"quotes_verified": False},
        {"live_events": 0},
    ],
)
def test_each_condition_is_looked_at(wrong: dict[str, Any]) -> None:
    assert problems(_GOOD) == []
    assert len(problems(_GOOD | wrong)) == 1
