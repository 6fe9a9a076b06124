"""A candidate of few words, so that an interview with kills in it is short."""

from __future__ import annotations

from pathlib import Path

from tests.story import candidate
from tests.story.prepared import CACHE, one_at_a_time

ANSWERS = (
    "I found a memory problem in our server and measured every part of it.",
    "I listened to my friend first, then we tested both ideas together.",
)


def short_candidate() -> Path:
    """The video with two spoken answers; kept, absolute."""
    file = (CACHE / "candidate-faults.mp4").absolute()
    with one_at_a_time(file):
        return candidate.make(file, ANSWERS)
