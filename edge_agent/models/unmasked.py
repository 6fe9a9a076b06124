"""Takes the silhouette out of MediaPipe's pose network: nobody here looks at it, and drawing it at 256 x
256 is a third of the network's time (46 of 332 operators).

The task expects the output to be there, so it stays, as a constant. All other outputs keep their
operators and weights, and so their values to the bit.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from edge_agent.models.metadata import pack

_MASK = b"Identity_2"
_FLOAT_BYTES = 4


def without_mask(tflite: bytes) -> bytes:
    """`pose_landmark_full.tflite` with an empty segmentation mask."""
    from mediapipe.tasks.metadata import schema_py_generated as schema

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(tflite, 0))
    graph = model.subgraphs[0]
    mask = next(one for one in graph.outputs if graph.tensors[one].name == _MASK)
    needed = _needed(graph, [one for one in graph.outputs if one != mask])
    graph.operators = [one for n, one in enumerate(graph.operators) if n in needed]
    empty = schema.BufferT()
    values = int(np.prod(graph.tensors[mask].shape))
    empty.data = np.zeros(values * _FLOAT_BYTES, np.uint8)
    model.buffers.append(empty)
    graph.tensors[mask].buffer = len(model.buffers) - 1
    model.signatureDefs = None
    return pack(model)


def _needed(graph: Any, outputs: list[int]) -> set[int]:
    """The operators that these tensors come from, directly or not."""
    makers = {out: n for n, one in enumerate(graph.operators) for out in one.outputs}
    found: set[int] = set()
    waiting = list(outputs)
    while waiting:
        maker = makers.get(int(waiting.pop()))
        if maker is not None and maker not in found:
            found.add(maker)
            waiting += list(graph.operators[maker].inputs)
    return found
