"""Many frames on one point become one observation: without blinks, saccades and outliers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from edge_agent.flow import FrameReading
from edge_agent.gaze.look import Look, look
from edge_agent.gaze.screen import Vector

Numbers: TypeAlias = npt.NDArray[np.float64]

BLINK_NS = 100_000_000
"""This long before and after closed eyes the lids still move."""
SACCADE_DEG_S = 60.0
"""Faster than the jitter of an eye at rest (0.45 degrees a frame), slower than any saccade."""
MADS = 3.5
MAD_SCALE = 1.4826
"""Median absolute deviation to the standard deviation of a normal distribution."""
CLOSEST_DEG = 1.0
"""Nothing nearer to the median is an outlier."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Medians over one point: the eyes as measured and as they would have had to turn, in degrees in
    the head; `weight` is the number of frames behind it.
    """

    name: str
    yaw_deg: float
    pitch_deg: float
    wanted_yaw_deg: float
    wanted_pitch_deg: float
    weight: int
    spread_deg: float


def gather(
    name: str, readings: Sequence[FrameReading], target_cm: Vector
) -> tuple[Observation | None, int]:
    """The observation, and how many frames are behind it; None where none is left."""
    looks = _open_eyed(readings)
    if not looks:
        return None, 0
    table = np.array(
        [(one.mono_ns, one.yaw_deg, one.pitch_deg, *one.wanted_deg(target_cm)) for one in looks]
    )
    # What a steady gaze keeps constant even while the head moves: how far it is off its target.
    off = table[:, 1:3] - table[:, 3:5]
    steady = _slow(table[:, 0], off)
    table, off = table[steady], off[steady]
    if not len(table):
        return None, 0
    apart = np.hypot(*(off - np.median(off, axis=0)).T)
    spread = MAD_SCALE * float(np.median(apart))
    near = apart <= max(MADS * spread, CLOSEST_DEG)
    table = table[near]
    yaw, pitch, wanted_yaw, wanted_pitch = (float(v) for v in np.median(table[:, 1:], axis=0))
    found = Observation(name, yaw, pitch, wanted_yaw, wanted_pitch, len(table), spread)
    return found, len(table)


def _open_eyed(readings: Sequence[FrameReading]) -> list[Look]:
    closed = [one.mono_ns for one in readings if one.eyes is not None and one.eyes.closed]
    found = (look(one) for one in readings)
    return [
        one
        for one in found
        if one is not None and all(abs(one.mono_ns - at_ns) > BLINK_NS for at_ns in closed)
    ]


def _slow(mono_ns: Numbers, angles: Numbers) -> npt.NDArray[np.bool_]:
    """True for frames that no saccade touches. A median of three takes single jumps out first."""
    if len(mono_ns) < 3:
        return np.ones(len(mono_ns), bool)
    padded = np.concatenate([angles[:1], angles, angles[-1:]])
    smooth = np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0)
    seconds = np.maximum(np.diff(mono_ns) / 1e9, 1e-3)
    fast = np.hypot(*np.diff(smooth, axis=0).T) / seconds > SACCADE_DEG_S
    slow: npt.NDArray[np.bool_] = ~(np.append(fast, False) | np.append(False, fast))
    return slow
