"""Pictures whose truth is known: a camera, a head somewhere before it, eyes that look at something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge_agent.flow import HeadPose, Rgb
from edge_agent.vision.canonical import Points
from edge_agent.vision.head_pose import direction, rotation
from edge_agent.vision.optics import Optics
from tests.truth.canonical_mesh import Triangles
from tests.truth.eyeballs import BEHIND_CM, Eyeball, colours
from tests.truth.head import CORNERS, Head
from tests.truth.raster import Shown, rasterise

_EYES_FINER = 4
"""Eyes are rendered so much larger and averaged: a degree of gaze is a fifth of a pixel."""
_EYE_MARGIN_PX = 2
_WALL = 150.0
_NOISE = 2.0
_SHEET_PX = 64


@dataclass(frozen=True, slots=True)
class Posed:
    """What is true of one picture. `at_cm` is the place of the head's origin; `target_cm` what both
    eyes look at, in the camera's axes; `lids` 0 is open and 1 shut.
    """

    pose: HeadPose
    at_cm: tuple[float, float, float] = (0.0, 0.0, 60.0)
    target_cm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    lids: float = 0.0


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of the picture, `finer` times larger."""

    left: int
    top: int
    width: int
    height: int
    finer: int = 1

    def inside(self, pixels: Points) -> Points:
        """Pixels of the picture as pixels of the window; centre on centre."""
        return np.asarray((pixels - (self.left, self.top) + 0.5) * self.finer - 0.5)

    def outside(self, x: Triangles, y: Triangles) -> Points:
        """The inverse, (n, 2)."""
        return (np.stack([x, y], 1) + 0.5) / self.finer - 0.5 + (self.left, self.top)

    def of(self, canvas: Points) -> Points:
        """The same part of a whole picture, to be written to."""
        return canvas[self.top : self.top + self.height, self.left : self.left + self.width]


@dataclass(frozen=True, slots=True)
class _Placed:
    """The mesh in the picture: pixels (n, 2), depth (n,); and the eyes."""

    pixels: Points
    depth: Points
    eyes: tuple[Eyeball, Eyeball]


class Studio:
    """Renders one head with one camera; every picture has noise of its own."""

    def __init__(self, head: Head, optics: Optics, seed: int = 0) -> None:
        self._head, self._optics = head, optics
        self._random = np.random.default_rng(seed)
        sheet = (optics.height + _SHEET_PX, optics.width + _SHEET_PX, 3)
        self._sheet = self._random.normal(0.0, _NOISE, sheet)
        self._moving = [_touching(head, hole) for hole in head.holes]
        self._still: tuple[object, Points] | None = None

    def eyeballs(self, posed: Posed) -> tuple[Eyeball, Eyeball]:
        """The candidate's right eye and their left, both on the target."""
        turned, place = rotation(posed.pose), np.array(posed.at_cm)
        found = []
        for outer, inner in CORNERS:
            middle = self._head.mesh.points_cm[[outer, inner]].mean(axis=0)
            centre = turned @ (middle + np.array([0.0, 0.0, BEHIND_CM])) + place
            aim = np.array(posed.target_cm) - centre
            found.append(Eyeball(centre, aim / np.linalg.norm(aim)))
        return found[0], found[1]

    def picture(self, posed: Posed) -> Rgb:
        """Red, green, blue; the size of the camera's picture."""
        placed = self._placed(posed)
        canvas = self._without_eyes(posed).copy()
        for triangles in self._moving:
            window = self._around(placed.pixels[triangles.ravel()])
            if window is not None:
                window.of(canvas)[:] = self._render(window, placed)
        return np.clip(canvas + self._noise(), 0, 255).astype(np.uint8)

    def _placed(self, posed: Posed) -> _Placed:
        turned, eyes = rotation(posed.pose), self.eyeballs(posed)
        _, up_deg = direction(turned.T @ (eyes[0].towards + eyes[1].towards))
        points = self._head.posed(posed.lids, up_deg) @ turned.T + np.array(posed.at_cm)
        return _Placed(self._optics.project(points), points[:, 2], eyes)

    def _without_eyes(self, posed: Posed) -> Points:
        """All that neither lids nor eyes change, kept for as long as the head is still."""
        where = (posed.pose, posed.at_cm)
        if self._still is None or self._still[0] != where:
            whole = _Window(0, 0, self._optics.width, self._optics.height)
            self._still = (where, self._render(whole, self._placed(posed)))
        return self._still[1]

    def _noise(self) -> Points:
        """A sensor's: a part of a sheet that is made once, another one each time."""
        top, left = self._random.integers(0, _SHEET_PX, 2)
        height, width = self._optics.height, self._optics.width
        return self._sheet[top : top + height, left : left + width]

    def _render(self, window: _Window, placed: _Placed) -> Points:
        """Colours (height, width, 3) of a part of the picture."""
        import cv2

        mesh, size = self._head.mesh, (window.width * window.finer, window.height * window.finer)
        pixels, texture = window.inside(placed.pixels), self._head.texture_px
        shown = rasterise(pixels, placed.depth, mesh.triangles, texture, size)
        canvas = self._wall(window)
        canvas[shown.y, shown.x] = self._skin(shown, size)
        for eye, hole in zip(placed.eyes, self._head.holes, strict=True):
            between = np.isin(shown.triangle, hole)
            x, y = shown.x[between], shown.y[between]
            canvas[y, x] = colours(eye, self._rays(window.outside(x, y)))
        if window.finer == 1:
            return canvas
        area = (window.width, window.height)
        return np.asarray(cv2.resize(canvas, area, interpolation=cv2.INTER_AREA))

    def _skin(self, shown: Shown, size: tuple[int, int]) -> Points:
        """The photograph's colours at the places that the mesh has there, (n, 3)."""
        import cv2

        from_px = np.zeros((size[1], size[0], 2), np.float32)
        from_px[shown.y, shown.x] = shown.values
        photo, edge = self._head.photo, cv2.BORDER_REPLICATE
        whole = cv2.remap(photo, from_px, None, cv2.INTER_LINEAR, borderMode=edge)
        return np.asarray(whole[shown.y, shown.x], np.float64)

    def _around(self, pixels: Points) -> _Window | None:
        """An eye with its lids; None where it is outside the picture."""
        most = (self._optics.width, self._optics.height)
        low = np.clip(np.floor(pixels.min(axis=0)) - _EYE_MARGIN_PX, 0, most).astype(int)
        high = np.clip(np.ceil(pixels.max(axis=0)) + _EYE_MARGIN_PX, 0, most).astype(int)
        width, height = (int(v) for v in high - low)
        if width <= 0 or height <= 0:
            return None
        return _Window(int(low[0]), int(low[1]), width, height, _EYES_FINER)

    def _rays(self, pixels: Points) -> Points:
        optics = self._optics
        across = (pixels - (optics.width / 2, optics.height / 2)) / optics.focal_px
        return np.concatenate([across, np.ones((len(pixels), 1))], axis=1)

    def _wall(self, window: _Window) -> Points:
        """Plain, lighter towards the right."""
        columns = window.left + np.arange(window.width * window.finer) / window.finer
        shade = _WALL + 60.0 * (columns / self._optics.width - 0.5)
        height = window.height * window.finer
        return np.repeat(np.repeat(shade[None, :, None], height, axis=0), 3, axis=2)


def _touching(head: Head, hole: Triangles) -> Triangles:
    """The triangles of a hole and around it: all that a lid moves."""
    triangles = head.mesh.triangles
    return triangles[np.isin(triangles, triangles[hole]).any(axis=1)]
