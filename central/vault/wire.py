"""The protocol's own description, for whoever opens a sealed file in ten years."""

from __future__ import annotations

from functools import cache
from typing import Final

from google.protobuf.descriptor import FileDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet

from daedam.v1 import interview_pb2, live_pb2, measuring_pb2, record_pb2, room_pb2

PACKAGE: Final[str] = record_pb2.DESCRIPTOR.package


@cache
def schema() -> bytes:
    """A serialised `google.protobuf.FileDescriptorSet` of the package, each file after those that it
    imports.
    """
    found = FileDescriptorSet()
    seen: set[str] = set()
    for module in (record_pb2, measuring_pb2, interview_pb2, live_pb2, room_pb2):
        _add(module.DESCRIPTOR, found, seen)
    return found.SerializeToString(deterministic=True)


def _add(file: FileDescriptor, found: FileDescriptorSet, seen: set[str]) -> None:
    if file.name in seen:
        return
    seen.add(file.name)
    for imported in file.dependencies:
        _add(imported, found, seen)
    file.CopyToProto(found.file.add())
