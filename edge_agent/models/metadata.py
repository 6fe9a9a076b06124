"""Writes TFLite metadata directly with its flatbuffer schema (MediaPipe's own writer of 0.10.30 and
later imports a module that is not there).
"""

from __future__ import annotations

from typing import Any

_FIELD = b"TFLITE_METADATA"
_PARSER_VERSION = b"1.0.0"


def with_input_range(tflite: bytes, low: float, high: float) -> bytes:
    """The model, saying that its RGB input is scaled from 0..255 to `low`..`high`.

    The Tasks API computes (pixel - mean) / std per channel.
    """
    from mediapipe.tasks.metadata import schema_py_generated as schema

    std = 255.0 / (high - low)
    return add_metadata(schema, tflite, _image_metadata(schema, tflite, -low * std, std))


def add_metadata(schema: Any, tflite: bytes, metadata: bytes) -> bytes:
    """The model with `metadata` as its metadata buffer."""
    import numpy as np

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(tflite, 0))
    buffer = schema.BufferT()
    buffer.data = np.frombuffer(metadata, np.uint8)
    model.buffers.append(buffer)
    entry = schema.MetadataT()
    entry.name, entry.buffer = _FIELD, len(model.buffers) - 1
    others = [m for m in model.metadata or [] if m.name != _FIELD]
    model.metadata = [*others, entry]
    return pack(model)


def pack(model: Any) -> bytes:
    """A tflite file."""
    import flatbuffers

    builder = flatbuffers.Builder(1 << 22)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _image_metadata(schema: Any, tflite: bytes, mean: float, std: float) -> bytes:
    import flatbuffers
    from mediapipe.tasks.metadata import metadata_schema_py_generated as meta

    graph = schema.Model.GetRootAsModel(tflite, 0).Subgraphs(0)
    described = meta.SubGraphMetadataT()
    described.inputTensorMetadata = [_input(meta, mean, std)]
    described.outputTensorMetadata = [meta.TensorMetadataT() for _ in range(graph.OutputsLength())]
    whole = meta.ModelMetadataT()
    whole.subgraphMetadata = [described]
    whole.minParserVersion = _PARSER_VERSION
    builder = flatbuffers.Builder(1024)
    builder.Finish(whole.Pack(builder), b"M001")
    return bytes(builder.Output())


def _input(meta: Any, mean: float, std: float) -> Any:
    options = meta.NormalizationOptionsT()
    options.mean, options.std = [mean], [std]
    unit = meta.ProcessUnitT()
    unit.optionsType, unit.options = meta.ProcessUnitOptions.NormalizationOptions, options
    picture = meta.ImagePropertiesT()
    picture.colorSpace = meta.ColorSpaceType.RGB
    content = meta.ContentT()
    content.contentPropertiesType = meta.ContentProperties.ImageProperties
    content.contentProperties = picture
    tensor = meta.TensorMetadataT()
    tensor.name, tensor.content, tensor.processUnits = b"image", content, [unit]
    return tensor
