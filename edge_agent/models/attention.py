"""Turns the seven outputs of MediaPipe's attention face model into the two that the Tasks API reads.

`face_landmark_with_attention.tflite` gives a mesh of 468 x (x, y, z) and refined regions: lips 80,
each eye 71 and each iris 5 points of (x, y). One CONCATENATION and one GATHER with constant indices
make 478 x (x, y, z) of them: x and y from the refined region where there is one, z from the mesh
(for an iris, the z of a lower-lid vertex of its eye). The index lists are MediaPipe's own refinement
mapping (landmarks_refinement, Apache-2.0).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from edge_agent.models.metadata import pack

_LIPS = """
    61 146 91 181 84 17 314 405 321 375 291 185 40 39 37 0 267 269 270 409 78 95 88 178
    87 14 317 402 318 324 308 191 80 81 82 13 312 311 310 415 76 77 90 180 85 16 315 404
    320 307 306 184 74 73 72 11 302 303 304 408 62 96 89 179 86 15 316 403 319 325 292
    183 42 41 38 12 268 271 272 407
"""
_LEFT_EYE = """
    33 7 163 144 145 153 154 155 133 246 161 160 159 158 157 173 130 25 110 24 23 22 26
    112 243 247 30 29 27 28 56 190 226 31 228 229 230 231 232 233 244 113 225 224 223
    222 221 189 35 124 46 53 52 65 143 111 117 118 119 120 121 128 245 156 70 63 105 66
    107 55 193
"""
_RIGHT_EYE = """
    263 249 390 373 374 380 381 382 362 466 388 387 386 385 384 398 359 255 339 254 253
    252 256 341 463 467 260 259 257 258 286 414 446 261 448 449 450 451 452 453 464 342
    445 444 443 442 441 413 265 353 276 283 282 295 372 340 346 347 348 349 350 357 465
    383 300 293 334 296 336 285 417
"""
_MESH_POINTS, _IRIS_POINTS, _ALL_POINTS = 468, 5, 478
_OUTPUTS = ("mesh_identity", "lips", "left_eye", "right_eye", "left_iris", "right_iris")
_SIZES = (1404, 160, 142, 142, 10, 10)
_LEFT_LID, _RIGHT_LID = 145, 374


def to_478(tflite: bytes) -> bytes:
    """The model with outputs (1, 1, 1, 1434) landmarks and the face flag."""
    from mediapipe.tasks.metadata import schema_py_generated as schema

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(tflite, 0))
    graph = model.subgraphs[0]
    by_name = {graph.tensors[o].name.decode(): o for o in graph.outputs}
    edit = _Edit(schema, model)
    joined = edit.tensor(b"joined", [1, 1, 1, sum(_SIZES)], schema.TensorType.FLOAT32)
    concat = schema.ConcatenationOptionsT()
    concat.axis = 3
    pieces = [by_name[f"output_{name}"] for name in _OUTPUTS]
    edit.operator("CONCATENATION", pieces, joined, "ConcatenationOptions", concat)
    indices = edit.tensor(
        b"indices", [_ALL_POINTS * 3], schema.TensorType.INT32, gather_indices().tobytes()
    )
    landmarks = edit.tensor(b"landmarks478", [1, 1, 1, _ALL_POINTS * 3], schema.TensorType.FLOAT32)
    gather = schema.GatherOptionsT()
    gather.axis = 3
    edit.operator("GATHER", [joined, indices], landmarks, "GatherOptions", gather)
    graph.outputs = [landmarks, by_name["conv_faceflag"]]
    model.signatureDefs = None
    return pack(model)


def gather_indices() -> npt.NDArray[np.int32]:
    """Where each of the 1434 values lies in the joined outputs, shape (1434,)."""
    starts = dict(zip(_OUTPUTS, np.cumsum((0, *_SIZES)).tolist(), strict=False))
    index = np.zeros((_ALL_POINTS, 3), np.int32)
    index[:_MESH_POINTS] = np.arange(_MESH_POINTS * 3, dtype=np.int32).reshape(-1, 3)
    regions = {"lips": _LIPS, "left_eye": _LEFT_EYE, "right_eye": _RIGHT_EYE}
    for name, points in regions.items():
        for k, point in enumerate(points.split()):
            index[int(point), :2] = starts[name] + 2 * k, starts[name] + 2 * k + 1
    irises = (("left_iris", _LEFT_LID), ("right_iris", _RIGHT_LID))
    for eye, (name, lid) in enumerate(irises):
        for k in range(_IRIS_POINTS):
            x = starts[name] + 2 * k
            index[_MESH_POINTS + eye * _IRIS_POINTS + k] = x, x + 1, 3 * lid + 2
    return index.reshape(-1)


class _Edit:
    """Appends tensors and operators to a model's only graph."""

    def __init__(self, schema: Any, model: Any) -> None:
        self._schema, self._model, self._graph = schema, model, model.subgraphs[0]

    def tensor(self, name: bytes, shape: list[int], kind: int, constant: bytes = b"") -> int:
        made = self._schema.TensorT()
        made.name, made.shape, made.type, made.buffer = name, shape, kind, 0
        if constant:
            buffer = self._schema.BufferT()
            buffer.data = np.frombuffer(constant, np.uint8)
            self._model.buffers.append(buffer)
            made.buffer = len(self._model.buffers) - 1
        self._graph.tensors.append(made)
        return len(self._graph.tensors) - 1

    def operator(
        self, name: str, inputs: list[int], output: int, options_name: str, options: Any
    ) -> None:
        code = self._schema.OperatorCodeT()
        code.builtinCode = code.deprecatedBuiltinCode = getattr(self._schema.BuiltinOperator, name)
        code.version = 1
        self._model.operatorCodes.append(code)
        made = self._schema.OperatorT()
        made.opcodeIndex = len(self._model.operatorCodes) - 1
        made.inputs, made.outputs = inputs, [output]
        made.builtinOptionsType = getattr(self._schema.BuiltinOptions, options_name)
        made.builtinOptions = options
        self._graph.operators.append(made)
