"""Readings of candidates whose truth is known: what a test says they did."""

from __future__ import annotations

import math
import random

from edge_agent.config import Central, Config
from edge_agent.flow import (
    CameraHealth,
    FrameReading,
    Gaze,
    HeadPose,
    Mouth,
    Posture,
    PostureLook,
    ScreenGaze,
)
from edge_agent.scoring import Rules
from edge_agent.sources import scoring_rules

S = 1_000_000_000
RULES: Rules = scoring_rules(Config(central=Central(address="central:7443")))
FINE = CameraHealth(
    0, 0.45, 0.0, 120.0, frozen=False, black=False, blurred=False, over_exposed=False
)


def frame(
    index: int,
    *,
    gaze: Gaze | None = None,
    head: HeadPose | None = None,
    smile: float = 0.03,
    on_screen: bool | None = None,
    height: float | None = 0.4,
    fps: float = 30.0,
) -> FrameReading:
    """A frame with a face that looks into the camera, but for what is given."""
    return FrameReading(
        frame_index=index,
        mono_ns=round(index * S / fps),
        faces=1,
        head=head or HeadPose(0.0, 0.0, 0.0),
        gaze=gaze or Gaze(0.0, 0.0),
        mouth=Mouth(0.1, 0.5, smile),
        screen=None if on_screen is None else ScreenGaze(0.5, 0.5, on_screen),
        face_height_ratio=height,
    )


def gazing(
    sigma_deg: float,
    *,
    count: int = 30,
    steps: tuple[tuple[int, float], ...] = (),
    fps: float = 30.0,
    seed: int = 1,
) -> list[FrameReading]:
    """A resting gaze with Gaussian noise of `sigma_deg` an axis; at each (frame, degrees) of `steps`
    it jumps to the side, as a saccade does.
    """
    noise = random.Random(seed)
    frames = []
    for index in range(count):
        at = sum(deg for since, deg in steps if index >= since)
        yaw, pitch = at + noise.gauss(0, sigma_deg), noise.gauss(0, sigma_deg)
        frames.append(frame(index, gaze=Gaze(yaw, pitch), fps=fps))
    return frames


def nodding(amplitude_deg: float, count: int = 30) -> list[FrameReading]:
    """One whole nod in `count` frames."""
    turns = (amplitude_deg * math.sin(2 * math.pi * n / count) for n in range(count))
    return [frame(n, head=HeadPose(0.0, turn, 0.0)) for n, turn in enumerate(turns)]


def shoulders(
    centre: float = 0.5, width: float = 0.4, tilt_deg: float = 0.0, *, index: int = 0
) -> PostureLook:
    return PostureLook(index * S // 10, Posture(tilt_deg, width, centre, 0.8))
