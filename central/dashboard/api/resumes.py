"""Résumés: one for an interview, for staff. Whoever marks answers never sees it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, delete, get, post
from litestar.params import FromPath

from central.dashboard import receiving_resumes
from central.dashboard.api import access
from central.dashboard.auth import roles
from central.dashboard.pages.resume_words import REFUSED
from central.dashboard.wants import ResumeLimits, ResumeStore, Session, SignedIn, ToRooms
from central.errors import Refused
from central.resumes.flow import Structured
from central.storage import resume_uploads
from central.storage.resume_uploads import ResumeView


class Hidden(msgspec.Struct, frozen=True):
    """Text that a person who looks at the file does not see. `how`: invisible, background, tiny,
    outside, covered, marked, comment or characters.
    """

    how: str
    page: int | None
    characters: int
    excerpt: str


class ResumeSection(msgspec.Struct, frozen=True):
    """A section that questions may be made of: characters `start` to `end` of the résumé's text."""

    kind: str
    heading: str
    start: int
    end: int
    text: str
    is_embedded: bool


class Resume(msgspec.Struct, frozen=True):
    """A résumé and what was understood of it. `state`: uploading, waiting, read or refused; `code` and
    `why` say why it was refused. Every value in `structured` says at which characters it was read.
    `stripped`: how much was taken out before anything went on, by kind, never what it was.
    """

    id: str
    interview_id: str
    state: str
    code: str
    why: str
    format: str
    pages: int
    size_bytes: int
    structured: Structured
    sections: tuple[ResumeSection, ...]
    hidden: tuple[Hidden, ...]
    stripped: dict[str, int]
    notes: tuple[str, ...]
    rules: str
    created_at: datetime
    read_at: datetime | None


@post(
    "/interviews/{interview_id:str}/resume",
    guards=[roles.allow(*roles.STAFF)],
    status_code=202,
    request_max_body_size=None,
)
async def upload(  # noqa: PLR0917 - what a request brings, by name
    request: Request[Any, Any, Any],
    interview_id: FromPath[str],
    session: Session,
    bus: ToRooms,
    account: SignedIn,
    arriving: ResumeStore,
    resume_limits: ResumeLimits,
) -> Resume:
    """Upload the file itself as the body (PDF, DOCX, HWP or HWPX). It is read within seconds: ask for
    the résumé again until its state is "read" or "refused".
    """
    view = await access.visible(session, account, interview_id)
    sent = await receiving_resumes.receive(
        request, session, bus, arriving, resume_limits, view.id, actor=account
    )
    return shape(sent)


@get("/interviews/{interview_id:str}/resume", guards=[roles.allow(*roles.STAFF)])
async def read(interview_id: FromPath[str], session: Session, account: SignedIn) -> Resume:
    """The interview's newest résumé."""
    view = await access.visible(session, account, interview_id)
    found = await resume_uploads.latest(session, view.id)
    if found is None:
        raise unknown()
    return shape(found)


@delete(
    "/interviews/{interview_id:str}/resume", guards=[roles.allow(*roles.STAFF)], status_code=204
)
async def remove(interview_id: FromPath[str], session: Session, account: SignedIn) -> None:
    """Destroy the file's key and delete all that was understood of it."""
    view = await access.visible(session, account, interview_id)
    if not await resume_uploads.remove(session, view.id, actor_id=account.id):
        raise unknown()
    await session.commit()


def unknown() -> Refused:
    """There is none."""
    return Refused("resume_unknown", 404, "The interview has no résumé.")


def shape(view: ResumeView) -> Resume:
    """As the API tells it."""
    findings = view.findings
    return Resume(
        id=str(view.id),
        interview_id=str(view.interview_id),
        state=view.state,
        code=view.code,
        why=REFUSED.get(view.code, ""),
        format=view.format,
        pages=view.pages,
        size_bytes=view.size_bytes,
        structured=view.structured,
        sections=msgspec.convert(view.sections, tuple[ResumeSection, ...], from_attributes=True),
        hidden=msgspec.convert(findings.hidden, tuple[Hidden, ...]),
        stripped=findings.stripped,
        notes=tuple(findings.notes),
        rules=findings.rules,
        created_at=view.created_at,
        read_at=view.read_at,
    )


HANDLERS = (upload, read, remove)
