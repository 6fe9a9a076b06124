"""How much of the time there is a face in view."""

from __future__ import annotations

from collections.abc import Sequence

from edge_agent.flow import FrameReading


def presence(frames: Sequence[FrameReading]) -> tuple[float | None, int]:
    """Share (0 to 1) of the frames with a face in view, and of how many. Nobody in view is measured: 0.
    None where no frame was analysed.
    """
    if not frames:
        return None, 0
    return sum(frame.faces > 0 for frame in frames) / len(frames), len(frames)
