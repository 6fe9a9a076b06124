"""The whole path of a frame over the demo candidate, whose truth is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edge_agent.flow import FrameReading, VideoFrame
from edge_agent.models.places import FACE
from edge_agent.vision.face import MediaPipeFaces
from edge_agent.vision.reader import FrameReader
from tests.story.candidate import FPS, make

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

Watched = tuple[list[FrameReading], dict[str, Any]]


@pytest.fixture(scope="module")
def watched(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """A short candidate, every frame read once."""
    import av

    folder = tmp_path_factory.mktemp("candidate")
    film = make(
        folder / "c.mp4", ("I measured it and found the cause.", "I listened to him first.")
    )
    truth = json.loads((folder / "c.mp4.json").read_text())["truth"]
    finder = MediaPipeFaces(models / FACE)
    reader = FrameReader(finder, 60.0)
    with av.open(str(film)) as container:
        readings = [
            reader.read(VideoFrame(n, n * 1_000_000_000 // FPS, frame.to_ndarray(format="rgb24")))
            for n, frame in enumerate(container.decode(video=0))
        ]
    finder.close()
    return readings, truth


def within(reading: FrameReading, spans: list[dict[str, Any]], margin_s: float = 0.0) -> bool:
    at_s = reading.frame_index / FPS + 1e-6
    return any(span["from_s"] + margin_s <= at_s < span["to_s"] - margin_s for span in spans)


def test_the_face_is_found_whenever_it_is_in_view(watched: Watched) -> None:
    readings, truth = watched
    there = [reading for reading in readings if not within(reading, truth["absences"])]
    assert sum(reading.faces == 1 for reading in there) / len(there) >= 0.9
    assert all(reading.head and reading.eyes and reading.mouth for reading in there)


def test_absence_is_seen_exactly_when_it_happens(watched: Watched) -> None:
    readings, truth = watched
    gone = [reading for reading in readings if within(reading, truth["absences"])]
    assert len(gone) == FPS
    assert {reading.faces for reading in gone} == {0}
    assert all(reading.head is None and reading.eyes is None for reading in gone)


def test_a_look_away_is_a_turn_to_its_side(watched: Watched) -> None:
    readings, truth = watched
    away = [r for r in readings if within(r, truth["look_aways"], 0.3)]
    rest = [r for r in readings if not within(r, truth["look_aways"], -0.1) and r.head]
    assert truth["look_aways"][0]["side"] == "left"
    assert min(r.head.yaw_deg for r in away if r.head) > 8.0
    assert max(abs(r.head.yaw_deg) for r in rest if r.head) < 8.0


def test_every_blink_is_counted_and_none_is_invented(watched: Watched) -> None:
    readings, truth = watched
    found = [r.frame_index / FPS for r in readings if r.eyes and r.eyes.blink_ended]
    ends = [span["to_s"] for span in truth["blinks"]]
    assert len(found) == len(ends)
    assert all(abs(a - b) < 0.15 for a, b in zip(found, ends, strict=True))
