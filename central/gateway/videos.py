"""Uploaded videos on their way to the virtual room that analyses them, and how far it has come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

import structlog

from central.config import Config
from central.errors import CentralError
from central.storage import videos
from central.storage.pool import Pool
from central.storage.rooms import AgentRow
from central.storage.videos import Assigned
from central.vault.uploads import Uploads
from daedam.v1 import room_pb2

PIECE_BYTES: Final = 256 * 1024

_log = structlog.get_logger(__name__)


class Gone(Exception):
    """The room may not have it, or no longer."""


class Videos:
    """For agents that were admitted: each gets what its own room was told to analyse."""

    def __init__(self, pool: Pool, config: Config) -> None:
        self._pool = pool
        self._uploads = Uploads.of(config)

    async def pieces(
        self, request: room_pb2.FetchVideoRequest, agent: AgentRow
    ) -> AsyncIterator[room_pb2.FetchVideoResponse]:
        """The video from `offset` on. Raises `Gone`."""
        video = await self._assigned(request.video_id, agent)
        try:
            content = self._uploads.open(
                video.name, video.wrapped, video.upload_key_id, request.offset
            )
            async for piece in content:
                for at in range(0, len(piece), PIECE_BYTES):
                    yield room_pb2.FetchVideoResponse(data=piece[at : at + PIECE_BYTES])
        except (CentralError, OSError) as error:
            _log.error("a video cannot be read", video=video.id, problem=str(error))
            raise Gone("the video cannot be read; central's log says why") from error

    async def report(self, request: room_pb2.ReportVideoRequest, agent: AgentRow) -> bool:
        """Whether the room shall go on."""
        number = _number(request.video_id)
        if number is None:
            return False
        async with self._pool.connection() as conn:
            return await videos.note_progress(conn, number, agent.room_id, request.done_milli)

    async def _assigned(self, video_id: str, agent: AgentRow) -> Assigned:
        number = _number(video_id)
        if number is not None:
            async with self._pool.connection() as conn:
                found = await videos.assigned(conn, number, agent.room_id)
            if found is not None:
                return found
        raise Gone("this room was not told to analyse such a video")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
