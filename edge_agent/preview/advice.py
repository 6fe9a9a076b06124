"""What to mend about a seat, from what was seen of it over the last seconds. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from edge_agent.flow import CameraHealth, FrameReading


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame, as far as advice needs it. Ratios are of the picture; None where there is no face."""

    reading: FrameReading
    middle: tuple[float, float] | None = None
    """Middle of the face, from the picture's left and top."""
    face_brightness_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a seat stops being good. Landmarks and gaze are measured in footage of 18 to 60 % of the
    picture's height; outside of it irises have too few pixels, or the head leaves the picture.
    """

    face_from: float = 0.2
    face_to: float = 0.65
    dark_below: float = 0.22
    bright_above: float = 0.85
    beside: float = 0.18
    """How far the face may be from the middle, sideways."""
    above: float = 0.2
    tilted_deg: float = 8.0
    turned_deg: float = 25.0
    nodding_deg: float = 20.0
    slow_ratio: float = 0.8
    seen_ratio: float = 0.9


def advice(
    seen: Sequence[Seen],
    health: CameraHealth | None,
    *,
    fps: float | None,
    wanted_fps: float,
    bounds: Bounds | None = None,
) -> tuple[str, ...]:
    """Sentences, the most urgent first; none where the seat is good."""
    bounds = bounds or Bounds()
    found = [*_picture(health), *_face(seen, bounds)]
    if fps is not None and fps < bounds.slow_ratio * wanted_fps:
        found.append(
            f"Slow: {fps:.0f} of {wanted_fps:.0f} frames a second. More light, a USB port of its own,"
            " or a smaller camera.width."
        )
    return tuple(found)


def _picture(health: CameraHealth | None) -> list[str]:
    if health is None:
        return []
    if health.black:
        return ["The picture is black: take the cover off the lens, or switch the light on."]
    found = []
    if health.over_exposed:
        found.append("Too bright: a window or lamp shines into the camera; close the blind.")
    if health.blurred:
        found.append("Blurred: clean the lens, or set the camera's focus.")
    if health.frozen:
        found.append("The picture stands still: plug the camera in anew.")
    return found


def _face(seen: Sequence[Seen], bounds: Bounds) -> list[str]:
    there = [one for one in seen if one.reading.faces]
    if not there or len(there) < bounds.seen_ratio * len(seen) / 2:
        return ["No face in view: sit where a candidate will sit, or turn the camera."]
    found = []
    if len(there) < bounds.seen_ratio * len(seen):
        found.append(f"The face is lost at times ({len(there)} of {len(seen)} frames): more light.")
    if median(one.reading.faces for one in there) > 1:
        found.append("Several faces are in view: a candidate sits alone.")
    return [*found, *_light(there, bounds), *_place(there, bounds), *_angles(there, bounds)]


def _light(there: Sequence[Seen], bounds: Bounds) -> list[str]:
    light = _middle(one.face_brightness_ratio for one in there)
    if light is not None and light < bounds.dark_below:
        return ["Too dark: the face needs light from the front."]
    if light is not None and light > bounds.bright_above:
        return ["The face is too bright: a softer light, or one from farther away."]
    return []


def _place(there: Sequence[Seen], bounds: Bounds) -> list[str]:
    found = []
    height = _middle(one.reading.face_height_ratio for one in there)
    if height is not None and height < bounds.face_from:
        found.append(f"Too far: the face has {height:.0%} of the picture's height; move closer.")
    if height is not None and height > bounds.face_to:
        found.append(f"Too near: the face has {height:.0%} of the picture's height; move back.")
    across = _middle(one.middle[0] if one.middle else None for one in there)
    down = _middle(one.middle[1] if one.middle else None for one in there)
    if across is not None and abs(across - 0.5) > bounds.beside:
        side = "left" if across < 0.5 else "right"
        found.append(f"The face is at the picture's {side}: turn the camera, or move the chair.")
    if down is not None and abs(down - 0.5) > bounds.above:
        side = "top" if down < 0.5 else "bottom"
        found.append(f"The face is at the picture's {side}: tip the camera, or set its height.")
    return found


def _angles(there: Sequence[Seen], bounds: Bounds) -> list[str]:
    heads = [one.reading.head for one in there]
    roll = _middle(head.roll_deg if head else None for head in heads)
    yaw = _middle(head.yaw_deg if head else None for head in heads)
    pitch = _middle(head.pitch_deg if head else None for head in heads)
    found = []
    if roll is not None and abs(roll) > bounds.tilted_deg:
        found.append(f"Camera tilted: the head leans by {abs(roll):.0f} degrees; level the camera.")
    if yaw is not None and abs(yaw) > bounds.turned_deg:
        found.append(f"The head is turned by {abs(yaw):.0f} degrees: put the camera on the screen.")
    if pitch is not None and abs(pitch) > bounds.nodding_deg:
        where = "low" if pitch < 0 else "high"
        found.append(f"The head is bent by {abs(pitch):.0f} degrees: the screen is too {where}.")
    return found


def _middle(values: Iterable[float | None]) -> float | None:
    known = [one for one in values if one is not None]
    return median(known) if known else None
