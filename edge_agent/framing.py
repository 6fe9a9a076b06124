"""Messages between the agent and a process of its own, over a socketpair.

Each: length of the rest (4 bytes, little endian), then MessagePack of one struct.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import TypeVar

import msgspec

LONGEST_BYTES = 1 << 20

T = TypeVar("T")

_LENGTH = struct.Struct("<I")
_encoder = msgspec.msgpack.Encoder()


def packed(message: msgspec.Struct) -> bytes:
    """A message as it travels."""
    body = _encoder.encode(message)
    return _LENGTH.pack(len(body)) + body


async def received(reader: asyncio.StreamReader, decoder: msgspec.msgpack.Decoder[T]) -> T:
    """The child's next message.

    Raises:
        EOFError: the child is gone, or spoke nonsense.
    """
    try:
        (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        if length > LONGEST_BYTES:
            raise EOFError("a message is too long")
        return decoder.decode(await reader.readexactly(length))
    except (asyncio.IncompleteReadError, ConnectionError, msgspec.DecodeError) as error:
        raise EOFError(str(error)) from error


def receive(link: socket.socket, decoder: msgspec.msgpack.Decoder[T]) -> T | None:
    """The agent's next message, waiting for it; None where the agent is gone."""
    head = _exactly(link, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    body = _exactly(link, length) if length <= LONGEST_BYTES else None
    return None if body is None else decoder.decode(body)


def _exactly(link: socket.socket, size: int) -> bytes | None:
    parts = b""
    while len(parts) < size:
        try:
            part = link.recv(size - len(parts))
        except OSError:
            return None
        if not part:
            return None
        parts += part
    return parts
