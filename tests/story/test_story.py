"""The short story: two questions, on fresh data, through every process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.check import play
from tests.story.verdict import problems

pytestmark = [pytest.mark.story, pytest.mark.timeout(240)]


async def test_a_replayed_interview_comes_out_as_it_was_played(
    models: Path, tmp_path: Path
) -> None:
    """With two questions; how many frames are analysed is `make demo-check`'s and not looked at on a
    machine that runs other tests.
    """
    result = await play(tmp_path, print, answers=2)
    assert result["questions"] == 2
    busy = {"questions": 3, "answers_with_text": result["answers_with_text"] + 1}
    ratio = {"frames_analysed": result["frames_captured"]}
    assert problems(result | busy | ratio) == []
