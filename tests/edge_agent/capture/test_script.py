"""The sidecar of a replay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edge_agent.capture.script import Hands, read_script
from edge_agent.errors import ReplayError

pytestmark = pytest.mark.unit


def test_a_sidecar_says_where_to_hold_and_what_to_press(tmp_path: Path) -> None:
    sidecar = {
        "holds": [{"at_s": 2.0}, {"at_s": 9.5}],
        "hands": {"check_in": True, "consent": {"recording": True, "ai_scoring": False}},
        "truth": {"absences": []},
    }
    (tmp_path / "x.mp4.json").write_text(json.dumps(sidecar))
    script = read_script(tmp_path / "x.mp4")
    assert script.holds_s == (2.0, 9.5)
    assert script.hands == Hands(True, True, False, False)
    assert script.truth == {"absences": []}


def test_a_video_without_a_sidecar_waits_for_the_first_answer(tmp_path: Path) -> None:
    assert read_script(tmp_path / "x.mp4").holds_s == (0.0,)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"holds": [{"at": 1}]}', '{"holds": [{"at_s": 3}, {"at_s": 1}]}']
)
def test_a_damaged_sidecar_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.mp4.json").write_text(text)
    with pytest.raises(ReplayError, match=r"x\.mp4\.json"):
        read_script(tmp_path / "x.mp4")
