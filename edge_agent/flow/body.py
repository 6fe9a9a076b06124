"""What is looked at less often than the face: shoulders, hands, people in view, the camera itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Posture:
    """The shoulders, over the picture's width and height (0 to 1 from the left and the top). The tilt is
    positive where the candidate's right shoulder is lower. The width grows as they lean forward.
    """

    shoulder_tilt_deg: float
    shoulder_width_ratio: float
    centre_x_ratio: float
    centre_y_ratio: float


@dataclass(frozen=True, slots=True)
class PostureLook:
    """One look for shoulders; `posture` is None where none were found."""

    mono_ns: int
    posture: Posture | None


@dataclass(frozen=True, slots=True)
class HandsLook:
    """One look for hands. `speed_ratio_s` is the fastest hand's movement in hand lengths a second, None
    where no hand was in view at two looks in a row.
    """

    mono_ns: int
    hands: int
    speed_ratio_s: float | None


@dataclass(frozen=True, slots=True)
class PeopleLook:
    """One look for people anywhere in the picture, the candidate among them."""

    mono_ns: int
    people: int


BodyLook: TypeAlias = PostureLook | HandsLook | PeopleLook
"""One look of any kind at the people in view."""


@dataclass(frozen=True, slots=True)
class CameraHealth:
    """The picture as a picture, over about a second. Ratios are shares of pixels or of full scale."""

    mono_ns: int
    brightness_ratio: float
    clipped_ratio: float
    """Pixels at the top of the scale."""
    sharpness: float
    """Variance of the Laplacian of the grey picture at 320 pixels' width (Pech-Pacheco 2000)."""
    frozen: bool
    black: bool
    blurred: bool
    over_exposed: bool


@dataclass(frozen=True, slots=True)
class BodyReadings:
    """All looks of one second, each kind in order."""

    postures: tuple[PostureLook, ...] = ()
    hands: tuple[HandsLook, ...] = ()
    people: tuple[PeopleLook, ...] = ()
