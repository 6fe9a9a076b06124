"""Lookers that take as long as they are told and say what they saw."""

from __future__ import annotations

import threading

import numpy as np

from edge_agent.flow import PeopleLook, VideoFrame
from edge_agent.vision.looks import Sight

SECOND_NS = 1_000_000_000


def sight(index: int, fps: float = 30.0, faces: int = 0) -> Sight:
    """A small grey frame."""
    image = np.full((8, 8, 3), 90, np.uint8)
    return Sight(VideoFrame(index, round(index / fps * SECOND_NS), image), None, faces, 0)


class ToldLooker:
    """Counts people as frames' numbers; waits at `gate` in every look where there is one."""

    def __init__(
        self, kind: str = "people", rate_hz: float = 30.0, *, gate: threading.Event | None = None
    ) -> None:
        self.kind, self.rate_hz = kind, rate_hz
        self.gate = gate
        self.begun = threading.Event()
        self.error: Exception | None = None
        self.closed = threading.Event()

    def look(self, sight: Sight) -> PeopleLook:
        self.begun.set()
        if self.gate is not None:
            self.gate.wait(10.0)
        if self.error is not None:
            raise self.error
        return PeopleLook(sight.frame.mono_ns, sight.frame.index)

    def close(self) -> None:
        self.closed.set()
