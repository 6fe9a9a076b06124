"""Uploaded videos: one for an interview that needs no room."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any, Final, Literal

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from central.dashboard.api import access
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn, VideoLimits, VideoStore
from central.errors import Refused, StartError
from central.storage import video_uploads
from central.storage.video_uploads import NewVideo, VideoView
from central.vault.uploads import media_of, too_large

THOSE_CONCERNED = (roles.CANDIDATE, *roles.STAFF)
HEAD_BYTES: Final = 64
SILENCE_S: Final = 60.0
"""An upload that brings nothing for so long is given up."""


class Video(msgspec.Struct, frozen=True):
    """A video and how far it has come. `state`: uploading, queued, analysing, done or refused; `code`
    and `why` say why it was refused, `why` alone why one that is done is not whole.
    """

    id: str
    interview_id: str
    media: str
    size_bytes: int
    preset: str
    state: str
    done_ratio: float
    code: str
    why: str
    created_at: datetime


@post(
    "/interviews/{interview_id:str}/video",
    guards=[roles.allow(*THOSE_CONCERNED)],
    status_code=202,
    request_max_body_size=None,
)
async def upload(  # noqa: PLR0917 - what a request brings, by name
    request: Request[Any, Any, Any],
    interview_id: FromPath[str],
    session: Session,
    account: SignedIn,
    uploads: VideoStore,
    video_limits: VideoLimits,
    *,
    consent: FromQuery[bool],
    ai_scoring: FromQuery[bool],
    preset: FromQuery[Literal["high_accuracy", "balanced", "high_performance"]] = "balanced",
    starts_ms: Annotated[list[int] | None, QueryParameter(max_items=20)] = None,
) -> Video:
    """Upload the file itself as the body (MP4, WebM or MOV). `consent`: the candidate agreed to the
    analysis; `ai_scoring`: to be evaluated by a machine; `starts_ms`: when the answer to each planned
    question begins, once for each; without it all of the video answers the first one.
    """
    view = await access.visible(session, account, interview_id)
    if not consent:
        raise Refused("video_consent", 422, "A video is analysed only where the candidate agreed.")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > video_limits.most_bytes:
        raise too_large(video_limits.most_bytes)
    body = _pieces(request)
    head = await _head(body)
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
        preset,
        starts_ms or [0],
        ai_scoring,
    )
    video_id = await video_uploads.begin(session, view.id, new, actor_id=account.id)
    await session.commit()
    try:
        stored = await uploads.put(place, view.id, _whole(head, body), video_limits.most_bytes)
    except BaseException:
        await asyncio.shield(_forget(session, video_id))
        raise
    if not await video_uploads.finish(session, video_id, stored.size_bytes, stored.sha256):
        await uploads.store.delete(place.name)
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    await session.commit()
    return await _latest(session, view.id)


@get("/interviews/{interview_id:str}/video", guards=[roles.allow(*THOSE_CONCERNED)])
async def status(interview_id: FromPath[str], session: Session, account: SignedIn) -> Video:
    """The interview's newest video."""
    view = await access.visible(session, account, interview_id)
    return await _latest(session, view.id)


async def _latest(session: Session, interview_id: int) -> Video:
    found = await video_uploads.latest(session, interview_id)
    if found is None:
        raise Refused("video_unknown", 404, "The interview has no video.")
    return shape(found)


def shape(view: VideoView) -> Video:
    """As the API tells it."""
    fields = {name: getattr(view, name) for name in view.__slots__}
    return Video(**{**fields, "id": str(view.id), "interview_id": str(view.interview_id)})


async def _forget(session: Session, video_id: int) -> None:
    await session.rollback()
    await video_uploads.forget(session, video_id)
    await session.commit()


async def _pieces(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    """The body as it comes. Raises `Refused` where it ceases to."""
    body = request.stream()
    while True:
        try:
            async with asyncio.timeout(SILENCE_S):
                piece = await anext(body, None)
        except TimeoutError as error:
            raise Refused("video_cut_off", 408, "The upload stood still; send it again.") from error
        if piece is None:
            return
        yield piece


async def _head(body: AsyncIterator[bytes]) -> bytes:
    head = b""
    async for piece in body:
        head += piece
        if len(head) >= HEAD_BYTES:
            break
    return head


async def _whole(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for piece in rest:
        yield piece


HANDLERS = (upload, status)
