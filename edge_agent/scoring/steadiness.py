"""How still head and shoulders are held."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, median

from edge_agent.flow import FrameReading, Posture

_LEAST = 2


def head_sway(frames: Sequence[FrameReading]) -> tuple[float | None, int]:
    """RMS departure of the head from its mean direction, in degrees, and how many frames stand behind
    it: sqrt(var(yaw) + var(pitch) + var(roll)), population variances. Of a nod of amplitude A it is
    A / sqrt(2). None from fewer than two frames.
    """
    heads = [frame.head for frame in frames if frame.head]
    if len(heads) < _LEAST:
        return None, 0
    turns = (
        [head.yaw_deg for head in heads],
        [head.pitch_deg for head in heads],
        [head.roll_deg for head in heads],
    )
    return math.sqrt(sum(map(_variance, turns))), len(heads)


def posture_sway(postures: Sequence[Posture]) -> tuple[float | None, int]:
    """RMS departure of the shoulders from where they are on average, in shoulder widths, so that
    neither distance nor lens matters; and how many looks stand behind it.

    sqrt(var(centre) + var(width) + var(tilt) / 4): sideways, towards the camera (who leans forward
    grows), and by tilting, where an end of the shoulders moves half a width times the tilt in radians.
    Centre and width over the median width. Up and down is left out: it is over the picture's height,
    and a look does not say how high a picture is. None from fewer than two looks.
    """
    width = median([one.shoulder_width_ratio for one in postures]) if postures else 0.0
    if len(postures) < _LEAST or width <= 0:
        return None, 0
    centre = _variance([one.centre_x_ratio / width for one in postures])
    lean = _variance([one.shoulder_width_ratio / width for one in postures])
    tilt = _variance([math.radians(one.shoulder_tilt_deg) for one in postures])
    return math.sqrt(centre + lean + tilt / 4), len(postures)


def _variance(values: Sequence[float]) -> float:
    mean = fmean(values)
    return fmean((value - mean) ** 2 for value in values)
