"""MediaPipe's canonical face: the points that its own face geometry calls rigid.

Centimetres; x to the image's right of a face that looks at the camera, y up, z towards the camera.
Points and choice are from `geometry_pipeline_metadata_landmarks` (MediaPipe, Apache-2.0). None lies
on lids, lips or irises, so neither speech nor gaze turns the head.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Points: TypeAlias = npt.NDArray[np.float64]

_TABLE = (
    (4, 0.0000, -0.4632, 7.5866),
    (6, 0.0000, 2.4733, 5.7886),
    (10, 0.0000, 8.2618, 4.4815),
    (33, -4.4459, 2.6640, 3.1734),
    (54, -6.2793, 6.6154, 1.4259),
    (67, -3.5240, 8.0060, 3.7292),
    (117, -5.2587, 0.9458, 2.9743),
    (119, -3.3007, 0.8616, 3.8728),
    (121, -1.8207, 1.4680, 4.2241),
    (127, -7.7431, 2.3650, -2.0052),
    (129, -1.7858, -0.9783, 4.8505),
    (132, -7.2709, -2.8909, -2.2525),
    (133, -1.8564, 2.5852, 3.7579),
    (143, -6.4076, 2.2360, 1.5608),
    (147, -6.2349, -1.9444, 1.6635),
    (198, -1.2468, 0.2303, 5.6810),
    (205, -3.8329, -1.5373, 4.1377),
    (263, 4.4459, 2.6640, 3.1734),
    (284, 6.2793, 6.6154, 1.4259),
    (297, 3.5240, 8.0060, 3.7292),
    (346, 5.2587, 0.9458, 2.9743),
    (348, 3.3007, 0.8616, 3.8728),
    (350, 1.8207, 1.4680, 4.2241),
    (356, 7.7431, 2.3650, -2.0052),
    (358, 1.7858, -0.9783, 4.8505),
    (361, 7.2709, -2.8909, -2.2525),
    (362, 1.8564, 2.5852, 3.7579),
    (372, 6.4076, 2.2360, 1.5608),
    (376, 6.2349, -1.9444, 1.6635),
    (420, 1.2468, 0.2303, 5.6810),
    (425, 3.8329, -1.5373, 4.1377),
)

RIGID: npt.NDArray[np.intp] = np.array([row[0] for row in _TABLE], np.intp)
"""Landmark numbers, shape (n,)."""

RIGID_CM: Points = np.array([(x, -y, -z) for _, x, y, z in _TABLE], np.float64)
"""Their places in the camera's axes (x right, y down, z away), shape (n, 3)."""


def place_cm(landmark: int) -> Points:
    """One rigid point in the camera's axes, shape (3,)."""
    return np.asarray(RIGID_CM[int(np.flatnonzero(landmark == RIGID)[0])])
