"""Every figure behind a reading."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """As the room's configuration has them."""

    temperature: float = 1.5
    """Above 1: less sure than the network says of itself."""
    floor_p: float = 0.01
    """What the network gives a class below this means nothing, nor does its change."""
    rest_neutral_p: float = 0.6
    """How sure a face exactly at rest is called neutral; the other classes share what is left."""
    least_margin_p: float = 0.2
    """Where the two likeliest classes are nearer than this, none is named."""
    least_rest_looks: int = 10
    """Fewer glances at rest are no neutral: about two of the five points, at five glances a second."""
