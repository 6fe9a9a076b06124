"""Converted networks compute what the originals compute."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from edge_agent.errors import ModelError
from edge_agent.models import places
from edge_agent.models.conversion import Picture, to_onnx
from edge_agent.models.conversion.attention import WRITERS
from edge_agent.models.conversion.graph import Graph
from edge_agent.models.conversion.network import Network, Operator
from edge_agent.models.conversion.operators import write
from edge_agent.models.conversion.sparse import dense

pytestmark = pytest.mark.integration

CLOSE = 5e-4
"""The largest difference over the largest value: float32 sums taken in another order."""
SIGNED, UNIT = (-1.0, 1.0), (0.0, 1.0)
NETWORKS = {
    places.FACE_DETECTOR: (places.FACE, "face_detector.tflite", SIGNED),
    places.POSE_DETECTOR: (places.POSE, "pose_detector.tflite", SIGNED),
    places.POSE_LANDMARKS: (places.POSE, "pose_landmarks_detector.tflite", UNIT),
    places.HAND_DETECTOR: (places.HAND, "hand_detector.tflite", UNIT),
    places.HAND_LANDMARKS: (places.HAND, "hand_landmarks_detector.tflite", UNIT),
    places.PEOPLE_DETECTOR: (places.PEOPLE, "", SIGNED),
}
"""Where the original lies and what it wants pixels to be. The face landmarks hold operators that only
MediaPipe has: they are compared with it on footage."""


def original(models: Path, bundle: str, member: str) -> bytes:
    if not member:
        return (models / bundle).read_bytes()
    with zipfile.ZipFile(models / bundle) as archive:
        return archive.read(member)


def run(model: bytes, inputs: dict[str, Any]) -> dict[str, npt.NDArray[np.float32]]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs), strict=True))


@pytest.mark.parametrize("file", NETWORKS)
def test_every_output_is_the_originals(file: str, models: Path) -> None:
    litert = pytest.importorskip("ai_edge_litert.interpreter")
    bundle, member, (low, high) = NETWORKS[file]
    interpreter = litert.Interpreter(model_content=original(models, bundle, member), num_threads=1)
    interpreter.allocate_tensors()
    (source,) = interpreter.get_input_details()
    pixels = np.random.default_rng(4).integers(0, 256, source["shape"]).astype(np.uint8)
    scaled = pixels.astype(np.float32) * np.float32((high - low) / 255) + np.float32(low)
    interpreter.set_tensor(source["index"], scaled)
    interpreter.invoke()
    wanted = [interpreter.get_tensor(one["index"]) for one in interpreter.get_output_details()]
    for name, found in run((models / file).read_bytes(), {"picture": pixels}).items():
        place = {"boxes": 0, "scores": 1, "landmarks": 0, "presence": 1, "heatmap": 3}[name]
        assert found.shape == wanted[place].shape
        assert np.abs(found - wanted[place]).max() <= CLOSE * np.abs(wanted[place]).max(), name


def test_the_same_network_gives_the_same_bytes(models: Path) -> None:
    tflite = original(models, places.FACE, "face_detector.tflite")
    made = [to_onnx("x", tflite, Picture(-1.0, 1.0), {"boxes": 0}) for _ in range(2)]
    assert made[0] == made[1]


def test_what_no_output_needs_is_left_out(models: Path) -> None:
    import onnx

    tflite = original(models, places.FACE, "face_detector.tflite")
    whole, part = (
        len(onnx.load_from_string(to_onnx("x", tflite, Picture(-1.0, 1.0), outputs)).graph.node)
        for outputs in ({"boxes": 0, "scores": 1}, {"scores": 1})
    )
    assert part < whole


def test_an_operator_that_is_not_known_is_named() -> None:
    operator = Operator("SOFTPLUS", (0,), 1, None, {})
    with pytest.raises(ValueError, match="SOFTPLUS has no counterpart"):
        write(Graph(Network((), {}, (), 0, ())), operator)


def test_an_output_that_is_not_there_is_an_error_of_the_model(models: Path) -> None:
    tflite = original(models, places.FACE, "face_detector.tflite")
    with pytest.raises(ModelError, match="cannot be converted"):
        to_onnx("x", tflite, Picture(-1.0, 1.0), {"boxes": 7})


def test_a_sparse_tensor_holds_its_values_in_their_places() -> None:
    """Three rows of four columns, stored column by column as the second axis comes first."""
    sparsity = SimpleNamespace(
        traversalOrder=[1, 0],
        blockMap=None,
        dimMetadata=[
            SimpleNamespace(format=0, denseSize=4),
            SimpleNamespace(
                format=1,
                arraySegments=SimpleNamespace(values=[0, 1, 1, 3, 3]),
                arrayIndices=SimpleNamespace(values=[2, 0, 1]),
            ),
        ],
    )
    found = dense(np.array([5.0, 6.0, 7.0]), (3, 4), sparsity)
    assert found.tolist() == [[0, 0, 6, 0], [0, 0, 7, 0], [5, 0, 0, 0]]


# --- MediaPipe's own operators, against their definition written as loops -------------------------


def computed(operator: Operator, shapes: Sequence[tuple[int, ...]], *values: Any) -> Any:
    """One operator alone: its inputs are tensors 0, 1, ..., its output the last."""
    import onnx

    network = Network(tuple(shapes), {}, (operator,), 0, (operator.output,))
    graph = Graph(network)
    info, float_ = onnx.helper.make_tensor_value_info, onnx.TensorProto.FLOAT
    for number in range(len(values)):
        graph.give(number, f"in_{number}", "last")
    WRITERS[operator.kind](graph, operator)
    made = onnx.helper.make_graph(
        graph.nodes,
        "one",
        [info(f"in_{n}", float_, shapes[n]) for n in range(len(values))],
        [info(graph.take(operator.output, "last"), float_, shapes[-1])],
        graph.constants,
    )
    opset = [onnx.helper.make_opsetid("", 17)]
    model = onnx.helper.make_model(made, opset_imports=opset, ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    inputs = {f"in_{n}": np.asarray(value, np.float32) for n, value in enumerate(values)}
    (found,) = run(model.SerializeToString(), inputs).values()
    return found


@pytest.mark.parametrize("turned", [-3.0, -1.6, -0.5, 0.0, 0.7, 2.0])
def test_a_regions_rectangle_is_turned_with_it(turned: float) -> None:
    landmarks = np.random.default_rng(8).normal(20, 6, (1, 9, 3))
    along = np.array([np.cos(turned), np.sin(turned)])
    landmarks[0, 1, :2] = landmarks[0, 0, :2] + 15 * along
    subset = [2, 3, 4, 5, 6]
    custom = {
        "left_rotation_idx": 0,
        "right_rotation_idx": 1,
        "target_rotation_radians": 0.0,
        "subset_idxs": subset,
        "output_width": 16,
        "output_height": 16,
        "scale_x": 1.5,
        "scale_y": 1.25,
    }
    operator = Operator("Landmarks2TransformMatrix", (0,), 1, None, custom)
    found = computed(operator, [(1, 9, 3), (1, 4, 4)], landmarks)[0]

    def rotation(angle: float) -> Any:
        cos, sin = np.cos(angle), np.sin(angle)
        return np.array([[cos, -sin], [sin, cos]])

    upright = landmarks[0, subset, :2] @ rotation(-turned).T
    low, high = upright.min(axis=0), upright.max(axis=0)
    centre = rotation(turned) @ ((low + high) / 2)
    matrix = rotation(turned) @ np.diag((high - low) * [1.5, 1.25] / 16)
    expected = np.eye(4)
    expected[:2, :2], expected[:2, 3] = matrix, centre + matrix @ [-8, -8]
    assert found == pytest.approx(expected, abs=1e-4)


def test_features_are_read_between_their_points_and_are_nothing_outside() -> None:
    numbers = np.random.default_rng(9)
    features = numbers.normal(size=(1, 6, 8, 3))
    matrix = np.eye(4)[None].copy()
    matrix[0, :2, :2], matrix[0, :2, 3] = [[0.9, -0.4], [0.5, 1.1]], [1.2, -0.9]
    custom = {"output_height": 5, "output_width": 7}
    operator = Operator("TransformTensorBilinear", (0, 1), 2, None, custom)
    shapes = [(1, 6, 8, 3), (1, 4, 4), (1, 5, 7, 3)]
    found = computed(operator, shapes, features, matrix)[0]

    expected = np.zeros((5, 7, 3))
    for row in range(5):
        for column in range(7):
            x, y = matrix[0, :2, :2] @ [column + 0.5, row + 0.5] + matrix[0, :2, 3] - 0.5
            if not (0 <= x <= 7 and 0 <= y <= 5):
                continue
            left, top = int(x), int(y)
            for right, down in ((0, 0), (1, 0), (0, 1), (1, 1)):
                if left + right <= 7 and top + down <= 5:
                    share = abs(1 - right - (x - left)) * abs(1 - down - (y - top))
                    expected[row, column] += share * features[0, top + down, left + right]
    assert np.count_nonzero(expected) < expected.size
    assert found == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("dimensions", [2, 3])
def test_landmarks_are_put_back_by_the_matrix_and_keep_their_depth(dimensions: int) -> None:
    landmarks = np.random.default_rng(2).normal(size=(1, 5, dimensions))
    matrix = np.eye(4)[None].copy()
    matrix[0, :2, :2], matrix[0, :2, 3] = [[0.0, -2.0], [2.0, 0.0]], [3.0, 4.0]
    operator = Operator("TransformLandmarks", (0, 1), 2, None, {})
    shapes = [(1, 5, dimensions), (1, 4, 4), (1, 5, dimensions)]
    found = computed(operator, shapes, landmarks, matrix)[0]
    turned = landmarks[0, :, :2] @ matrix[0, :2, :2].T + [3.0, 4.0]
    assert found[:, :2] == pytest.approx(turned, abs=1e-5)
    assert found[:, 2:] == pytest.approx(landmarks[0, :, 2:], abs=1e-6)
