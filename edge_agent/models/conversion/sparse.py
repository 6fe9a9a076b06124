"""Sparse TFLite tensors as dense arrays (the format of `SparsityParameters` in TFLite's schema)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

_DENSE = 0


def dense(values: npt.NDArray[Any], shape: tuple[int, ...], sparsity: Any) -> npt.NDArray[Any]:
    """The whole tensor; what `values` does not name is 0.

    Dimensions are walked in their stored order: a dense one holds every index, a sparse one the indices
    that its segments name. Raises `ValueError` for tensors in blocks: no model here has any.
    """
    if sparsity.blockMap is not None and len(sparsity.blockMap):
        raise ValueError("a sparse tensor is stored in blocks")
    places: list[npt.NDArray[np.int64]] = []
    count = 1
    for dimension in sparsity.dimMetadata:
        if dimension.format == _DENSE:
            size = int(dimension.denseSize)
            parents = np.repeat(np.arange(count), size)
            index = np.tile(np.arange(size), count)
        else:
            segments = np.asarray(dimension.arraySegments.values, np.int64)
            parents = np.repeat(np.arange(count), np.diff(segments))
            index = np.asarray(dimension.arrayIndices.values, np.int64)
        places = [place[parents] for place in places] + [index]
        count = len(index)
    whole = np.zeros(shape, values.dtype)
    order = [int(axis) for axis in sparsity.traversalOrder]
    whole[tuple(places[order.index(axis)] for axis in range(len(shape)))] = values[:count]
    return whole
