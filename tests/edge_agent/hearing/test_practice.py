"""The sound of a practice answer: when it is read, and that nothing of it stays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.hearing.practice import (
    ENDS_AFTER_MS,
    EVERY_MS,
    FIRST_AFTER_VOICED_MS,
    FRAME_MS,
    LONGEST_MS,
    PRE_ROLL_MS,
    PracticeSound,
)
from edge_agent.hearing.turns import PER_MS
from edge_agent.hearing.vad import FRAME_SAMPLES

pytestmark = pytest.mark.unit
Told = tuple[str, int]
"""("said" or "silent", milliseconds)."""


def readings(*told: Told, sound: PracticeSound | None = None) -> list[tuple[int, bool]]:
    """Asked after each frame as the room asks: what was due, as (ms of sound, whether it ended)."""
    sound = sound or PracticeSound()
    found: list[tuple[int, bool]] = []
    for what, length_ms in told:
        for _ in range(length_ms // FRAME_MS):
            sound.hear(np.ones(FRAME_SAMPLES, dtype=np.int16))
            sound.voice(0.9 if what == "said" else 0.1)
            if due := sound.due():
                found.append((len(due.pcm) // PER_MS, due.final))
    return found


def rounded(ms: int) -> int:
    """Frames are whole."""
    return -(-ms // FRAME_MS) * FRAME_MS


@pytest.mark.parametrize(
    ("told", "due"),
    [
        pytest.param([("silent", 20_000)], [], id="silence is not read"),
        pytest.param([("said", 200), ("silent", 2_000)], [], id="nor is a cough"),
        pytest.param(
            [("said", 640), ("silent", 2_000)],
            [(640 + rounded(ENDS_AFTER_MS), True)],
            id="a short word is read when it is over",
        ),
        pytest.param(
            [("said", 2_560), ("silent", 2_000)],
            [
                (rounded(FIRST_AFTER_VOICED_MS), False),
                (rounded(FIRST_AFTER_VOICED_MS) + rounded(EVERY_MS), False),
                (2_560 + rounded(ENDS_AFTER_MS), True),
            ],
            id="a sentence is read while it is said, and once more when it is over",
        ),
        pytest.param(
            [("silent", 5_024), ("said", 640), ("silent", 1_000)],
            [(PRE_ROLL_MS + 640 + rounded(ENDS_AFTER_MS) - FRAME_MS, True)],
            id="its first sound is in it",
        ),
    ],
)
def test_what_is_read_and_when(told: list[Told], due: list[tuple[int, bool]]) -> None:
    found = readings(*told)
    assert [final for _, final in found] == [final for _, final in due]
    assert [ms for ms, _ in found] == pytest.approx([ms for ms, _ in due], abs=FRAME_MS)


def test_who_talks_on_gets_a_new_line_after_twelve_seconds() -> None:
    ends = [ms for ms, final in readings(("said", 2 * LONGEST_MS + 1_000)) if final]
    assert ends == [rounded(LONGEST_MS)] * 2


def test_a_slow_engine_is_asked_less_often_and_a_quick_one_again() -> None:
    slow, quick = PracticeSound(), PracticeSound()
    for _ in range(3):
        slow.answered(in_time=False)
    often, seldom = readings(("said", 9_600), sound=quick), readings(("said", 9_600), sound=slow)
    assert len(seldom) < len(often)
    slow.forget()
    slow.answered(in_time=True)
    assert readings(("said", 9_600), sound=slow) == often


@given(st.lists(st.tuples(st.sampled_from(["said", "silent"]), st.integers(0, 15_000)), max_size=8))
def test_it_never_holds_more_than_it_may_and_nothing_after_it_is_forgotten(
    told: list[Told],
) -> None:
    sound = PracticeSound()
    assert all(ms <= LONGEST_MS + FRAME_MS for ms, _ in readings(*told, sound=sound))
    sound.forget()
    sound.hear(np.zeros(FRAME_SAMPLES, dtype=np.int16))
    assert sound.due() is None
