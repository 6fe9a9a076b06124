"""The whole canonical face: 468 points and their triangles, out of a face bundle.

The bundle's `geometry_pipeline_metadata_landmarks.binarypb` (MediaPipe, Apache-2.0) is a protobuf:
field 1 is the mesh, with a vertex buffer (3: x, y, z in centimetres and two places in a texture) and an
index buffer (4). Only what is needed of protobuf's wire format is read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from edge_agent.vision.canonical import Points

_FILE = "geometry_pipeline_metadata_landmarks.binarypb"
_MESH, _VERTICES, _INDICES = 1, 3, 4
_VARINT, _BYTES, _FIXED32 = 0, 2, 5
_VERTEX_FLOATS = 5

Triangles = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Mesh:
    """Points (n, 3) in centimetres in the camera's axes (x right, y down, z away); triangles (m, 3)."""

    points_cm: Points
    triangles: Triangles


def canonical_mesh(bundle: Path) -> Mesh:
    """Read from a bundle that has the geometry."""
    with zipfile.ZipFile(bundle) as parts:
        whole = parts.read(_FILE)
    mesh = next(value for number, value in _fields(whole) if number == _MESH)
    assert isinstance(mesh, bytes)
    vertices, indices = bytearray(), []
    for number, value in _fields(mesh):
        if number == _VERTICES and isinstance(value, bytes):
            vertices += value
        elif number == _INDICES and isinstance(value, int):
            indices.append(value)
    table = np.frombuffer(bytes(vertices), "<f4").reshape(-1, _VERTEX_FLOATS)
    points = table[:, :3].astype(np.float64) * (1.0, -1.0, -1.0)
    return Mesh(points, np.array(indices, np.intp).reshape(-1, 3))


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, kind = tag >> 3, tag & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield number, value
            continue
        size, at = _varint(message, at) if kind == _BYTES else (4, at)
        assert kind in {_BYTES, _FIXED32}, kind
        yield number, message[at : at + size]
        at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at, value, shift = at + 1, value | (byte & 0x7F) << shift, shift + 7
        if byte < 0x80:
            return value, at
