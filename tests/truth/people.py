"""Whose photographs the rendered heads wear."""

from __future__ import annotations

import itertools
from pathlib import Path

from edge_agent.flow import Rgb, VideoFrame
from edge_agent.vision.face import FaceFinder
from tests.fakes.footage import astronaut, film, still
from tests.truth.canonical_mesh import canonical_mesh
from tests.truth.head import Head, head_of

PEOPLE = ("astronaut", "smiling", "close-up")
_LOOKS = 3
"""The landmarks of a still settle within these."""


def photograph(shared: Path, who: str) -> Rgb:
    """A face that looks more or less into the camera."""
    folder = shared / "testdata" / "vision"
    match who:
        case "astronaut":
            return astronaut()
        case "smiling":
            return still(folder / "mediapipe_sergey.png")
        case _:
            (frame,) = itertools.islice(film(folder / "face_pexels.mp4"), 200, 201)
            return frame.image


def head(shared: Path, who: str, finder: FaceFinder) -> Head:
    """The canonical face with that person's skin on it."""
    photo = photograph(shared, who)
    for n in range(_LOOKS):
        found = finder.find(VideoFrame(n, n * 33_000_000, photo))
    return head_of(photo, found[0], canonical_mesh(shared / "models" / "face_landmarker.task"))
