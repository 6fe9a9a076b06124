"""A head that can be rendered: the canonical face with a person's photograph on it.

The geometry is the canonical one to the last point, so a render's pose is known whoever is on the
photograph. Around the face lie rings that carry hair, ears and neck; they fall back behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge_agent.flow import HeadPose, Rgb
from edge_agent.vision.canonical import Points
from edge_agent.vision.head_pose import rotation
from tests.truth.canonical_mesh import Mesh, Triangles
from tests.truth.eyeballs import BEHIND_CM

CORNERS = ((33, 133), (263, 362))
"""Of the candidate's right eye and their left: outer, inner."""
_UPPER = ((246, 161, 160, 159, 158, 157, 173), (466, 388, 387, 386, 385, 384, 398))
_LOWER = ((7, 163, 144, 145, 153, 154, 155), (249, 390, 373, 374, 380, 381, 382))
"""Lid edges, outer to inner, each upper point over its lower one."""
_LOWER_RISES = 0.1
_UPPER_FOLLOWS, _LOWER_FOLLOWS = 0.8, 0.5
"""Of the eye's own turn up or down."""
_OVAL = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)
"""The rim of the face, clockwise in the picture from the forehead."""
_RINGS = ((1.12, 1.0), (1.3, 3.0), (1.55, 6.0), (1.8, 9.0))
"""Size over the rim's, and centimetres behind it."""


@dataclass(frozen=True, slots=True)
class Head:
    """`texture_px` (n, 2) is where each point of the mesh lies on the photograph."""

    photo: Rgb
    mesh: Mesh
    texture_px: Points
    holes: tuple[Triangles, Triangles]
    """Triangles between the lids: the candidate's right eye, their left."""

    def posed(self, lids: float, eyes_pitch_deg: float) -> Points:
        """The points with the lids closed by so much of the way (0 as on the photograph, 1 shut), for
        eyes that are turned up by so much in the head: lids go with them.
        """
        points = self.mesh.points_cm.copy()
        for corners, upper, lower in zip(CORNERS, _UPPER, _LOWER, strict=True):
            centre = points[list(corners)].mean(axis=0) + np.array([0.0, 0.0, BEHIND_CM])
            above = _tilted(points[list(upper)], centre, _UPPER_FOLLOWS * eyes_pitch_deg)
            below = _tilted(points[list(lower)], centre, _LOWER_FOLLOWS * eyes_pitch_deg)
            points[list(upper)] = above + lids * (1 - _LOWER_RISES) * (below - above)
            points[list(lower)] = below - lids * _LOWER_RISES * (below - above)
        return points


def _tilted(points: Points, centre: Points, up_deg: float) -> Points:
    """Turned upwards about the left-right axis through an eyeball's centre."""
    turn = rotation(HeadPose(0.0, up_deg, 0.0))
    return np.asarray((points - centre) @ turn.T + centre)


def head_of(photo: Rgb, landmarks: Points, mesh: Mesh) -> Head:
    """From a picture of a face and its landmarks in pixels (478, >=2)."""
    count = len(mesh.points_cm)
    texture = landmarks[:count, :2]
    oval = list(_OVAL)
    places, pixels, triangles = [mesh.points_cm], [texture], [mesh.triangles]
    middle_cm, middle_px = mesh.points_cm[oval].mean(axis=0), texture[oval].mean(axis=0)
    inner = np.array(oval)
    for scale, back_cm in _RINGS:
        ring = middle_cm + scale * (mesh.points_cm[oval] - middle_cm)
        ring[:, 2] = mesh.points_cm[oval, 2] + back_cm
        places.append(ring)
        pixels.append(middle_px + scale * (texture[oval] - middle_px))
        outer = count + np.arange(len(oval))
        triangles.append(_band(inner, outer))
        inner, count = outer, count + len(oval)
    whole = Mesh(np.concatenate(places), np.concatenate(triangles))
    holes = tuple(
        np.flatnonzero(np.isin(whole.triangles, [*corners, *upper, *lower]).all(axis=1))
        for corners, upper, lower in zip(CORNERS, _UPPER, _LOWER, strict=True)
    )
    return Head(photo, whole, np.concatenate(pixels), (holes[0], holes[1]))


def _band(inner: Triangles, outer: Triangles) -> Triangles:
    next_in, next_out = np.roll(inner, -1), np.roll(outer, -1)
    return np.concatenate(
        [np.stack([inner, next_in, outer], 1), np.stack([next_in, next_out, outer], 1)]
    )
