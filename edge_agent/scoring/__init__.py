"""Readings at full rate become compact scores: pure, no I/O, no clock.

In: `FrameReading`s and `VoiceFrame`s. Out: one `ScoreWindow` a second (`windows`), the measures of
the live view (`windows.WindowMaker.latest`), and the frames themselves packed by second for the
record (`packer`). A channel that was not measured has no value and coverage 0.
"""

from edge_agent.scoring.packer import BodyPacker, ReadingPacker
from edge_agent.scoring.windows import WindowMaker

__all__ = ["BodyPacker", "ReadingPacker", "WindowMaker"]
