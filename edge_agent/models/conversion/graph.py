"""An ONNX graph in the making. TFLite is channels-last, ONNX convolves channels-first: a value is
transposed where it is first needed the other way, and only there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from edge_agent.models.conversion.network import Constant, Network

Layout = Literal["last", "first"]
"""Where the channels of a tensor of four dimensions are; one of fewer is always "last"."""

_TO_FIRST, _TO_LAST = [0, 3, 1, 2], [0, 2, 3, 1]
RANK = 4


class Graph:
    """Nodes in their order, and under which name each tensor of the network is known."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._names: dict[tuple[int, Layout], str] = {}
        self._layouts: dict[int, Layout] = {}
        self._count = 0

    def node(self, kind: str, inputs: Sequence[str], **attributes: Any) -> str:
        """Adds a node; its output's name."""
        import onnx

        name = self._next(kind.lower())
        self.nodes.append(onnx.helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, value: npt.ArrayLike, kind: type[np.generic] = np.float32) -> str:
        """Adds a constant; its name."""
        import onnx

        name = self._next("constant")
        array = np.ascontiguousarray(np.asarray(value, kind))
        self.constants.append(onnx.numpy_helper.from_array(array, name))
        return name

    def take(self, tensor: int, layout: Layout) -> str:
        """The name of a tensor in this layout."""
        known = self.network.constants.get(tensor)
        if known is not None:
            return self.constant(_laid(known, layout), known.dtype.type)
        found = self._names.get((tensor, layout))
        if found is None:
            source = self._names[tensor, self._layouts[tensor]]
            order = _TO_FIRST if layout == "first" else _TO_LAST
            found = self._names[tensor, layout] = self.node("Transpose", [source], perm=order)
        return found

    def give(self, tensor: int, name: str, layout: Layout) -> None:
        """`name` is the value of this tensor from now on."""
        self._layouts[tensor] = layout
        self._names[tensor, layout] = name

    def layout(self, tensor: int) -> Layout:
        """How a computed tensor lies."""
        return self._layouts[tensor]

    def shared_layout(self, tensors: Sequence[int]) -> Layout:
        """The layout in which to put tensors together: "first" where all computed ones lie so."""
        computed = [one for one in tensors if one not in self.network.constants]
        same = all(
            self._layouts[one] == "first" and len(self.network.shapes[one]) == RANK
            for one in computed
        )
        return "first" if same else "last"

    def value(self, tensor: int) -> Constant:
        """A constant's value."""
        return self.network.constants[tensor]

    def shape(self, tensor: int) -> tuple[int, ...]:
        return self.network.shapes[tensor]

    def _next(self, stem: str) -> str:
        self._count += 1
        return f"{stem}_{self._count}"


def _laid(value: Constant, layout: Layout) -> Constant:
    if layout == "last":
        return value
    whole = value.reshape((1,) * (RANK - value.ndim) + value.shape)
    return whole.transpose(_TO_FIRST)
