"""How large the candidate's face is in the picture: how far away they sit."""

from __future__ import annotations

import numpy as np

from edge_agent.vision.canonical import Points

_FOREHEAD, _CHIN = 10, 152


def face_height_ratio(landmarks: Points, picture_height_px: int) -> float:
    """Top of the forehead to the chin, however the head is rolled, over the picture's height; from
    pixels (478, >=2).
    """
    length_px = float(np.linalg.norm(landmarks[_CHIN, :2] - landmarks[_FOREHEAD, :2]))
    return length_px / picture_height_px
