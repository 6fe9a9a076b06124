"""MediaPipe task bundles: stored zips of tflite files that say how their input is normalised."""

from __future__ import annotations

import io
import zipfile

from edge_agent.models.attention import to_478
from edge_agent.models.metadata import with_input_range
from edge_agent.models.unmasked import without_mask

_EPOCH = (1980, 1, 1, 0, 0, 0)


def face(detector: bytes, landmarks: bytes) -> bytes:
    """A FaceLandmarker bundle with 478 landmarks, without blendshapes."""
    return _stored(
        {
            "face_detector.tflite": with_input_range(detector, -1.0, 1.0),
            "face_landmarks_detector.tflite": with_input_range(to_478(landmarks), 0.0, 1.0),
        }
    )


def pose(detector: bytes, landmarks: bytes) -> bytes:
    """A PoseLandmarker bundle ("full") whose segmentation mask is empty."""
    return _stored(
        {
            "pose_detector.tflite": with_input_range(detector, -1.0, 1.0),
            "pose_landmarks_detector.tflite": with_input_range(without_mask(landmarks), 0.0, 1.0),
        }
    )


def hand(detector: bytes, landmarks: bytes) -> bytes:
    """A HandLandmarker bundle ("full")."""
    return _stored(
        {
            "hand_detector.tflite": with_input_range(detector, 0.0, 1.0),
            "hand_landmarks_detector.tflite": with_input_range(landmarks, 0.0, 1.0),
        }
    )


def people(detector: bytes) -> bytes:
    """A FaceDetector model: the task takes it as it is, without a bundle around it."""
    return with_input_range(detector, -1.0, 1.0)


def _stored(files: dict[str, bytes]) -> bytes:
    """MediaPipe maps the files in place, so they are not compressed; the fixed date keeps the
    bundle the same from build to build.
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    return whole.getvalue()
