"""Where an uploaded video comes from: the door that records go through, and the same certificate."""

from __future__ import annotations

import asyncio
import hashlib
import os
from pathlib import Path
from typing import Any, cast

import grpc
import structlog

from daedam.v1 import room_pb2, room_pb2_grpc
from edge_agent.config import Central
from edge_agent.errors import CentralAway
from edge_agent.flow import AnalyseVideo
from edge_agent.offline.player import VideoRefused
from edge_agent.uplink.identity import load_identity
from edge_agent.uplink.uplink import open_channel

_SILENCE_S = 30.0
_ASK_S = 10.0
_GONE = frozenset(
    {
        grpc.StatusCode.NOT_FOUND,
        grpc.StatusCode.PERMISSION_DENIED,
        grpc.StatusCode.UNIMPLEMENTED,
        grpc.StatusCode.DATA_LOSS,
    }
)

log = structlog.get_logger(__name__)


class Door:
    """A channel of its own, so that a large file never stands before records."""

    def __init__(self, settings: Central) -> None:
        self._settings = settings

    async def fetch(self, wanted: AnalyseVideo, into: Path) -> None:
        """The whole file, going on where an earlier try broke off; checked by its length and hash.

        Raises `CentralAway` (try again), `VideoRefused` where central has it no longer, or what came is
        not what was announced.
        """
        fd = os.open(into, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            have = os.lseek(fd, 0, os.SEEK_END)
            if have > wanted.size_bytes:
                os.ftruncate(fd, 0)
                have = 0
            if have < wanted.size_bytes:
                await self._stream(wanted, fd, have)
            if await asyncio.to_thread(_digest, fd) != wanted.sha256:
                os.ftruncate(fd, 0)
                raise CentralAway("the video that came is not the one that was announced")
        finally:
            os.close(fd)

    async def report(self, video_id: str, done_milli: int) -> bool:
        """Whether to go on. A report that is lost is lost."""
        request = room_pb2.ReportVideoRequest(video_id=video_id, done_milli=done_milli)
        try:
            async with open_channel(self._settings, load_identity(self._settings)) as channel:
                stub = cast("Any", room_pb2_grpc.RoomServiceStub(channel))
                answer = await stub.ReportVideo(request, timeout=_ASK_S)
        except grpc.aio.AioRpcError as error:
            log.info("central was not told of the progress", why=error.details())
            return True
        return not answer.stop

    async def _stream(self, wanted: AnalyseVideo, fd: int, have: int) -> None:
        request = room_pb2.FetchVideoRequest(video_id=wanted.video_id, offset=have)
        try:
            async with open_channel(self._settings, load_identity(self._settings)) as channel:
                stub = cast("Any", room_pb2_grpc.RoomServiceStub(channel))
                call = stub.FetchVideo(request)
                while True:
                    async with asyncio.timeout(_SILENCE_S):
                        answer = await call.read()
                    if not isinstance(answer, room_pb2.FetchVideoResponse):
                        break
                    have += len(answer.data)
                    if have > wanted.size_bytes:
                        raise VideoRefused("not_fetched", "more came than was announced")
                    await asyncio.to_thread(os.write, fd, answer.data)
        except TimeoutError as error:
            raise CentralAway("central sends nothing of the video") from error
        except grpc.aio.AioRpcError as error:
            if error.code() in _GONE:
                raise VideoRefused("not_fetched", error.details() or "it is gone") from error
            raise CentralAway(f"the video was not fetched: {error.details()}") from error
        if have < wanted.size_bytes:
            raise CentralAway("the video broke off")


def _digest(fd: int) -> bytes:
    digest, at = hashlib.sha256(), 0
    while piece := os.pread(fd, 1 << 20, at):
        digest.update(piece)
        at += len(piece)
    return digest.digest()
