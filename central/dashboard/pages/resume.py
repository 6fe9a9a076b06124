"""An interview's résumé: a form that takes the file in, then what was understood of it. For staff.

The form needs JavaScript, and says so, for the same reason as that of a video: without it a browser
could only send the file inside a form, which would lie on this machine in the clear until it is read.
"""

from __future__ import annotations

from typing import Any

from litestar import MediaType, Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from central.dashboard import receiving_resumes
from central.dashboard.api import access
from central.dashboard.api.resumes import unknown
from central.dashboard.auth import double_submit, roles
from central.dashboard.pages import resume_words
from central.dashboard.pages.resume_fields import fields_of
from central.dashboard.wants import ResumeLimits, ResumeStore, Session, SignedIn, ToRooms
from central.storage import resume_uploads


@get("/interviews/{interview_id:str}/resume", guards=[roles.allow(*roles.STAFF)])
async def page(
    interview_id: FromPath[str], session: Session, account: SignedIn, resume_limits: ResumeLimits
) -> Template:
    """The form, or the interview's newest résumé."""
    view = await access.visible(session, account, interview_id)
    resume = await resume_uploads.latest(session, view.id)
    context = {
        "page": "resume",
        "interview": view,
        "resume": resume,
        "fields": fields_of(resume.structured) if resume else (),
        "may_send": view.status == "scheduled" and (resume is None or resume.state == "refused"),
        "limits": resume_limits,
        "resume_words": resume_words,
    }
    return Template("resume.html", context=context)


@post(
    "/interviews/{interview_id:str}/resume",
    guards=[roles.allow(*roles.STAFF), double_submit.by_header],
    opt=double_submit.EXCLUDED,
    status_code=202,
    request_max_body_size=None,
)
async def send(  # noqa: PLR0917 - what a request brings, by name
    request: Request[Any, Any, Any],
    interview_id: FromPath[str],
    session: Session,
    bus: ToRooms,
    account: SignedIn,
    arriving: ResumeStore,
    resume_limits: ResumeLimits,
) -> Response[str]:
    """The file as the body, as `ui/upload.ts` sends it; a refusal is a page with its sentence."""
    view = await access.visible(session, account, interview_id)
    await receiving_resumes.receive(
        request, session, bus, arriving, resume_limits, view.id, actor=account
    )
    return Response("", status_code=202, media_type=MediaType.TEXT)


@post("/interviews/{interview_id:str}/resume/delete", guards=[roles.allow(*roles.STAFF)])
async def remove(interview_id: FromPath[str], session: Session, account: SignedIn) -> Redirect:
    """Destroy the file's key and delete all that was understood of it."""
    view = await access.visible(session, account, interview_id)
    if not await resume_uploads.remove(session, view.id, actor_id=account.id):
        raise unknown()
    await session.commit()
    return Redirect(f"/interviews/{view.id}/resume", status_code=303)


router = Router("/", route_handlers=[page, send, remove], include_in_schema=False)
