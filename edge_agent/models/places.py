"""Where built models lie on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from edge_agent.errors import ModelError

FACE = "face_landmarker.task"
POSE = "pose_landmarker.task"
HAND = "hand_landmarker.task"
PEOPLE = "people_detector.tflite"
EMOTION = "emotion_mini_xception.onnx"

FACE_DETECTOR = "face_detector.onnx"
FACE_LANDMARKS = "face_landmarks.onnx"
POSE_DETECTOR = "pose_detector.onnx"
POSE_LANDMARKS = "pose_landmarks.onnx"
HAND_DETECTOR = "hand_detector.onnx"
HAND_LANDMARKS = "hand_landmarks.onnx"
PEOPLE_DETECTOR = "people_detector.onnx"
"""The same networks for the profile `gpu`."""


def models_dir() -> Path:
    """The folder of `DAEDAM_MODELS`, else `~/.cache/daedam/models`."""
    named = os.environ.get("DAEDAM_MODELS", "")
    return Path(named).expanduser() if named else Path.home() / ".cache" / "daedam" / "models"


def model_file(name: str, folder: Path | None = None) -> Path:
    """The path of a built model.

    Raises:
        ModelError: it has not been built.
    """
    path = (folder or models_dir()) / name
    if not path.is_file():
        raise ModelError(name, f"not found in {path.parent}; run `edge-agent models build`")
    return path
