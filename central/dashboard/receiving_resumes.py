"""A résumé on its way from a request's body into its sealed place: for the page and the API.

In: the body in pieces. Out: a row that waits to be read. What is refused or broken off leaves nothing
behind. The file's name is not asked for: it is mostly the candidate's.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from litestar import Request
from sqlalchemy.ext.asyncio import AsyncSession

from central.bus import subjects
from central.config import Resumes
from central.dashboard.live.port import LiveBus
from central.dashboard.receiving import head_of, pieces, whole
from central.errors import Refused, StartError
from central.jobs.kinds import READ_RESUME
from central.storage import resume_uploads
from central.storage.resume_uploads import NewResume, ResumeView
from central.storage.users import Account
from central.vault.documents import About
from central.vault.resumes import Arriving, too_large

_KINDS: Final = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0", "ole"))


async def receive(  # noqa: PLR0917 - as `receiving.receive`, and the bus
    request: Request[Any, Any, Any],
    session: AsyncSession,
    bus: LiveBus,
    arriving: Arriving,
    limits: Resumes,
    interview_id: int,
    *,
    actor: Account,
) -> ResumeView:
    """Takes the body in; commits. Who may do this is the caller's to ask.

    Raises `Refused`: what `resume_uploads.begin` does; resume_too_large 413, resume_type 415,
    resume_off 503, resume_cut_off 408, interview_unknown 404 where it was erased meanwhile.
    """
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limits.most_bytes:
        raise too_large(limits.most_bytes)
    body = pieces(request, "resume_cut_off")
    head = await head_of(body)
    about = About("resume", _kind_of(head))
    try:
        place = arriving.place()
    except StartError as error:
        raise Refused("resume_off", 503, "This site takes no résumés; its log says why.") from error
    new = NewResume(place.name, place.wrapped.sealed, place.wrapped.site_key_id)
    resume_id = await resume_uploads.begin(session, interview_id, new, actor_id=actor.id)
    await session.commit()
    try:
        content = whole(head, body)
        stored = await arriving.put(place, interview_id, about, content, limits.most_bytes)
    except BaseException:
        await asyncio.shield(_forget(session, resume_id))
        raise
    kept = await resume_uploads.finish(session, resume_id, stored.size_bytes, stored.sha256)
    if not kept:
        await arriving.vault.store.delete(place.name)
    await session.commit()
    found = await resume_uploads.latest(session, interview_id) if kept else None
    if found is None:
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    await bus.ring(subjects.job(READ_RESUME))
    return found


def _kind_of(head: bytes) -> str:
    """By its first bytes; what it really is, its reader says."""
    for begins, kind in _KINDS:
        if head.startswith(begins):
            return kind
    raise Refused("resume_type", 415, "Only PDF, DOCX, HWP and HWPX files can be uploaded.")


async def _forget(session: AsyncSession, resume_id: int) -> None:
    await session.rollback()
    await resume_uploads.forget(session, resume_id)
    await session.commit()
