"""Uploaded videos: one for an interview that needs no room."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from central.dashboard import receiving
from central.dashboard.api import access
from central.dashboard.auth import roles
from central.dashboard.receiving import Preset, Wanted
from central.dashboard.wants import Session, SignedIn, VideoLimits, VideoStore
from central.errors import Refused
from central.storage import video_uploads
from central.storage.video_uploads import VideoView

THOSE_CONCERNED = (roles.CANDIDATE, *roles.STAFF)


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
    preset: FromQuery[Preset] = "balanced",
    starts_ms: Annotated[list[int] | None, QueryParameter(max_items=20)] = None,
) -> Video:
    """Upload the file itself as the body (MP4, WebM or MOV). `consent`: the candidate agreed to the
    analysis; `ai_scoring`: to be evaluated by a machine; `starts_ms`: when the answer to each planned
    question begins, once for each; without it all of the video answers the first one.
    """
    view = await access.visible(session, account, interview_id)
    wanted = Wanted(consent, ai_scoring, preset, tuple(starts_ms or [0]))
    sent = await receiving.receive(
        request, session, uploads, video_limits, view.id, wanted=wanted, actor=account
    )
    return shape(sent)


@get("/interviews/{interview_id:str}/video", guards=[roles.allow(*THOSE_CONCERNED)])
async def status(interview_id: FromPath[str], session: Session, account: SignedIn) -> Video:
    """The interview's newest video."""
    view = await access.visible(session, account, interview_id)
    found = await video_uploads.latest(session, view.id)
    if found is None:
        raise Refused("video_unknown", 404, "The interview has no video.")
    return shape(found)


def shape(view: VideoView) -> Video:
    """As the API tells it."""
    fields = {name: getattr(view, name) for name in view.__slots__}
    return Video(**{**fields, "id": str(view.id), "interview_id": str(view.interview_id)})


HANDLERS = (upload, status)
