"""The page on which an interview is rated: one's own ratings first, then what others rated."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import desk, ids, panel
from central.dashboard.auth import roles
from central.dashboard.wants import Reveal, Session, SignedIn
from central.storage import turn_views
from central.storage.panels import Agreed

Guards: Any = [roles.allow(*roles.STAFF)]


class UnlockForm(msgspec.Struct, frozen=True):
    """Whose ratings are to be opened again, and why."""

    interviewer: str = ""
    reason: str = ""


class ConsensusForm(msgspec.Struct, frozen=True):
    """What the panel agreed on; `level` 1 to 5, or "none": no basis to judge."""

    question: str = ""
    criterion: str = ""
    level: str = ""
    reason: str = ""


class DecisionForm(msgspec.Struct, frozen=True):
    """What becomes of the candidate."""

    outcome: str = ""
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
        "panel": await panel.look(session, found),
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


@post("/interviews/{interview_id:str}/ratings/consensus", guards=Guards)
async def agree(
    interview_id: FromPath[str],
    session: Session,
    account: SignedIn,
    reveal: Reveal,
    data: URLEncodedBody[ConsensusForm],
) -> Redirect:
    """Write what the panel agreed on."""
    number = ids.parse(interview_id, "interview")
    question = ids.parse(data.question, "criterion")
    new = Agreed(question, data.criterion, _level(data.level), data.reason)
    await panel.agree(session, number, new, actor=account, rule=reveal)
    return _back(interview_id)


@post("/interviews/{interview_id:str}/ratings/decision", guards=Guards)
async def decide(
    interview_id: FromPath[str],
    session: Session,
    account: SignedIn,
    reveal: Reveal,
    data: URLEncodedBody[DecisionForm],
) -> Redirect:
    """Decide about the candidate."""
    number = ids.parse(interview_id, "interview")
    await panel.decide(session, number, data.outcome, data.reason, actor=account, rule=reveal)
    return _back(interview_id)


def _level(text: str) -> int | None:
    """A choice of the form; what is none of them is no level."""
    if text == "none":
        return None
    return int(text) if text in {"1", "2", "3", "4", "5"} else 0


async def _answers(session: AsyncSession, interview_id: int) -> dict[int, str]:
    """What was said, by turn. Nothing that a machine made of it."""
    turns = await turn_views.turns_of(session, interview_id)
    return {turn.id: " ".join(line.said for line in turn.answer) for turn in turns}


def _back(interview_id: str) -> Redirect:
    return Redirect(f"/interviews/{ids.parse(interview_id, 'interview')}/ratings", status_code=303)


router = Router(
    "/", route_handlers=[ratings_page, lock, unlock, agree, decide], include_in_schema=False
)
