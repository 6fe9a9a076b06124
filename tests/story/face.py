"""The demo candidate's picture: a public-domain portrait, turned, blinking, talking, and away.

scikit-image's `astronaut` (NASA, public domain) is warped backwards: for each pixel of the new
picture, where it lies on the turned head, then where that lies on the closed lid or the open mouth.
The head is an ellipsoid, so a turn moves its middle more than its rim.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 640, 480
_LEFT, _TOP, _CROP_W = 23, 0, 400
_SCALE = WIDTH / _CROP_W
_HEAD = (225.0, 100.0, 92.0, 108.0)
"""Centre and half axes of the head with its hair, in the portrait's pixels."""
_NOSE = (224.0, 127.0)
_PX_PER_CM = 5.9
_AXIS_CM = 3.0
"""The head turns about the neck, behind the eyes."""
_NECK = 168.0
_EYES = ((203.5, 101.5), (247.0, 103.5))
_EYE_HALF_W, _EYE_TOP, _EYE_LOW, _LID_FROM = 13.0, -4.6, 4.4, -15.0
_MOUTH = (225.0, 146.0)
_MOUTH_HALF_W, _CHIN = 26.0, 36.0

Picture = npt.NDArray[np.uint8]
Grid = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Look:
    """What the face does in one frame. Signs as in `edge_agent.flow.HeadPose`; ratios 0 to 1."""

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    lids: float = 0.0
    mouth: float = 0.0
    present: bool = True


class Portrait:
    """Renders looks, 640 x 480, RGB."""

    def __init__(self) -> None:
        from skimage import data

        self._source: Picture = np.ascontiguousarray(data.astronaut())
        crop = self._source[_TOP : _TOP + int(HEIGHT / _SCALE), _LEFT : _LEFT + _CROP_W]
        self._still = _resize(crop)
        self._empty = _empty_room(self._still)
        x, y, rx, ry = _HEAD
        self._box = (
            max(0, int((x - rx * 1.25 - _LEFT) * _SCALE)),
            0,
            int((x + rx * 1.25 - _LEFT) * _SCALE),
            min(HEIGHT, int((y + ry * 1.2 - _TOP) * _SCALE)),
        )
        x0, y0, x1, y1 = self._box
        columns = np.arange(x0, x1, dtype=np.float32) / _SCALE + _LEFT
        rows = np.arange(y0, y1, dtype=np.float32) / _SCALE + _TOP
        self._x, self._y = np.meshgrid(columns, rows)
        self._z, self._hold = _relief(self._x, self._y)

    def render(self, look: Look) -> Picture:
        """A new picture each time."""
        import cv2

        if not look.present:
            return self._empty.copy()
        x, y = self._unturned(look)
        x, y = _with_mouth(x, y, look.mouth)
        x, y = _with_lids(x, y, look.lids)
        x0, y0, x1, y1 = self._box
        frame = self._still.copy()
        frame[y0:y1, x0:x1] = cv2.remap(
            self._source, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return frame

    def _unturned(self, look: Look) -> tuple[Grid, Grid]:
        """Where each pixel was before the head turned about its middle."""
        yaw, pitch, roll = (math.radians(a) for a in (look.yaw_deg, look.pitch_deg, look.roll_deg))
        cx, cy = _HEAD[0], _HEAD[1]
        dx = self._z * math.sin(yaw) - (self._x - cx) * (1 - math.cos(yaw)) * self._hold
        dy = -self._z * math.sin(pitch) - (self._y - cy) * (1 - math.cos(pitch)) * self._hold
        # Roll to the candidate's right shoulder turns the picture counter-clockwise.
        dx += (self._y - (cy + 60)) * math.sin(roll) * self._hold
        dy -= (self._x - cx) * math.sin(roll) * self._hold
        return self._x - dx.astype(np.float32), self._y - dy.astype(np.float32)


def _relief(x: Grid, y: Grid) -> tuple[Grid, Grid]:
    """Depth towards the camera from the axis of turning, and how far a pixel belongs to the head
    (0 to 1). A paraboloid with a nose, close to the canonical face (centimetres times scale).
    """
    cx, cy, rx, ry = _HEAD
    r2 = ((x - cx) / (rx * 1.2)) ** 2 + ((y - cy) / (ry * 1.15)) ** 2
    inside = np.clip((1.0 - r2) * 1.6, 0.0, 1.0)
    neck = np.clip((_NECK + 40 - y) / 60.0, 0.0, 1.0)
    mask = inside * inside * (3 - 2 * inside) * neck
    across, down = (x - _NOSE[0]) / _PX_PER_CM, (y - _NOSE[1]) / _PX_PER_CM
    skull = 4.6 - 6.6 * (across / 7.7) ** 2 - 2.0 * (down / 8.0) ** 2
    nose = 2.6 * np.exp(-((across / 1.3) ** 2) - (np.minimum(down, 2 * down) / 3.0) ** 2)
    depth = (np.maximum(skull, -3.0) + nose + _AXIS_CM) * _PX_PER_CM
    return (depth * mask).astype(np.float32), mask.astype(np.float32)


def _with_lids(x: Grid, y: Grid, closed: float) -> tuple[Grid, Grid]:
    if closed <= 0.0:
        return x, y
    out = y.copy()
    for ex, ey in _EYES:
        across = np.clip(1.0 - ((x - ex) / _EYE_HALF_W) ** 2, 0.0, 1.0)
        top, low = ey + _EYE_TOP * np.sqrt(across), ey + _EYE_LOW * np.sqrt(across)
        lid = top + (low - top) * (0.96 * closed)
        start = ey + _LID_FROM
        above = (y > start) & (y <= lid) & (across > 0)
        under = (y > lid) & (y <= low) & (across > 0)
        stretched = start + (y - start) * (top - start) / np.maximum(lid - start, 1e-3)
        squeezed = top + (y - lid) * (low - top) / np.maximum(low - lid, 1e-3)
        out = np.where(above, stretched, np.where(under, squeezed, out))
    return x, out.astype(np.float32)


def _with_mouth(x: Grid, y: Grid, opened: float) -> tuple[Grid, Grid]:
    if opened <= 0.0:
        return x, y
    mx, my = _MOUTH
    across = np.clip(1.0 - ((x - mx) / (_MOUTH_HALF_W * 1.5)) ** 2, 0.0, 1.0) ** 2
    fall = np.clip((my + _CHIN - y) / _CHIN, 0.0, 1.0) * (y > my)
    reach = np.clip((y - my) / 6.0, 0.0, 1.0)
    return x, (y - 7.0 * opened * across * fall * reach).astype(np.float32)


def _resize(picture: Any) -> Picture:
    import cv2

    return np.asarray(cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR))


def _empty_room(still: Picture) -> Picture:
    """The same wall without anybody: an empty chair."""
    import cv2

    wall = cv2.resize(still[10:70, 430:560], (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
    soft = cv2.GaussianBlur(wall, (0, 0), 9)
    person = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.ellipse(person, (322, 155), (150, 170), 0, 0, 360, 1.0, -1)
    cv2.rectangle(person, (0, 300), (WIDTH, HEIGHT), 1.0, -1)
    person = cv2.GaussianBlur(person, (0, 0), 14)[..., None]
    room = (still * (1 - person) + soft * person).astype(np.uint8)
    cv2.ellipse(room, (320, 300), (135, 90), 0, 180, 360, (62, 58, 60), -1, cv2.LINE_AA)
    cv2.rectangle(room, (185, 300), (455, HEIGHT), (62, 58, 60), -1)
    return np.asarray(room)
