"""How much of the time the gaze stays on the calibrated screen."""

from __future__ import annotations

from collections.abc import Sequence

from edge_agent.flow import FrameReading


def compliance(frames: Sequence[FrameReading]) -> tuple[float | None, int]:
    """Share (0 to 1) of the frames with a calibrated gaze on which it was on the screen, and how many
    frames those are. None without a calibration: angles of the camera do not say where the screen is.

    Frames of a camera come at even times, so the share of frames is the share of time; closed eyes
    look nowhere and take no part.
    """
    looks = [frame.screen for frame in frames if frame.screen]
    if not looks:
        return None, 0
    return sum(look.on_screen for look in looks) / len(looks), len(looks)
