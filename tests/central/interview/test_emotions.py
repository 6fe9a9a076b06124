"""What a report may say of emotion, and every reason for saying nothing."""

from __future__ import annotations

import pytest

from central.interview.emotions import (
    CLASSES,
    LEAST_ANSWERED,
    Asked,
    Second,
    calibrated,
    emotions,
)
from central.interview.policy import Channels, Policy

pytestmark = pytest.mark.unit

MODEL = "mini-xception-fer2013"
KR = Policy("kr", "1", Channels("on", "on", "on", "on", "on", "with_consent"))
EU = Policy("eu", "1", Channels("on", "off", "on", "on", "on", "off"))
AGREED = Asked(KR, scoring_consent=True, emotion_consent=True)


def second(answered: int, *, happy: float = 0.0, turned: int = 0) -> Second:
    """Looks that call this share happy and the rest neutral."""
    sums = [0.0] * len(CLASSES)
    sums[CLASSES.index("happy")] = happy * answered
    sums[CLASSES.index("neutral")] = (1 - happy) * answered
    return Second("t1", MODEL, answered, tuple(sums), {"turned": turned} if turned else {})


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (Asked(None, True, True), "before_policies"),
        (Asked(EU, True, True), "policy"),
        (Asked(KR, False, True), "scoring_declined"),
        (Asked(KR, True, False), "emotion_declined"),
        (Asked(KR, True, None), "not_asked"),
        (Asked(KR, None, None), "not_asked"),
    ],
)
def test_nothing_is_read_that_was_not_allowed_whatever_lies_there(
    asked: Asked, reason: str
) -> None:
    found = emotions([second(100, happy=1.0)], asked, at_rest=True)
    assert (found.means, found.reason, found.looks) == (None, reason, 0)


def test_means_are_over_looks_and_the_abstained_are_counted() -> None:
    found = emotions(
        [second(10, happy=0.5), second(30, happy=0.1, turned=10)], AGREED, at_rest=True
    )
    assert found.means is not None
    assert found.means["happy"] == pytest.approx(0.2)
    assert found.means["neutral"] == pytest.approx(0.8)
    assert (found.looks, found.answered_ratio, found.abstained) == (50, 0.8, {"turned": 0.2})
    assert (found.reason, found.model) == ("", MODEL)
    assert found.published is not None
    assert (found.published.accuracy, found.published.on) == (0.66, "FER2013")


@pytest.mark.parametrize(
    ("seconds", "at_rest", "reason"),
    [
        ([], None, "not_measured"),
        ([], False, "not_calibrated"),
        ([second(LEAST_ANSWERED - 1)], True, "abstained"),
        ([second(20, turned=80)], True, "abstained"),
        ([second(0, turned=80)], True, "abstained"),
    ],
)
def test_what_was_allowed_and_does_not_suffice_says_why(
    seconds: list[Second], at_rest: bool | None, reason: str
) -> None:
    found = emotions(seconds, AGREED, at_rest=at_rest)
    assert (found.means, found.reason) == (None, reason)


def test_a_face_at_rest_that_was_taken_later_counts() -> None:
    without = Second("", MODEL, rest_looks=2, calibrated=False)
    taken = Second("", MODEL, rest_looks=30, calibrated=True)
    assert calibrated([]) is None
    assert calibrated([without, second(3)]) is False
    assert calibrated([without, taken]) is True
