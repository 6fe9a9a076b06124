"""Landmarks, axes, gaze and figures over one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from edge_agent.flow import CameraHealth, FrameReading, Rgb
from edge_agent.gaze.look import unit
from edge_agent.vision.canonical import Points
from edge_agent.vision.head_pose import rotation

IRIS: Final = 468
"""Landmarks from here on are of the irises."""
NOSE: Final = 4
EYES: Final = (33, 133, 362, 263)
AXIS_RATIO: Final = 0.16
RAY_RATIO: Final = 0.35
"""Of the picture's height."""
LINE_PX: Final = 26
MARGIN_PX: Final = 12

Colour = tuple[int, int, int]
WHITE: Final[Colour] = (240, 240, 238)
GREY: Final[Colour] = (150, 152, 148)
DOT: Final[Colour] = (150, 220, 255)
GAZE: Final[Colour] = (255, 214, 60)
LEFT: Final[Colour] = (255, 90, 80)
UP: Final[Colour] = (90, 220, 110)
FORWARD: Final[Colour] = (90, 140, 255)
MEND: Final[Colour] = (255, 196, 90)
GOOD: Final[Colour] = (130, 220, 160)
BACK: Final[Colour] = (24, 25, 23)


@dataclass(frozen=True, slots=True)
class Look:
    """One picture and all that is said of it."""

    image: Rgb
    landmarks: Points | None
    reading: FrameReading
    health: CameraHealth | None
    fps: float | None
    advice: tuple[str, ...]


def draw(look: Look) -> Rgb:
    """A new picture: the old one with marks, and a panel of words under it."""
    picture = np.ascontiguousarray(look.image.copy())
    if look.landmarks is not None:
        _face(picture, look.landmarks, look.reading)
    return np.vstack([picture, _panel(look, picture.shape[1])])


def _face(picture: Rgb, landmarks: Points, reading: FrameReading) -> None:
    import cv2

    for number, (x, y, _) in enumerate(landmarks):
        radius = 2 if number >= IRIS else 1
        cv2.circle(picture, (round(x), round(y)), radius, GAZE if number >= IRIS else DOT, -1)
    height = picture.shape[0]
    if reading.head is not None:
        turned = rotation(reading.head)
        start = landmarks[NOSE, :2]
        # The camera's x is to the candidate's left, its y is down, its z away.
        for axis, colour in ((turned[:, 0], LEFT), (-turned[:, 1], UP), (-turned[:, 2], FORWARD)):
            _arrow(picture, start, axis[:2] * height * AXIS_RATIO, colour)
    if reading.gaze is not None:
        towards = unit(reading.gaze.yaw_deg, reading.gaze.pitch_deg)
        start = landmarks[list(EYES), :2].mean(axis=0)
        _arrow(picture, start, towards[:2] * height * RAY_RATIO, GAZE)


def _arrow(picture: Rgb, start: Points, by: Points, colour: Colour) -> None:
    import cv2

    first = (round(float(start[0])), round(float(start[1])))
    last = (round(float(start[0] + by[0])), round(float(start[1] + by[1])))
    cv2.arrowedLine(picture, first, last, colour, 2, cv2.LINE_AA, tipLength=0.15)


def _panel(look: Look, width: int) -> Rgb:
    lines: list[tuple[str, Colour]] = [(one, WHITE) for one in figures(look)]
    lines += [(one, MEND) for one in look.advice] or [("Good: nothing to mend.", GOOD)]
    scale = 0.5 if width >= 600 else 0.36
    wrapped = [(part, colour) for text, colour in lines for part in _wrapped(text, width, scale)]
    panel = np.full((LINE_PX * len(wrapped) + 2 * MARGIN_PX, width, 3), BACK, np.uint8)
    for row, (text, colour) in enumerate(wrapped):
        _write(panel, text, MARGIN_PX + LINE_PX * row + 18, colour, scale)
    return panel


def figures(look: Look) -> Sequence[str]:
    """Two or three lines of numbers; what was not measured is a dash."""
    height, width = look.image.shape[:2]
    reading, health = look.reading, look.health
    rate = "-" if look.fps is None else f"{look.fps:.0f}"
    face = "-" if reading.face_height_ratio is None else f"{reading.face_height_ratio:.0%}"
    placed = reading.gaze.from_cm if reading.gaze else None
    far = "-" if placed is None else f"{placed[2]:.0f} cm"
    head = reading.head
    turned = (
        "-"
        if head is None
        else f"yaw {head.yaw_deg:+.0f} pitch {head.pitch_deg:+.0f} roll {head.roll_deg:+.0f}"
    )
    gaze = reading.gaze
    looks = "-" if gaze is None else f"yaw {gaze.yaw_deg:+.0f} pitch {gaze.pitch_deg:+.0f}"
    found = [
        f"{width} x {height}   {rate} fps   face {face}   distance {far}",
        f"head {turned}   gaze {looks}",
    ]
    if health is not None:
        found.append(
            f"light {health.brightness_ratio:.0%}   clipped {health.clipped_ratio:.0%}"
            f"   sharpness {health.sharpness:.0f}"
        )
    return found


def _wrapped(text: str, width: int, scale: float) -> list[str]:
    most = max(20, int((width - 2 * MARGIN_PX) / (16 * scale)))
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > most:
            lines.append(line)
            line = "  " + word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _write(panel: Rgb, text: str, y: int, colour: Colour, scale: float) -> None:
    import cv2

    place = (MARGIN_PX, y)
    cv2.putText(panel, text, place, cv2.FONT_HERSHEY_SIMPLEX, scale, colour, 1, cv2.LINE_AA)
