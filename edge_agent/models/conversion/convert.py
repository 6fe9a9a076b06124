"""From TFLite bytes to ONNX bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from edge_agent.errors import ModelError
from edge_agent.models.conversion.graph import Graph
from edge_agent.models.conversion.network import Network, read
from edge_agent.models.conversion.operators import write

_OPSET, _IR = 17, 8
_FLOAT, _UINT8 = 1, 2
"""`onnx.TensorProto` numbers of the types."""
PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Picture:
    """What the network wants pixels to be: 0..255 is scaled to `low`..`high`."""

    low: float
    high: float


def to_onnx(name: str, tflite: bytes, picture: Picture, outputs: Mapping[str, int]) -> bytes:
    """The network with these of its outputs, each a name and its number among the stored ones.

    Raises:
        ModelError: it holds an operator that is not known here.
    """
    try:
        network = read(tflite)
        graph = Graph(network)
        graph.give(network.input, _scaled(graph, picture), "last")
        for operator in network.operators:
            write(graph, operator)
        return _model(name, network, graph, outputs)
    except (ValueError, KeyError, IndexError) as error:
        raise ModelError(name, f"cannot be converted ({error})") from error


def _scaled(graph: Graph, picture: Picture) -> str:
    value = graph.node("Cast", [PICTURE], to=_FLOAT)
    factor = np.float32((picture.high - picture.low) / 255.0)
    value = graph.node("Mul", [value, graph.constant(factor)])
    return graph.node("Add", [value, graph.constant(picture.low)]) if picture.low else value


def _model(name: str, network: Network, graph: Graph, outputs: Mapping[str, int]) -> bytes:
    import onnx

    info, shapes = onnx.helper.make_tensor_value_info, network.shapes
    numbers = {output: network.outputs[place] for output, place in outputs.items()}
    for output, number in numbers.items():
        last = graph.take(number, "last")
        graph.nodes.append(onnx.helper.make_node("Identity", [last], [output]))
    nodes = _needed(graph.nodes, set(outputs))
    used = {source for node in nodes for source in node.input}
    made = onnx.helper.make_graph(
        nodes,
        name,
        [info(PICTURE, _UINT8, shapes[network.input])],
        [info(output, _FLOAT, shapes[number]) for output, number in numbers.items()],
        [constant for constant in graph.constants if constant.name in used],
    )
    opset = onnx.helper.make_opsetid("", _OPSET)
    model = onnx.helper.make_model(made, opset_imports=[opset], ir_version=_IR)
    model.producer_name = "daedam"
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString(deterministic=True))


def _needed(nodes: list[Any], wanted: set[str]) -> list[Any]:
    """Those that the outputs depend on, in their order."""
    kept = []
    for node in reversed(nodes):
        if wanted & set(node.output):
            kept.append(node)
            wanted |= set(node.input)
    return kept[::-1]
