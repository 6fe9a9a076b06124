"""An interview by video: a form that takes the file in, then how far its analysis has come.

The form needs JavaScript, and says so: without it a browser could only send the file inside a form,
which would lie on this machine in the clear until it is read.
"""

from __future__ import annotations

import re
from typing import Any, Final

from litestar import MediaType, Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from central.dashboard import receiving
from central.dashboard.api import access
from central.dashboard.auth import double_submit, roles
from central.dashboard.pages import video_words
from central.dashboard.receiving import Preset, Wanted
from central.dashboard.wants import Session, SignedIn, VideoLimits, VideoStore
from central.errors import Refused
from central.storage import interview_questions, video_uploads

THOSE_CONCERNED = (roles.CANDIDATE, *roles.STAFF)
MOST_STARTS: Final = 20
_START: Final = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})", re.ASCII)


@get("/interviews/{interview_id:str}/video", guards=[roles.allow(*THOSE_CONCERNED)])
async def page(
    interview_id: FromPath[str], session: Session, account: SignedIn, video_limits: VideoLimits
) -> Template:
    """The form, or the state of the interview's newest video."""
    view = await access.visible(session, account, interview_id)
    asked = await interview_questions.questions_of(session, view.id)
    video = await video_uploads.latest(session, view.id)
    staff = access.is_staff(account)
    context = {
        "page": "video",
        "interview": view,
        "video": video,
        "own": not staff,
        # What will be asked is not a candidate's to read before.
        "answers": [one.text if staff else "" for one in asked[:MOST_STARTS]],
        "may_send": view.status == "scheduled" and (video is None or video.state == "refused"),
        "limits": video_limits,
        "video_words": video_words,
    }
    return Template("video.html", context=context)


@post(
    "/interviews/{interview_id:str}/video",
    guards=[roles.allow(*THOSE_CONCERNED), double_submit.by_header],
    opt=double_submit.EXCLUDED,
    status_code=202,
    request_max_body_size=None,
)
async def send(  # noqa: PLR0917 - what a request brings, by name
    request: Request[Any, Any, Any],
    interview_id: FromPath[str],
    session: Session,
    account: SignedIn,
    uploads: VideoStore,
    video_limits: VideoLimits,
    *,
    consent: FromQuery[bool] = False,
    ai_scoring: FromQuery[bool] = False,
    preset: FromQuery[Preset] = "balanced",
    start: FromQuery[list[str] | None] = None,
) -> Response[str]:
    """The file as the body, as `ui/upload.ts` sends it; a refusal is a page with its sentence."""
    view = await access.visible(session, account, interview_id)
    wanted = Wanted(consent, ai_scoring, preset, starts_ms(start or []))
    await receiving.receive(
        request, session, uploads, video_limits, view.id, wanted=wanted, actor=account
    )
    return Response("", status_code=202, media_type=MediaType.TEXT)


def starts_ms(texts: list[str]) -> tuple[int, ...]:
    """The form's start times ("1:05", "1:00:05", "65") in ms; none: from the beginning.

    Raises `Refused` (time_unreadable, 422).
    """
    given = [text.strip() for text in texts[:MOST_STARTS]]
    while given and not given[-1]:
        given.pop()
    return tuple(_start_ms(text) for text in given) or (0,)


def _start_ms(text: str) -> int:
    found = _START.fullmatch(text)
    if found is None:
        raise Refused("time_unreadable", 422, "Write each start as minutes and seconds, as 1:05.")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000


router = Router("/", route_handlers=[page, send], include_in_schema=False)
