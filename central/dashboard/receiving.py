"""A video on its way from a request's body into its sealed place: for the page and the API.

In: the body in pieces, and what its sender says of it. Out: a row that waits for a virtual room. What is
refused or broken off leaves nothing behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from litestar import Request
from sqlalchemy.ext.asyncio import AsyncSession

from central.config import Videos
from central.errors import Refused, StartError
from central.storage import video_uploads
from central.storage.users import Account
from central.storage.video_uploads import NewVideo, VideoView
from central.vault.uploads import Uploads, media_of, too_large

HEAD_BYTES: Final = 64
_CUT_OFF: Final = "video_cut_off"
SILENCE_S: Final = 60.0
"""An upload that brings nothing for so long is given up."""
Preset: TypeAlias = Literal["high_accuracy", "balanced", "high_performance"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the sender says. `consent`: the candidate agreed to the analysis; `ai_scoring`: to be
    evaluated by a machine; `starts_ms`: when the answer to each question begins.
    """

    consent: bool
    ai_scoring: bool
    preset: Preset
    starts_ms: tuple[int, ...]


async def receive(
    request: Request[Any, Any, Any],
    session: AsyncSession,
    uploads: Uploads,
    limits: Videos,
    interview_id: int,
    *,
    wanted: Wanted,
    actor: Account,
) -> VideoView:
    """Takes the body in; commits. Who may do this is the caller's to ask.

    Raises `Refused`: what `video_uploads.begin` does; video_consent 422, video_too_large 413, video_type
    415, video_off 503, video_cut_off 408, interview_unknown 404 where it was erased meanwhile.
    """
    if not wanted.consent:
        raise Refused("video_consent", 422, "A video is analysed only where the candidate agreed.")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limits.most_bytes:
        raise too_large(limits.most_bytes)
    body = pieces(request, _CUT_OFF)
    head = await head_of(body)
    media = media_of(head)
    try:
        place = uploads.place()
    except StartError as error:
        raise Refused("video_off", 503, "This site takes no uploads; its log says why.") from error
    new = NewVideo(
        place.name,
        place.wrapped.sealed,
        place.wrapped.site_key_id,
        media,
        wanted.preset,
        wanted.starts_ms,
        wanted.ai_scoring,
    )
    video_id = await video_uploads.begin(session, interview_id, new, actor_id=actor.id)
    await session.commit()
    try:
        stored = await uploads.put(place, interview_id, whole(head, body), limits.most_bytes)
    except BaseException:
        await asyncio.shield(_forget(session, video_id))
        raise
    if not await video_uploads.finish(session, video_id, stored.size_bytes, stored.sha256):
        await uploads.store.delete(place.name)
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    await session.commit()
    found = await video_uploads.latest(session, interview_id)
    if found is None:
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    return found


async def _forget(session: AsyncSession, video_id: int) -> None:
    await session.rollback()
    await video_uploads.forget(session, video_id)
    await session.commit()


async def pieces(request: Request[Any, Any, Any], cut_off: str) -> AsyncIterator[bytes]:
    """The body as it comes. Raises `Refused` (`cut_off`, 408) where it ceases to."""
    body = request.stream()
    while True:
        try:
            async with asyncio.timeout(SILENCE_S):
                piece = await anext(body, None)
        except TimeoutError as error:
            raise Refused(cut_off, 408, "The upload stood still; send it again.") from error
        if piece is None:
            return
        yield piece


async def head_of(body: AsyncIterator[bytes]) -> bytes:
    """Its first bytes, with which it is told what it is."""
    head = b""
    async for piece in body:
        head += piece
        if len(head) >= HEAD_BYTES:
            break
    return head


async def whole(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The body again, from its first byte."""
    yield head
    async for piece in rest:
        yield piece
