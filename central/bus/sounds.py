"""Request and reply on `sound.answer`: a piece of the sound of an answer, as one FLAC file.

The dashboard holds no key to what is sealed; the speech workers do, and read it for those who may hear
it. Who may is decided before anybody asks here.
"""

from __future__ import annotations

from typing import Final

import msgspec

MEDIA_TYPE: Final = "audio/flac"
MOST_BYTES: Final = 262_144
"""Of a piece; NATS carries messages of up to 1 MB."""


class SoundRequest(msgspec.Struct, frozen=True):
    """Bytes [start, start + MOST_BYTES) of the answer's file, no further than `end`. MessagePack."""

    turn_id: int
    start: int = 0
    end: int = MOST_BYTES


class SoundReply(msgspec.Struct, frozen=True):
    """`data` of a file of `total_bytes`. The same `etag`: a piece of the same file. `problem` is a code:
    "sound_unknown" (nothing was recorded), "sound_unreadable", or "" where all is well.
    """

    data: bytes = b""
    total_bytes: int = 0
    etag: str = ""
    problem: str = ""
