"""What each of TFLite's builtin operators is in ONNX, as its reference kernel has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from edge_agent.models.conversion import attention
from edge_agent.models.conversion.graph import RANK, Graph, Layout
from edge_agent.models.conversion.network import Operator

Write: TypeAlias = Callable[[Graph, Operator], None]
_SAME = 0
_FIRST_AXIS = {0: 0, 1: 2, 2: 3, 3: 1}
"""Where an axis of channels-last is in channels-first."""


def write(graph: Graph, operator: Operator) -> None:
    """Adds the operator to the graph. Raises `ValueError` where it has no counterpart here."""
    if operator.kind not in _WRITERS:
        raise ValueError(f"operator {operator.kind} has no counterpart")
    _WRITERS[operator.kind](graph, operator)


def _convolution(graph: Graph, operator: Operator) -> None:
    source, kernel, *bias = operator.inputs
    options, deep = operator.options, operator.kind == "DEPTHWISE_CONV_2D"
    weights = graph.value(kernel).transpose((3, 0, 1, 2) if deep else (0, 3, 1, 2))
    _, height, width, channels = graph.shape(source)
    size = weights.shape[2:]
    strides = (int(options.strideH), int(options.strideW))
    dilations = (int(options.dilationHFactor), int(options.dilationWFactor))
    pads = [0, 0, 0, 0]
    if options.padding == _SAME:
        pads = _pads((height, width), size, strides, dilations)
    inputs = [graph.take(source, "first"), graph.constant(weights)]
    inputs += [graph.constant(graph.value(one)) for one in bias if one >= 0]
    made = graph.node(
        "Conv",
        inputs,
        kernel_shape=list(size),
        strides=list(strides),
        dilations=list(dilations),
        pads=pads,
        group=channels if deep else 1,
    )
    graph.give(operator.output, _activated(graph, made, options.fusedActivationFunction), "first")


def _max_pool(graph: Graph, operator: Operator) -> None:
    (source,), options = operator.inputs, operator.options
    size = (int(options.filterHeight), int(options.filterWidth))
    strides = (int(options.strideH), int(options.strideW))
    pads = [0, 0, 0, 0]
    if options.padding == _SAME:
        _, height, width, _ = graph.shape(source)
        pads = _pads((height, width), size, strides, (1, 1))
    taken = [graph.take(source, "first")]
    made = graph.node("MaxPool", taken, kernel_shape=list(size), strides=list(strides), pads=pads)
    graph.give(operator.output, _activated(graph, made, options.fusedActivationFunction), "first")


def _pads(
    sizes: Sequence[int], kernel: Sequence[int], strides: Sequence[int], dilations: Sequence[int]
) -> list[int]:
    """TFLite's "same": the output is the input over the stride, rounded up; odd padding at the end."""
    before, after = [], []
    for size, window, stride, dilation in zip(sizes, kernel, strides, dilations, strict=True):
        count = -(-size // stride)
        missing = max(0, (count - 1) * stride + (window - 1) * dilation + 1 - size)
        before.append(missing // 2)
        after.append(missing - missing // 2)
    return [*before, *after]


def _prelu(graph: Graph, operator: Operator) -> None:
    """As two halves: onnxruntime's own PRelu is twice as slow on the processor."""
    source, slope = operator.inputs
    value = graph.take(source, "first")
    below = graph.node("Min", [value, graph.constant(0.0)])
    slopes = graph.constant(graph.value(slope).reshape(-1, 1, 1))
    below = graph.node("Mul", [below, slopes])
    above = graph.node("Relu", [value])
    graph.give(operator.output, graph.node("Add", [above, below]), "first")


def _arithmetic(graph: Graph, operator: Operator) -> None:
    kind = {"ADD": "Add", "MUL": "Mul"}[operator.kind]
    layout = graph.shared_layout(operator.inputs)
    made = graph.node(kind, [graph.take(one, layout) for one in operator.inputs])
    activated = _activated(graph, made, operator.options.fusedActivationFunction)
    graph.give(operator.output, activated, layout)


def _each(graph: Graph, operator: Operator) -> None:
    kind = {"RELU": "Relu", "LOGISTIC": "Sigmoid"}[operator.kind]
    (source,) = operator.inputs
    layout = graph.layout(source)
    graph.give(operator.output, graph.node(kind, [graph.take(source, layout)]), layout)


def _pad(graph: Graph, operator: Operator) -> None:
    source, amounts = operator.inputs
    amount = graph.value(amounts)
    layout: Layout = "first" if len(graph.shape(source)) == RANK else "last"
    if layout == "first":
        amount = amount[[0, 3, 1, 2]]
    pads = graph.constant(np.concatenate([amount[:, 0], amount[:, 1]]), np.int64)
    graph.give(operator.output, graph.node("Pad", [graph.take(source, layout), pads]), layout)


def _resize(graph: Graph, operator: Operator) -> None:
    source, options = operator.inputs[0], operator.options
    mode = "asymmetric"
    if options.alignCorners:
        mode = "align_corners"
    elif options.halfPixelCenters:
        mode = "half_pixel"
    _, high, wide, _ = graph.shape(operator.output)
    _, height, width, _ = graph.shape(source)
    scales = graph.constant([1.0, 1.0, high / height, wide / width])
    inputs = [graph.take(source, "first"), "", scales]
    made = graph.node("Resize", inputs, mode="linear", coordinate_transformation_mode=mode)
    graph.give(operator.output, made, "first")


def _depth_to_space(graph: Graph, operator: Operator) -> None:
    taken = [graph.take(operator.inputs[0], "first")]
    made = graph.node("DepthToSpace", taken, blocksize=operator.options.blockSize, mode="DCR")
    graph.give(operator.output, made, "first")


def _reshape(graph: Graph, operator: Operator) -> None:
    shape = graph.constant(graph.shape(operator.output), np.int64)
    made = graph.node("Reshape", [graph.take(operator.inputs[0], "last"), shape])
    graph.give(operator.output, made, "last")


def _concatenation(graph: Graph, operator: Operator) -> None:
    axis = operator.options.axis % len(graph.shape(operator.output))
    layout = graph.shared_layout(operator.inputs)
    taken = [graph.take(one, layout) for one in operator.inputs]
    made = graph.node("Concat", taken, axis=_FIRST_AXIS[axis] if layout == "first" else axis)
    graph.give(operator.output, made, layout)


def _mean(graph: Graph, operator: Operator) -> None:
    source, axes = operator.inputs
    made = graph.node(
        "ReduceMean",
        [graph.take(source, "last")],
        axes=[int(axis) for axis in np.atleast_1d(graph.value(axes))],
        keepdims=int(operator.options.keepDims),
    )
    graph.give(operator.output, made, "last")


def _fully_connected(graph: Graph, operator: Operator) -> None:
    source, kernel, *bias = operator.inputs
    weights = graph.value(kernel)
    rows = graph.constant([-1, weights.shape[1]], np.int64)
    inputs = [graph.node("Reshape", [graph.take(source, "last"), rows]), graph.constant(weights)]
    inputs += [graph.constant(graph.value(one)) for one in bias if one >= 0]
    made = graph.node("Gemm", inputs, transB=1)
    activated = _activated(graph, made, operator.options.fusedActivationFunction)
    graph.give(operator.output, activated, "last")


def _strided_slice(graph: Graph, operator: Operator) -> None:
    source, *bounds = operator.inputs
    begins, ends, strides = (graph.value(one).astype(np.int64) for one in bounds)
    options, shape = operator.options, graph.shape(source)
    for axis, size in enumerate(shape[: len(begins)]):
        if options.beginMask >> axis & 1:
            begins[axis] = 0
        if options.endMask >> axis & 1:
            ends[axis] = size
    if options.shrinkAxisMask or options.ellipsisMask or options.newAxisMask:
        raise ValueError("a slice that changes the number of dimensions has no counterpart")
    axes = np.arange(len(begins))
    parts = [graph.constant(one, np.int64) for one in (begins, ends, axes, strides)]
    made = graph.node("Slice", [graph.take(source, "last"), *parts])
    graph.give(operator.output, made, "last")


def _gather(graph: Graph, operator: Operator) -> None:
    source, indices = operator.inputs
    inputs = [graph.take(source, "last"), graph.constant(graph.value(indices), np.int64)]
    made = graph.node("Gather", inputs, axis=operator.options.axis)
    graph.give(operator.output, made, "last")


def _activated(graph: Graph, name: str, activation: int) -> str:
    match activation:
        case 0:
            return name
        case 1:
            return graph.node("Relu", [name])
        case 3:
            return graph.node("Clip", [name, graph.constant(0.0), graph.constant(6.0)])
        case _:
            raise ValueError(f"activation {activation} has no counterpart")


_WRITERS: dict[str, Write] = {
    "CONV_2D": _convolution,
    "DEPTHWISE_CONV_2D": _convolution,
    "MAX_POOL_2D": _max_pool,
    "PRELU": _prelu,
    "ADD": _arithmetic,
    "MUL": _arithmetic,
    "RELU": _each,
    "LOGISTIC": _each,
    "PAD": _pad,
    "RESIZE_BILINEAR": _resize,
    "DEPTH_TO_SPACE": _depth_to_space,
    "RESHAPE": _reshape,
    "CONCATENATION": _concatenation,
    "MEAN": _mean,
    "FULLY_CONNECTED": _fully_connected,
    "STRIDED_SLICE": _strided_slice,
    "GATHER": _gather,
    **attention.WRITERS,
}
