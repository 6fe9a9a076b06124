"""A face as the emotion network expects it, and what the network says of it.

Made only where policy and consent allow it; the file is not opened otherwise.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from edge_agent.errors import ModelError
from edge_agent.flow import Abstention, EmotionGlance, HeadPose, Rgb, VideoFrame
from edge_agent.flow.emotion import CLASSES
from edge_agent.vision.canonical import Points
from edge_agent.vision.looks import Sight
from edge_agent.vision.settings import EmotionBounds

SIDE_PX = 64
EYE_X_RATIO, EYE_Y_RATIO = 0.30, 0.36
"""Where the candidate's right eye comes to lie in the square, from its left and top; the left mirrors
it. FER2013's faces fill their pictures; smiles were told alike from 0.26 to 0.34 and 0.32 to 0.44."""
RIGHT_EYE, LEFT_EYE = (33, 133), (263, 362)
"""Outer and inner corner."""
LEAST_P = 1e-6
"""Nothing that the network says is further from certain."""

Grey = npt.NDArray[np.uint8]


def eyes_apart_px(points: Points) -> float:
    """Between the middles of both eyes."""
    return float(np.hypot(*(_middle(points, LEFT_EYE) - _middle(points, RIGHT_EYE))))


def aligned(image: Rgb, points: Points) -> Grey:
    """The face with its eyes level and at fixed places, shape (64, 64). Twice as fine first, then
    averaged: a large face would alias otherwise.
    """
    import cv2

    side = 2 * SIDE_PX
    right, left = _middle(points, RIGHT_EYE), _middle(points, LEFT_EYE)
    across = left - right
    scale = (1 - 2 * EYE_X_RATIO) * side / float(across @ across)
    cosine, sine = across * scale
    turn = np.array([[cosine, sine], [-sine, cosine]])
    shift = np.array([EYE_X_RATIO, EYE_Y_RATIO]) * side - turn @ right
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    fine = cv2.warpAffine(
        grey, np.column_stack([turn, shift]), (side, side), borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cv2.resize(fine, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA), np.uint8)


def unfit(head: HeadPose | None, apart_px: float, bounds: EmotionBounds) -> Abstention | None:
    """Why the network must not be asked about a face; None where it may. An unknown head is turned."""
    if (
        head is None
        or abs(head.yaw_deg) > bounds.most_yaw_deg
        or abs(head.pitch_deg) > bounds.most_pitch_deg
    ):
        return Abstention.TURNED
    return Abstention.SMALL if apart_px < bounds.least_eyes_apart_px else None


class EmotionLooker:
    """Five glances a second on one thread of the processor: faces go first."""

    kind = "emotion"
    rate_hz = 5.0

    def __init__(self, model: Path, bounds: EmotionBounds) -> None:
        """Loads and warms the network.

        Raises:
            ModelError: the file is none, or another network.
        """
        self._bounds = bounds
        self._session: Any = _session(model)
        if self._ask(np.zeros((SIDE_PX, SIDE_PX), np.uint8)).shape != (len(CLASSES),):
            raise ModelError(model.name, "does not name the seven classes; build it again")

    def look(self, sight: Sight) -> EmotionGlance:
        frame, points = sight.frame, sight.face
        if points is None:
            return EmotionGlance(frame.mono_ns, None, Abstention.NO_FACE)
        why = unfit(sight.head, eyes_apart_px(points), self._bounds)
        return EmotionGlance(frame.mono_ns, None, why) if why else self._glance(frame, points)

    def close(self) -> None:
        self._session = None

    def _glance(self, frame: VideoFrame, points: Points) -> EmotionGlance:
        face = aligned(frame.image, points)
        brightness = float(face.mean()) / 255
        bounds = self._bounds
        if not bounds.least_brightness_ratio <= brightness <= bounds.most_brightness_ratio:
            return EmotionGlance(frame.mono_ns, None, Abstention.LIGHT)
        log_p = np.log(np.maximum(self._ask(face), LEAST_P))
        return EmotionGlance(frame.mono_ns, tuple(float(one) for one in log_p))

    def _ask(self, face: Grey) -> npt.NDArray[np.float32]:
        picture = (face.astype(np.float32) / 127.5 - 1.0)[None, :, :, None]
        (found,) = self._session.run(None, {"image": picture})
        return np.asarray(found[0], np.float32)


def _middle(points: Points, corners: tuple[int, int]) -> Points:
    return np.asarray(points[list(corners), :2].mean(axis=0))


def _session(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # each of onnxruntime's own kinds means the same here
        first = str(error).splitlines()[0]
        raise ModelError(model.name, f"cannot be loaded ({first}); build it again") from error
