"""The ring between capture and analysis."""

from __future__ import annotations

import numpy as np
import pytest

from edge_agent.flow import VideoFrame
from edge_agent.vision.ring import Ring

pytestmark = pytest.mark.unit


def frame(index: int) -> VideoFrame:
    return VideoFrame(index, index, np.zeros((1, 1, 3), np.uint8))


def test_a_full_ring_drops_the_oldest_and_counts_it() -> None:
    ring: Ring[VideoFrame] = Ring(4)
    for n in range(6):
        ring.put(frame(n))
    taken = [found.index for _ in range(4) if (found := ring.take())]
    assert (taken, ring.captured, ring.dropped) == ([2, 3, 4, 5], 6, 2)


def test_a_closed_ring_gives_what_is_left_and_then_nothing() -> None:
    ring: Ring[VideoFrame] = Ring()
    ring.put(frame(0))
    ring.close()
    assert ring.take() is not None
    assert ring.take() is None
