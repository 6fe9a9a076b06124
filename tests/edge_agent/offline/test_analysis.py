"""Real models over short clips: what a result says, and that a killed analysis goes on."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edge_agent.config import Central, Config
from edge_agent.models.places import FACE
from edge_agent.offline.analysis import SUFFIX, How, analyse
from edge_agent.offline.partial import Partial
from edge_agent.offline.preset import Preset
from edge_agent.sources import scoring_rules
from edge_agent.vision.settings import VisionSettings
from tests.fakes.clips import WEBM, clip, plain, tone
from tests.fakes.footage import astronaut, lively, sized

pytestmark = pytest.mark.integration

SECONDS, FPS = 4, 15


@pytest.fixture(scope="module")
def how(models: Path) -> How:
    settings = VisionSettings(model=str(models / FACE), models=str(models), people=True)
    rules = scoring_rules(Config(central=Central(address="unused:1")))
    return How(Preset.HIGH_ACCURACY, settings, rules)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(scope="module")
def portrait(folder: Path) -> Path:
    """A woman who looks at a telephone that lies on its side, as it records her: with sound."""
    picture = sized(astronaut(), 320, 240)
    frames = [np.ascontiguousarray(np.rot90(one, -1)) for one in lively(picture, SECONDS * FPS)]
    return clip(folder / "portrait.mp4", frames, fps=FPS, sound=tone(SECONDS), turned_deg=90)


@pytest.fixture(scope="module")
def told(portrait: Path, folder: Path, how: How) -> dict[str, Any]:
    out = folder / f"{portrait.name}{SUFFIX}"
    document, before = asyncio.run(analyse(portrait, out, how))
    assert not before
    assert json.loads(out.read_text()) == document
    return document


def test_a_telephone_on_its_side_shows_an_upright_face(told: dict[str, Any]) -> None:
    assert told["totals"]["presence_ratio"]["mean"] == 1.0
    assert abs(told["totals"]["head_roll_deg"]["mean"]) < 20
    assert told["video"]["turned_deg"] in {90, 270}


def test_coverage_counts_frames_that_are_taken(told: dict[str, Any]) -> None:
    assert told["frames"] == {
        "in_file": SECONDS * FPS,
        "taken": SECONDS * FPS // 3,
        "analysed": SECONDS * FPS // 3,
        "every": 3,
        "apart_ms": pytest.approx(200, abs=2),
    }
    assert told["totals"]["head_yaw_deg"]["coverage"] == 1.0
    assert told["totals"]["people_count"]["mean"] == 1.0
    assert [one["start_s"] for one in told["windows"]] == [float(n) for n in range(SECONDS)]


def test_what_was_not_measured_is_null_and_says_why(told: dict[str, Any]) -> None:
    why = {one["what"]: one["why"] for one in told["not_measured"]}
    assert "70 ms" in why["blinks_count"]
    assert "calibration" in why["gaze_compliance_points"]
    assert "calibration" in why["gaze_points"]
    assert why["shoulder_tilt_deg"] == "is switched off"
    assert told["gaze"]["calibrated"] is False
    assert all(told["totals"][what]["mean"] is None for what in why)
    assert told["complete"] is True
    assert told["made_by"]["versions"]["mediapipe"]


def test_the_sound_is_heard(told: dict[str, Any]) -> None:
    level = told["totals"]["level_dbfs"]
    assert level["mean"] == pytest.approx(-15, abs=2)
    assert level["coverage"] > 0.9


async def test_a_finished_file_is_not_looked_at_again(
    told: dict[str, Any], portrait: Path, folder: Path, how: How
) -> None:
    document, before = await analyse(portrait, folder / f"{portrait.name}{SUFFIX}", how)
    assert before
    assert document == told


async def test_a_killed_analysis_goes_on_where_it_was(
    told: dict[str, Any], portrait: Path, folder: Path, how: How
) -> None:
    """What two seconds of a first run left, and half a line."""
    out = folder / "again.json"
    identity = {name: told[name] for name in ("file", "preset", "looks", "agent_version")}
    partial = Partial(out, identity)
    for line in _windows_of(told)[:2]:
        partial._out.write(line)
    partial._out.write(b"[2000000000,5,")
    partial.close(done=False)
    again = Partial(out, identity)
    again.close(done=False)
    assert [one.start_mono_ns for one in again.windows] == [0, 1_000_000_000]
    seen: list[int] = []
    document, _ = await analyse(portrait, out, how, lambda done, _of: seen.append(done))
    assert seen[0] == 0 or min(seen[1:]) > 10
    assert document["windows"][:2] == [one | {"measures": {}} for one in told["windows"][:2]]
    assert len(document["windows"]) == SECONDS
    assert document["frames"]["analysed"] == told["frames"]["analysed"]


def _windows_of(told: dict[str, Any]) -> list[bytes]:
    return [
        json.dumps(
            [int(one["start_s"] * 1e9), one["frames_taken"], one["frames_analysed"], "a", []]
        ).encode()
        + b"\n"
        for one in told["windows"]
    ]


async def test_a_browsers_recording_of_varying_rate_and_without_a_length(
    folder: Path, how: How
) -> None:
    times = [0.0, 0.1, 0.2, 0.3, 1.5, 1.6, 1.7, 1.8, 1.9]
    path = clip(folder / "browser.webm", plain(9), form=WEBM, times_s=times)
    document, _ = await analyse(path, folder / "browser.json", how)
    assert document["video"]["container"].startswith("matroska")
    assert [one["frames_taken"] for one in document["windows"]] == [2, 1]
    assert document["totals"]["presence_ratio"]["mean"] == 0.0
    why = {one["what"]: one["why"] for one in document["not_measured"]}
    assert why["level_dbfs"] == "the file has no sound"


async def test_a_file_that_is_cut_off_is_looked_at_as_far_as_it_goes(
    folder: Path, how: How
) -> None:
    whole = clip(folder / "whole.webm", plain(40, side=160), form=WEBM).read_bytes()
    path = folder / "torn.webm"
    path.write_bytes(whole[: len(whole) * 3 // 4])
    document, _ = await analyse(path, folder / "torn.json", how)
    assert document["complete"] is False
    assert document["problems"]
    assert 0 < document["frames"]["analysed"] < 14


async def test_footage_of_a_face(shared: Path, folder: Path, how: How) -> None:
    path = shared / "testdata" / "vision" / "face_pexels.mp4"
    if not path.is_file():
        pytest.skip("no face_pexels.mp4")
    sparse = How(Preset.HIGH_PERFORMANCE, how.settings, how.rules)
    document, _ = await analyse(path, folder / "footage.json", sparse)
    assert document["totals"]["presence_ratio"]["mean"] >= 0.9
    assert document["frames"]["taken"] == 24
    why = {one["what"]: one["why"] for one in document["not_measured"]}
    assert "head_steadiness_points" in why
