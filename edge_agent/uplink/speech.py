"""Sound of questions from central: beside the stream, so that it never stands before records."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any, Final, cast

import grpc

from daedam.v1 import room_pb2, room_pb2_grpc
from edge_agent.config import Central
from edge_agent.errors import CentralAway
from edge_agent.uplink.identity import load_identity
from edge_agent.uplink.uplink import open_channel

MOST_BYTES: Final = 8 << 20
TIMEOUT_S: Final = 20.0
"""Of one question, rendering included."""
_NONE: Final = frozenset(
    {
        grpc.StatusCode.NOT_FOUND,
        grpc.StatusCode.UNIMPLEMENTED,
        grpc.StatusCode.PERMISSION_DENIED,
    }
)


class SpeechDoor:
    """Fetches one sound after the other."""

    def __init__(self, settings: Central) -> None:
        self._settings = settings

    async def fetch(self, interview_id: str, question_id: str, text_sha256: bytes) -> bytes | None:
        """A sound file, whole and checked; None where central has none.

        Raises `CentralAway` where it cannot be had now.
        """
        request = room_pb2.FetchSpeechRequest(
            interview_id=interview_id, question_id=question_id, text_sha256=text_sha256
        )
        try:
            async with asyncio.timeout(TIMEOUT_S):
                async with open_channel(self._settings, load_identity(self._settings)) as channel:
                    stub = cast("Any", room_pb2_grpc.RoomServiceStub(channel))
                    return await _whole(stub.FetchSpeech(request))
        except TimeoutError as error:
            raise CentralAway("the sound of a question did not come in time") from error
        except grpc.aio.AioRpcError as error:
            if error.code() in _NONE:
                return None
            raise CentralAway(f"the sound was not fetched: {error.details()}") from error


async def _whole(call: Any) -> bytes:
    """Everything that comes, as long as it is what the first piece announced."""
    data, size, sha256 = bytearray(), 0, b""
    while isinstance(piece := await call.read(), room_pb2.FetchSpeechResponse):
        if not data:
            size, sha256 = piece.size_bytes, piece.sha256
        data += piece.data
        if size > MOST_BYTES or len(data) > size:
            raise CentralAway("a sound came that is larger than it may be")
    if len(data) != size or hashlib.sha256(data).digest() != sha256 or not data:
        raise CentralAway("the sound that came is not the one that was announced")
    return bytes(data)
