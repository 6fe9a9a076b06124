"""Request and reply on `caption.<language>`: stateless reading of an utterance that is still open."""

from __future__ import annotations

import msgspec


class CaptionRequest(msgspec.Struct, frozen=True):
    """The coded sound of the open utterance so far. MessagePack, at most 1 MB."""

    language: str
    codec: int
    """A `daedam.v1.AudioCodec` number."""
    sample_rate_hz: int
    extradata: bytes
    packets: tuple[bytes, ...]


class CaptionReply(msgspec.Struct, frozen=True):
    """What a speech worker reads in it; `busy` means ask again later."""

    text: str
    engine: str
    busy: bool = False
