"""MediaPipe's own three operators, by which the face network looks closer at lips and eyes.

From the landmarks of a first pass each region's turned rectangle is taken (a matrix), features of that
rectangle are read from a feature map (bilinear, 16 x 16 points), and the region's finer landmarks are
put back. Their definition: `mediapipe/util/tflite/operations` (version 2, Apache-2.0).

Written without matrix products: graphics cards round those to 10 bits where they may (TF32), and
places in a map must be exact. Written without GridSample: onnxruntime's CUDA provider has it for its
own layouts only, and a node that falls back to the processor stops the card twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from edge_agent.models.conversion.graph import Graph
from edge_agent.models.conversion.network import Operator

_HALF_PIXEL = 0.5


def _rectangle(graph: Graph, operator: Operator) -> None:
    """Landmarks (1, n, 3) to a matrix (1, 4, 4): from places in the crop to places in the map.

    The line from one landmark to another shall be level. With u its unit vector the turn is
    R = (u_x, u_y; -u_y, u_x); the bounds of R p give size and middle; the matrix is
    x = middle + R' diag(size * scale / crop) (place - crop / 2).
    """
    custom = operator.custom
    if custom["target_rotation_radians"]:
        raise ValueError("a rectangle that is not level has no counterpart")
    landmarks = graph.take(operator.inputs[0], "last")
    ends = [custom["left_rotation_idx"], custom["right_rotation_idx"]]
    left, right = (_point(graph, landmarks, [end]) for end in ends)
    along = graph.node("Sub", [right, left])
    squared = graph.node("Mul", [along, along])
    length = graph.node("Sqrt", [_sum(graph, squared, 1)])
    unit = graph.node("Div", [along, length])  # (1, 2)
    across = graph.node("Mul", [_columns(graph, unit, [1, 0]), graph.constant([[-1.0, 1.0]])])

    points = _point(graph, landmarks, list(custom["subset_idxs"]))  # (n, 2)
    turned = [_sum(graph, graph.node("Mul", [points, axis]), 1) for axis in (unit, across)]
    turned_points = graph.node("Concat", turned, axis=1)
    low = graph.node("ReduceMin", [turned_points], axes=[0], keepdims=1)
    high = graph.node("ReduceMax", [turned_points], axes=[0], keepdims=1)
    size = graph.node("Sub", [high, low])  # (1, 2)
    middle = graph.node("Mul", [graph.node("Add", [low, high]), graph.constant(0.5)])

    crop = np.array([[custom["output_width"], custom["output_height"]]], np.float32)
    scale = np.array([[custom["scale_x"], custom["scale_y"]]], np.float32) / crop
    steps = graph.node("Mul", [size, graph.constant(scale)])
    back = graph.node("Transpose", [graph.node("Concat", [unit, across], axis=0)], perm=[1, 0])
    matrix = graph.node("Mul", [back, steps])  # (2, 2)
    from_corner = graph.node("Mul", [steps, graph.constant(-crop / 2)])
    start = graph.node("Add", [middle, from_corner])
    shift = _sum(graph, graph.node("Mul", [back, start]), 1)  # (2, 1)
    rows = [matrix, graph.constant(np.zeros((2, 1))), shift]
    upper = graph.node("Concat", rows, axis=1)
    lower = graph.constant([[0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]])
    whole = graph.node("Concat", [upper, lower], axis=0)
    shape = graph.constant([1, 4, 4], np.int64)
    graph.give(operator.output, graph.node("Reshape", [whole, shape]), "last")


def _sample(graph: Graph, operator: Operator) -> None:
    """A map (1, h, w, c) read where a matrix says, (1, rows, columns, c); outside it is 0."""
    source, matrix = operator.inputs
    _, height, width, channels = graph.shape(source)
    rows, columns = operator.custom["output_height"], operator.custom["output_width"]
    places = _places(graph, matrix, rows, columns)  # (n, 2)
    ends = graph.constant([[width - 1.0, height - 1.0]])
    zero = graph.constant(0.0)

    first = graph.node("Floor", [places])
    part = graph.node("Sub", [places, first])
    rest = graph.node("Sub", [graph.constant(1.0), part])
    second = graph.node("Add", [first, graph.constant(1.0)])
    near = [graph.node("Min", [graph.node("Max", [one, zero]), ends]) for one in (first, second)]
    corners = graph.node("Concat", near, axis=1)  # x0 y0 x1 y1
    flat = graph.node(
        "Add",
        [
            _columns(graph, corners, [0, 2, 0, 2]),
            graph.node("Mul", [_columns(graph, corners, [1, 1, 3, 3]), graph.constant(width)]),
        ],
    )
    numbers = graph.node("Cast", [flat], to=_INT64)
    shares = graph.node("Concat", [rest, part], axis=1)
    weights = graph.node(
        "Mul",
        [_columns(graph, shares, [0, 2, 0, 2]), _columns(graph, shares, [1, 1, 3, 3])],
    )
    weights = graph.node("Mul", [weights, _inside(graph, places, ends)])
    weights = graph.node("Unsqueeze", [weights, graph.constant([2], np.int64)])

    pixels = graph.constant([height * width, channels], np.int64)
    features = graph.node("Reshape", [graph.take(source, "last"), pixels])
    read = graph.node("Gather", [features, numbers], axis=0)  # (n, 4, c)
    mixed = graph.node(
        "ReduceSum",
        [graph.node("Mul", [read, weights]), graph.constant([1], np.int64)],
        keepdims=0,
    )
    shape = graph.constant([1, rows, columns, channels], np.int64)
    graph.give(operator.output, graph.node("Reshape", [mixed, shape]), "last")


def _places(graph: Graph, matrix: int, rows: int, columns: int) -> str:
    """Where each point of the crop lies in the map, x and y, (rows * columns, 2)."""
    down, right = np.mgrid[0:rows, 0:columns].reshape(2, 1, -1).astype(np.float32) + _HALF_PIXEL
    grid = np.stack([right[0], down[0]], axis=1)[:, None]  # (n, 1, 2)
    turn, shift = _affine(graph, matrix)
    moved = _sum(graph, graph.node("Mul", [graph.constant(grid), turn]), 2, keep=False)
    shifted = graph.node("Add", [moved, shift])
    return graph.node("Sub", [shifted, graph.constant(_HALF_PIXEL)])


def _inside(graph: Graph, places: str, ends: str) -> str:
    """1 for points in the map, 0 for others, (n, 1)."""
    held = graph.node("Min", [graph.node("Max", [places, graph.constant(0.0)]), ends])
    same = graph.node("Cast", [graph.node("Equal", [places, held])], to=_FLOAT)
    return graph.node("ReduceMin", [same], axes=[1], keepdims=1)


def _put_back(graph: Graph, operator: Operator) -> None:
    """Landmarks (1, n, 2 or 3) moved by a matrix; z stays."""
    source, matrix = operator.inputs
    _, count, dimensions = graph.shape(source)
    flat = graph.constant([count, dimensions], np.int64)
    landmarks = graph.node("Reshape", [graph.take(source, "last"), flat])
    turn, shift = _affine(graph, matrix)
    points = graph.node(
        "Unsqueeze", [_columns(graph, landmarks, [0, 1]), graph.constant([1], np.int64)]
    )
    moved = _sum(graph, graph.node("Mul", [points, turn]), 2, keep=False)
    found = graph.node("Add", [moved, shift])
    if dimensions > 2:
        found = graph.node("Concat", [found, _columns(graph, landmarks, [2])], axis=1)
    shape = graph.constant([1, count, dimensions], np.int64)
    graph.give(operator.output, graph.node("Reshape", [found, shape]), "last")


def _affine(graph: Graph, matrix: int) -> tuple[str, str]:
    """The turn (2, 2) and the shift (1, 2) of a matrix (1, 4, 4)."""
    flat = graph.constant([4, 4], np.int64)
    whole = graph.node("Reshape", [graph.take(matrix, "last"), flat])
    rows = graph.node("Gather", [whole, graph.constant([0, 1], np.int64)], axis=0)
    shift = graph.node("Transpose", [_columns(graph, rows, [3])], perm=[1, 0])
    return _columns(graph, rows, [0, 1]), shift


def _point(graph: Graph, landmarks: str, numbers: list[int]) -> str:
    """X and y of landmarks (1, n, 3), (numbers, 2)."""
    chosen = graph.node("Gather", [landmarks, graph.constant(numbers, np.int64)], axis=1)
    flat = graph.node("Squeeze", [chosen, graph.constant([0], np.int64)])
    return _columns(graph, flat, [0, 1])


def _columns(graph: Graph, table: str, numbers: list[int]) -> str:
    return graph.node("Gather", [table, graph.constant(numbers, np.int64)], axis=1)


def _sum(graph: Graph, name: str, axis: int, *, keep: bool = True) -> str:
    axes = graph.constant([axis], np.int64)
    return graph.node("ReduceSum", [name, axes], keepdims=int(keep))


_FLOAT, _INT64 = 1, 7
"""`onnx.TensorProto` numbers of the types."""

WRITERS: Final[dict[str, Callable[[Graph, Operator], None]]] = {
    "Landmarks2TransformMatrix": _rectangle,
    "TransformTensorBilinear": _sample,
    "TransformLandmarks": _put_back,
}
