"""The page on which an interview is rated: one's own ratings first, then what others rated."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import desk, ids
from central.dashboard.auth import roles
from central.dashboard.wants import Reveal, Session, SignedIn
from central.storage import turn_views

Guards: Any = [roles.allow(*roles.STAFF)]


class UnlockForm(msgspec.Struct, frozen=True):
    """Whose ratings are to be opened again, and why."""

    interviewer: str = ""
    reason: str = ""


@get("/interviews/{interview_id:str}/ratings", guards=Guards)
async def ratings_page(
    interview_id: FromPath[str], session: Session, account: SignedIn, reveal: Reveal
) -> Template:
    """One's own sheet; when it is locked, those of others."""
    found = await desk.look(session, ids.parse(interview_id, "interview"), account, reveal)
    context = {
        "page": "ratings",
        "interview": found.interview,
        "desk": found,
        "answers": await _answers(session, found.interview.id),
    }
    return Template("ratings.html", context=context)


@post("/interviews/{interview_id:str}/ratings/lock", guards=Guards)
async def lock(interview_id: FromPath[str], session: Session, account: SignedIn) -> Redirect:
    """Lock one's own ratings, and see what others rated."""
    await desk.lock(session, ids.parse(interview_id, "interview"), actor=account)
    return _back(interview_id)


@post("/interviews/{interview_id:str}/ratings/unlock", guards=[roles.allow(roles.ADMIN)])
async def unlock(
    interview_id: FromPath[str],
    session: Session,
    account: SignedIn,
    data: URLEncodedBody[UnlockForm],
) -> Redirect:
    """Let somebody change their ratings again."""
    number = ids.parse(interview_id, "interview")
    whose = ids.parse(data.interviewer, "interviewer")
    await desk.unlock(session, number, whose, data.reason, actor=account)
    return _back(interview_id)


async def _answers(session: AsyncSession, interview_id: int) -> dict[int, str]:
    """What was said, by turn. Nothing that a machine made of it."""
    turns = await turn_views.turns_of(session, interview_id)
    return {turn.id: " ".join(line.text for line in turn.answer) for turn in turns}


def _back(interview_id: str) -> Redirect:
    return Redirect(f"/interviews/{ids.parse(interview_id, 'interview')}/ratings", status_code=303)


router = Router("/", route_handlers=[ratings_page, lock, unlock], include_in_schema=False)
