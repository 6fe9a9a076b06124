"""MediaPipe's TFLite networks as ONNX graphs, for graphics cards.

In: the bytes of a `.tflite` file (float networks; weights may be half precision or sparse). Out: the
bytes of an ONNX model whose input is a picture as it comes, uint8 RGB (1, height, width, 3): scaling is
part of the graph, so that a fourth of the bytes crosses to the card. Only the outputs that are asked
for are computed. The same input gives the same bytes.

`network` reads, `sparse` unpacks, `graph` writes, `operators` and `attention` know one operator each.
"""

from edge_agent.models.conversion.convert import Picture, to_onnx

__all__ = ["Picture", "to_onnx"]
