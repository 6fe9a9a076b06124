"""A TFLite network as values: tensors with their constants unpacked, operators in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from edge_agent.models.conversion.sparse import dense

Constant = npt.NDArray[Any]
_TYPES: dict[int, type[np.generic]] = {
    0: np.float32,
    1: np.float16,
    2: np.int32,
    4: np.int64,
}
_UNPACKING = ("DEQUANTIZE", "DENSIFY")


@dataclass(frozen=True, slots=True)
class Operator:
    """One step: tensors are numbers, `options` the schema's own object, `custom` an operator's map."""

    kind: str
    inputs: tuple[int, ...]
    output: int
    options: Any
    custom: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Network:
    """A graph of one input. Constants are float32 or integers."""

    shapes: tuple[tuple[int, ...], ...]
    constants: dict[int, Constant]
    operators: tuple[Operator, ...]
    input: int
    outputs: tuple[int, ...]


def read(tflite: bytes) -> Network:
    """The only graph of a model; what merely unpacks a constant is no operator any more."""
    from mediapipe.tasks.metadata import schema_py_generated as schema

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(tflite, 0))
    graph = model.subgraphs[0]
    constants = _constants(model, graph)
    operators = []
    for stored in graph.operators:
        operator = _operator(schema, model, stored)
        source = constants.get(operator.inputs[0])
        if operator.kind in _UNPACKING and source is not None:
            constants[operator.output] = source
        else:
            operators.append(operator)
    shapes = tuple(_shape(tensor) for tensor in graph.tensors)
    outputs = tuple(int(one) for one in graph.outputs)
    return Network(shapes, constants, tuple(operators), int(graph.inputs[0]), outputs)


def _constants(model: Any, graph: Any) -> dict[int, Constant]:
    found: dict[int, Constant] = {}
    for number, tensor in enumerate(graph.tensors):
        data = model.buffers[tensor.buffer].data
        if data is None or not len(data):
            continue
        values = np.frombuffer(bytes(bytearray(data)), _TYPES[tensor.type])
        if tensor.sparsity is not None:
            whole = dense(values, _shape(tensor), tensor.sparsity)
        else:
            whole = values.reshape(_shape(tensor))
        half = whole.dtype == np.float16
        found[number] = whole.astype(np.float32) if half else whole
    return found


def _operator(schema: Any, model: Any, stored: Any) -> Operator:
    code = model.operatorCodes[stored.opcodeIndex]
    number = max(code.builtinCode, code.deprecatedBuiltinCode)
    custom: dict[str, Any] = {}
    if number == schema.BuiltinOperator.CUSTOM:
        kind = code.customCode.decode()
        custom = _custom(stored.customOptions)
    else:
        kind = _name(schema, number)
    inputs = tuple(int(one) for one in stored.inputs)
    return Operator(kind, inputs, int(stored.outputs[0]), stored.builtinOptions, custom)


def _name(schema: Any, number: int) -> str:
    kinds = vars(schema.BuiltinOperator).items()
    return str(next(kind for kind, code in kinds if code == number))


def _custom(options: Any) -> dict[str, Any]:
    from flatbuffers import flexbuffers

    data = bytes(bytearray(options)) if options is not None else b""
    # An operator without options of its own stores an empty map, or less than one.
    return dict(flexbuffers.Loads(data)) if len(data) > _LEAST_MAP_BYTES else {}


_LEAST_MAP_BYTES = 3


def _shape(tensor: Any) -> tuple[int, ...]:
    return tuple(int(size) for size in tensor.shape) if tensor.shape is not None else ()
