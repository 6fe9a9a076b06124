"""Where a marked moment is heard in an answer's sound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from central.interview.answer_sound import Extract
from central.interview.moments import Spoken, around

pytestmark = pytest.mark.unit

BEGAN = datetime(2026, 11, 28, 12, tzinfo=UTC)
ANSWER = (
    Spoken(BEGAN + timedelta(seconds=20), Extract(20_000, 30_000)),
    Spoken(BEGAN, Extract(0, 12_000)),
)
"""Two utterances with eight seconds of silence between them, in no order."""


@pytest.mark.parametrize(
    ("at_s", "begin_ms", "end_ms"),
    [
        (25.0, 17_000, 27_000),
        (3.0, 0, 5_000),
        (15.0, 7_000, 17_000),  # in the pause, which is in the sound too
        (29.5, 21_500, 30_000),
        (600.0, 22_000, 30_000),  # long after: the end of the answer
        (-5.0, 0, 8_000),  # before it: its beginning
    ],
)
def test_what_was_heard_just_before_the_tap_is_played(
    at_s: float, begin_ms: int, end_ms: int
) -> None:
    assert around(BEGAN + timedelta(seconds=at_s), ANSWER) == Extract(begin_ms, end_ms)


def test_without_sound_there_is_nothing_to_play() -> None:
    assert around(BEGAN, ()) is None
