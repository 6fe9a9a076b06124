"""The plan of one interview: where each question is from, and another in its place."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import i18n, ids, plan_actions, problems
from central.dashboard.actions import FromBank
from central.dashboard.auth import roles
from central.dashboard.pages import words
from central.dashboard.wants import Session, SignedIn
from central.errors import Refused
from central.storage import bank_views, interview_questions, interviews, plan_edits, question_traces
from central.storage.interview_questions import TypedQuestion
from central.storage.interviews import InterviewView
from central.storage.users import Account

AnyRequest = Request[Any, Any, Any]
STAFF = [roles.allow(*roles.STAFF)]


class ReplaceForm(msgspec.Struct, frozen=True):
    """Another question: typed, or else one of the bank."""

    text: str = ""
    bank: str = ""


class StageForm(msgspec.Struct, frozen=True):
    """One of the stages that have a scheme."""

    stage: str = ""


@get("/interviews/{interview_id:str}/plan", guards=STAFF)
async def plan(request: AnyRequest, interview_id: FromPath[str], session: Session) -> Template:
    """Every question with its source."""
    view = await _interview(session, interview_id)
    return await _page(session, view, done=request.query_params.get("done", ""))


@post("/interviews/{interview_id:str}/plan/{question_id:str}", guards=STAFF)
async def replace(  # noqa: PLR0917 - Litestar gives them by name
    request: AnyRequest,
    interview_id: FromPath[str],
    question_id: FromPath[str],
    session: Session,
    account: SignedIn,
    data: URLEncodedBody[ReplaceForm],
) -> Response[Any]:
    """Put another question in its place, or say why not."""
    view = await _interview(session, interview_id)
    try:
        await _replace(session, view.id, ids.parse(question_id, "question"), data, account)
    except Refused as refused:
        await session.rollback()
        said = problems.localised(problems.of(refused), i18n.language_of(request))
        return await _page(session, view, problem=said, status=refused.status)
    return Redirect(f"/interviews/{view.id}/plan?done=replaced", status_code=303)


@post("/interviews/{interview_id:str}/plan/{question_id:str}/remove", guards=STAFF)
async def remove(
    interview_id: FromPath[str], question_id: FromPath[str], session: Session, account: SignedIn
) -> Redirect:
    """Ask it not."""
    view = await _interview(session, interview_id)
    number = ids.parse(question_id, "question")
    await plan_actions.remove_question(session, view.id, number, actor=account)
    return Redirect(f"/interviews/{view.id}/plan?done=removed", status_code=303)


@post("/interviews/{interview_id:str}/stage", guards=STAFF)
async def set_stage(
    interview_id: FromPath[str],
    session: Session,
    account: SignedIn,
    data: URLEncodedBody[StageForm],
) -> Redirect:
    """Another stage, while no room has the plan."""
    view = await _interview(session, interview_id)
    stage = ids.parse(data.stage, "stage")
    await plan_actions.set_stage(session, view.id, stage, actor=account)
    return Redirect(f"/interviews/{view.id}/plan?done=staged", status_code=303)


async def _replace(
    session: AsyncSession, interview_id: int, question_id: int, form: ReplaceForm, account: Account
) -> None:
    text = form.text.strip()
    by = TypedQuestion(text) if text else FromBank(ids.parse(form.bank, "question"))
    await plan_actions.replace_question(session, interview_id, question_id, by, actor=account)


async def _interview(session: AsyncSession, interview_id: str) -> InterviewView:
    view = await interviews.get(session, ids.parse(interview_id, "interview"))
    if view is None:
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    return view


async def _page(
    session: AsyncSession,
    view: InterviewView,
    *,
    problem: str = "",
    status: int = 200,
    done: str = "",
) -> Template:
    questions = await interview_questions.questions_of(session, view.id)
    editable = view.status == "scheduled" and not await plan_edits.with_room(session, view.id)
    context = {
        "page": "plan",
        "interview": view,
        "questions": questions,
        "sources": await question_traces.sources_of(session, view.id),
        "being_worded": editable and await question_traces.being_worded(session, view.id),
        "editable": editable,
        "bank": await bank_views.find(session, language=view.language) if editable else (),
        "problem": problem,
        "done": words.DONE.get(done),
    }
    return Template("plan.html", context=context, status_code=status)


router = Router("/", route_handlers=[plan, replace, remove, set_stage], include_in_schema=False)
