"""What travels between a role and an engine's process.

Each: length of the rest (4 bytes, little endian), then MessagePack of one struct.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Final, TypeAlias, TypeVar

import msgspec

from central.language.engine.templates import Segment
from central.language.model import Choice, Excerpt, Text

LONGEST_BYTES: Final = 16 << 20
"""A batch of embeddings is the longest: 64 texts of 4,096 numbers are a megabyte."""

T = TypeVar("T")
_LENGTH: Final = struct.Struct("<I")
_encoder = msgspec.msgpack.Encoder()


class Message(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Any of them."""


class Load(Message, frozen=True):
    """Role to engine, first: what to load. `kind`: "writing" or "embedding". `gpu_layers`: None takes
    all where there is a GPU; a number (-1: all) has to be kept. `pooling`: "" takes the model's own.
    """

    path: str
    sha256: str
    kind: str
    controls: tuple[str, ...]
    telling: str
    gpu_layers: int | None
    context: int
    sequences: int
    reserved: int
    threads: int
    batch: int
    pooling: str


class FormPart(Message, frozen=True):
    """One part of a form; exactly one of these."""

    text: str | None = None
    slot: Text | None = None
    choice: Choice | None = None
    excerpt: Excerpt | None = None


class FillAsked(Message, frozen=True):
    """Role to engine. `told`: pieces of text are to be sent as they come."""

    id: int
    head: tuple[Segment, ...]
    rest: tuple[Segment, ...]
    form: tuple[FormPart, ...]
    urgency: int
    timeout_s: float
    told: bool = False


class WeighAsked(Message, frozen=True):
    """Role to engine."""

    id: int
    head: tuple[Segment, ...]
    rest: tuple[Segment, ...]
    begun: str
    answers: tuple[str, ...]
    urgency: int
    timeout_s: float


class EmbedAsked(Message, frozen=True):
    """Role to engine."""

    id: int
    texts: tuple[str, ...]
    timeout_s: float


class Cancel(Message, frozen=True):
    """Role to engine: nobody wants this any more."""

    id: int


class Pause(Message, frozen=True):
    """Role to engine: keep still, somebody more urgent has the card; or go on."""

    on: bool


Asked: TypeAlias = FillAsked | WeighAsked | EmbedAsked
Down: TypeAlias = Load | Asked | Cancel | Pause


class Ready(Message, frozen=True):
    """Engine to role: loaded and warm."""

    sha256: str
    engine: str
    vocabulary: int
    dimensions: int
    gpu_layers: int
    """Of the model, those on a card."""
    rss_bytes: int


class Unable(Message, frozen=True):
    """Engine to role: cannot load; the process ends."""

    problem: str


class Begun(Message, frozen=True):
    """Engine to role: this is at work now; if the process dies, it may be why."""

    id: int


class Piece(Message, frozen=True):
    """Engine to role: text of a slot while it is written."""

    id: int
    key: str
    text: str


class FormFilled(Message, frozen=True):
    """Engine to role."""

    id: int
    values: dict[str, str]
    cut: tuple[str, ...]
    prompt_tokens: int
    reused_tokens: int
    generated_tokens: int


class Weighed(Message, frozen=True):
    """Engine to role."""

    id: int
    weights: tuple[float, ...]


class Embedded(Message, frozen=True):
    """Engine to role: one row per text, little-endian float32."""

    id: int
    rows: bytes


class NotDone(Message, frozen=True):
    """Engine to role: refused, out of time, or failed."""

    id: int
    problem: str


class Beat(Message, frozen=True):
    """Engine to role, about once a second while it works."""

    rss_bytes: int


Answer: TypeAlias = FormFilled | Weighed | Embedded | NotDone
Up: TypeAlias = Ready | Unable | Begun | Piece | Answer | Beat

DOWN: Final[msgspec.msgpack.Decoder[Down]] = msgspec.msgpack.Decoder(Down)
UP: Final[msgspec.msgpack.Decoder[Up]] = msgspec.msgpack.Decoder(Up)


def packed(message: Message) -> bytes:
    """A message as it travels."""
    body = _encoder.encode(message)
    return _LENGTH.pack(len(body)) + body


async def received(reader: asyncio.StreamReader) -> Up:
    """The engine's next message. Raises `EOFError`: it is gone, or spoke nonsense."""
    try:
        (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        if length > LONGEST_BYTES:
            raise EOFError("a message is too long")
        return UP.decode(await reader.readexactly(length))
    except (asyncio.IncompleteReadError, ConnectionError, msgspec.DecodeError) as error:
        raise EOFError(str(error)) from error


def receive(link: socket.socket) -> Down | None:
    """The role's next message, waiting for it; None where the role is gone."""
    head = _exactly(link, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    body = _exactly(link, length) if length <= LONGEST_BYTES else None
    return None if body is None else DOWN.decode(body)


def _exactly(link: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = link.recv(size - len(parts))
        except OSError:
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)
