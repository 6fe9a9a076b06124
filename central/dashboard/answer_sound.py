"""The sound of an answer over HTTP, in the ranges that a player asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any, Final, Protocol

from litestar import Response
from litestar.response import Stream
from sqlalchemy.ext.asyncio import AsyncSession

from central.bus.sounds import MEDIA_TYPE, MOST_BYTES, SoundReply, SoundRequest
from central.dashboard import ids
from central.errors import Refused
from central.storage import audit, turn_views
from central.storage.users import Account

TIMEOUT_S: Final = 10.0
"""A worker may have to read, decode and pack a whole answer first."""
_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)")


class SoundBus(Protocol):
    """Whoever can ask the speech workers; `central.bus.bus.Bus` is it."""

    async def request_sound(self, request: SoundRequest, timeout_s: float) -> SoundReply | None:
        """A piece of an answer's sound; None where no worker answers."""
        ...


async def answer_sound(
    session: AsyncSession, bus: SoundBus, account: Account, turn_id: str, wanted: str
) -> Response[Any]:
    """The answer's FLAC file, or the bytes of it that the header `Range` (`wanted`) asks for; an answer
    is listened to with an entry in the audit log.

    Raises `Refused`: turn_unknown 404, also where it is another candidate's; sound_unknown 404;
    sound_unreadable 502; sound_away 503 where no speech worker answers.
    """
    from central.dashboard.api import access  # the API's own package imports this module

    number = ids.parse(turn_id, "turn")
    interview_id = await turn_views.interview_of(session, number)
    if interview_id is None:
        raise Refused("turn_unknown", 404, "There is no answer with this id.")

    await access.visible(session, account, str(interview_id))
    span = _RANGE.fullmatch(wanted.strip())
    start = await _start(bus, number, span)
    first = await _piece(bus, number, start)
    size = first.total_bytes
    if span is not None and start >= size:
        headers = {"content-range": f"bytes */{size}"}
        return Response(b"", status_code=416, media_type=MEDIA_TYPE, headers=headers)
    end = _end(span, size)
    if start == 0:
        subject = f"interview:{interview_id}"
        audit.write(
            session,
            actor_id=account.id,
            action="answer.listen",
            subject=subject,
            detail={"turn": str(number)},
        )
        await session.commit()
    headers = {
        "accept-ranges": "bytes",
        "content-length": str(end - start),
        "etag": f'"{first.etag}"',
    }
    if span is not None:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    return Stream(
        _from(bus, number, first, start, end),
        media_type=MEDIA_TYPE,
        status_code=200 if span is None else 206,
        headers=headers,
    )


async def _start(bus: SoundBus, turn_id: int, span: re.Match[str] | None) -> int:
    """Where the range begins; "-500" means the last 500 bytes, and "-" nothing that is known."""
    if span is None or span.group() == "bytes=-":
        return 0
    if span[1]:
        return int(span[1])
    return max((await _piece(bus, turn_id, 0)).total_bytes - int(span[2]), 0)


def _end(span: re.Match[str] | None, size: int) -> int:
    if span is None or not span[1] or not span[2]:
        return size
    return min(max(int(span[2]), int(span[1])) + 1, size)


async def _from(
    bus: SoundBus, turn_id: int, first: SoundReply, start: int, end: int
) -> AsyncIterator[bytes]:
    """The bytes, a piece at a time. Ends early where the file becomes another one meanwhile: the
    player asks again.
    """
    piece, at = first, start
    while True:
        data = piece.data[: end - at]
        at += len(data)
        yield data
        if at >= end or not data:
            return
        piece = await _piece(bus, turn_id, at)
        if piece.etag != first.etag:
            return


async def _piece(bus: SoundBus, turn_id: int, start: int) -> SoundReply:
    reply = await bus.request_sound(SoundRequest(turn_id, start, start + MOST_BYTES), TIMEOUT_S)
    if reply is None:
        raise Refused("sound_away", 503, "No speech worker answers; try again in a moment.")
    if reply.problem == "sound_unknown":
        raise Refused("sound_unknown", 404, "Nothing was recorded of this answer.")
    if reply.problem:
        raise Refused("sound_unreadable", 502, "The sound of this answer cannot be read.")
    return reply
