"""Who spoke, as the pages say it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from central.dashboard.pages.speaker_words import SAID_BY, said_by, voices
from central.storage.turn_views import Line

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def line(who: str | None, why: str | None) -> Line:
    return Line(
        7, 1, 1, None, "User", "", "en", 0, NOW, NOW, None, None, "", True, None, None, None, (),
        who, why, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "why", "key"),
    [
        ("room", "played", "room"),
        ("interviewer", "channel", "interviewer"),
        (None, "nothing", "unknown"),
        ("somebody new", "voice", "unknown"),
        (None, None, ""),
    ],
)
def test_unknown_says_unknown_and_what_nobody_asked_says_nothing(
    who: str | None, why: str | None, key: str
) -> None:
    assert said_by(line(who, why)) == key
    assert not key or key in SAID_BY


def test_utterances_are_counted_by_speaker_and_evidence() -> None:
    lines = [
        line(None, "nothing"),
        line("candidate", "channel"),
        line("candidate", "voice"),
        line("candidate", "channel"),
        line(None, None),
    ]
    assert voices(lines) == [
        ("candidate", "channel", 2),
        ("unknown", "", 1),
        ("candidate", "voice", 1),
    ]
