"""Has sound read by central without keeping it: beside the stream, so that it never stands before
records.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final, cast

import grpc

from daedam.v1 import room_pb2, room_pb2_grpc
from edge_agent.config import Central
from edge_agent.errors import CentralAway
from edge_agent.flow import Codec
from edge_agent.uplink.identity import load_identity
from edge_agent.uplink.uplink import open_channel

TIMEOUT_S: Final = 4.0


@dataclass(frozen=True, slots=True)
class Read:
    """What was understood, and by which engine."""

    text: str
    engine: str


class ReadingDoor:
    """Asks for one reading after the other."""

    def __init__(self, settings: Central) -> None:
        self._settings = settings

    async def read(
        self,
        language: str,
        codec: Codec,
        sample_rate_hz: int,
        extradata: bytes,
        packets: tuple[bytes, ...],
    ) -> Read | None:
        """What is said in it; None where no speech worker answered in time. Raises `CentralAway`,
        `IdentityError`.
        """
        request = room_pb2.RecogniseRequest(
            language=language,
            codec=cast("Any", int(codec)),
            sample_rate_hz=sample_rate_hz,
            extradata=extradata,
            packets=packets,
        )
        try:
            async with asyncio.timeout(TIMEOUT_S):
                async with open_channel(self._settings, load_identity(self._settings)) as channel:
                    stub = cast("Any", room_pb2_grpc.RoomServiceStub(channel))
                    answer = await stub.Recognise(request)
        except TimeoutError:
            return None
        except grpc.aio.AioRpcError as error:
            raise CentralAway(f"the sound was not read: {error.details()}") from error
        return Read(answer.text, answer.engine) if answer.answered else None
