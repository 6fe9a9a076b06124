"""Readings at full rate become compact scores: pure, no I/O, no clock.

In: `FrameReading`s, looks and `VoiceFrame`s. Out: one `ScoreWindow` a second (`windows`), the measures
of the live view (`windows.WindowMaker.latest`), and the frames themselves packed by second for the
record (`packer`). A channel that was not measured has no value and coverage 0.

Scores (`points`): one file each has a formula in physical units (`jitter`, `compliance`, `steadiness`,
`expression`, `presence`); `rules` holds the figures of the configuration, `valid` what may be scored,
`variants` which weights an interview has, `scale` the display scale, `cadence` what is different where
only some frames of a video are looked at.
"""

from edge_agent.scoring.cadence import Cadence
from edge_agent.scoring.delivery import baseline_of
from edge_agent.scoring.packer import BodyPacker, EmotionPacker, ReadingPacker
from edge_agent.scoring.points import Scorer
from edge_agent.scoring.rules import Rules, Variant
from edge_agent.scoring.variants import assign
from edge_agent.scoring.windows import WindowMaker

__all__ = [
    "BodyPacker",
    "Cadence",
    "EmotionPacker",
    "ReadingPacker",
    "Rules",
    "Scorer",
    "Variant",
    "WindowMaker",
    "assign",
    "baseline_of",
]
