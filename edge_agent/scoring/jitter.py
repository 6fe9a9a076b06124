"""How much the gaze trembles while it rests."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from edge_agent.flow import FrameReading

_MS = 1_000_000
_RMS_OVER_MEDIAN = 1 / math.sqrt(math.log(2))


def jitter(frames: Sequence[FrameReading], farthest_pair_ms: float) -> tuple[float | None, int]:
    """RMS angular change from sample to sample during fixations, in degrees, and how many frames stand
    behind it. None where no two frames with a gaze follow each other within `farthest_pair_ms`.

    RMS-S2S is the usual measure of an eye tracker's precision (Holmqvist et al., Eye tracker data
    quality, ETRA 2012): sqrt(mean(d_i^2)), with d_i the angle between the directions i and i + 1 of
    the unsmoothed stream. Saccades must not count. A velocity threshold (I-VT) would cut off
    the very noise that is asked for: webcam noise at 30 frames/s is as fast as a small saccade. So the
    RMS comes from the median step: eyes rest for most of a second, and the steps of two-axis Gaussian
    noise are Rayleigh distributed, whose RMS is the median over sqrt(ln 2). Of noise with sigma
    degrees an axis the result is 2 sigma; no step that grows ever makes it smaller.
    """
    looks = [(frame.mono_ns, frame.gaze) for frame in frames if frame.gaze]
    steps = [
        angle_deg(a.yaw_deg, a.pitch_deg, b.yaw_deg, b.pitch_deg)
        for (t0, a), (t1, b) in pairwise(looks)
        if 0 < t1 - t0 <= farthest_pair_ms * _MS
    ]
    if not steps:
        return None, 0
    # A step needs two frames: the first has none, and costs no coverage.
    return median(steps) * _RMS_OVER_MEDIAN, len(steps) + 1


def angle_deg(yaw0_deg: float, pitch0_deg: float, yaw1_deg: float, pitch1_deg: float) -> float:
    """The angle between two directions, by the haversine formula: exact for small angles too."""
    yaw0, pitch0, yaw1, pitch1 = map(math.radians, (yaw0_deg, pitch0_deg, yaw1_deg, pitch1_deg))
    up, across = math.sin((pitch1 - pitch0) / 2), math.sin((yaw1 - yaw0) / 2)
    half = up * up + math.cos(pitch0) * math.cos(pitch1) * across * across
    return math.degrees(2 * math.asin(min(1.0, math.sqrt(half))))
