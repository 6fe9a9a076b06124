"""Texts of any length for a model of one length: cut into pieces that overlap, and joined again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

OVERLAP_TOKENS: Final = 32


def cut(tokens: Sequence[int], most: int) -> list[Sequence[int]]:
    """All of the tokens, in pieces of at most `most` that overlap; one piece where they fit."""
    if len(tokens) <= most:
        return [tokens]
    stride = max(1, most - min(OVERLAP_TOKENS, most // 2))
    count = -(-(len(tokens) - most) // stride) + 1
    return [tokens[number * stride : number * stride + most] for number in range(count)]


def joined(rows: NDArray[np.float32], lengths: Sequence[int]) -> NDArray[np.float32]:
    """One vector of length 1 from those of the pieces, each as heavy as it is long."""
    each = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    mean = (each * np.asarray(lengths, np.float32)[:, None]).sum(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), np.float32)
