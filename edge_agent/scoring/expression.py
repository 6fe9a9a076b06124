"""How much the candidate smiles, against their own face at rest."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from edge_agent.flow import FrameReading


def expression(
    frames: Sequence[FrameReading], neutral_smile_ratio: float | None
) -> tuple[float | None, int]:
    """Mean rise of the mouth corners over the candidate's own neutral, in distances of the outer eye
    corners, and how many frames stand behind it. None without a neutral: resting mouths differ more
    between people than a smile lifts them.

    The mean of signed differences, not of clipped ones: noise around neutral is then no smile. It is
    geometry and names no emotion; speech and surprise move the same corners.
    """
    smiles = [frame.mouth.smile_ratio for frame in frames if frame.mouth]
    if neutral_smile_ratio is None or not smiles:
        return None, 0
    return fmean(smiles) - neutral_smile_ratio, len(smiles)
