"""The plan of one interview: where each question is from, and another in its place."""

from __future__ import annotations

import msgspec
from litestar import delete, get, put
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import ids, plan_actions
from central.dashboard.actions import FromBank
from central.dashboard.api import access, shapes
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn
from central.errors import Refused
from central.language.planning.trace import Made, Source
from central.storage import interview_questions, question_traces
from central.storage.interview_questions import TypedQuestion
from central.storage.users import Account

STAFF = [roles.allow(*roles.STAFF)]


class Replacement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Exactly one of the two: typed, or of the bank."""

    content: str | None = None
    bank_question_id: str | None = None


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As in `POST /interviews`."""

    stage: int


class Traced(msgspec.Struct, frozen=True):
    """A question of the plan with where it is from. `made`: what a model wrote, what was refused and
    why, and by which versions; null where no model was asked.
    """

    question: shapes.Question
    slot: str | None
    competency: str | None
    follow_up_of: str | None
    about: str | None
    sources: tuple[Source, ...]
    made: Made | None


class Plan(msgspec.Struct, frozen=True):
    """`being_worded`: a model may still put other words in place of the bank's."""

    interview_id: str
    posting_id: str | None
    being_worded: bool
    questions: tuple[Traced, ...]


@get("/interviews/{interview_id:str}/plan", guards=STAFF)
async def read_plan(interview_id: FromPath[str], session: Session, account: SignedIn) -> Plan:
    """In planned order, follow-ups after them."""
    return await _plan(interview_id, session, account)


@put("/interviews/{interview_id:str}/questions/{question_id:str}", guards=STAFF)
async def replace_question(
    interview_id: FromPath[str],
    question_id: FromPath[str],
    data: JSONBody[Replacement],
    session: Session,
    account: SignedIn,
) -> Plan:
    """Another question in its place, while no room has the plan."""
    number = ids.parse(interview_id, "interview")
    await plan_actions.replace_question(
        session, number, ids.parse(question_id, "question"), _by(data), actor=account
    )
    return await _plan(interview_id, session, account)


@delete("/interviews/{interview_id:str}/questions/{question_id:str}", guards=STAFF)
async def remove_question(
    interview_id: FromPath[str], question_id: FromPath[str], session: Session, account: SignedIn
) -> None:
    """Ask it not, while no room has the plan."""
    number = ids.parse(interview_id, "interview")
    await plan_actions.remove_question(
        session, number, ids.parse(question_id, "question"), actor=account
    )


@put("/interviews/{interview_id:str}/stage", guards=STAFF)
async def set_stage(
    interview_id: FromPath[str], data: JSONBody[Stage], session: Session, account: SignedIn
) -> shapes.Interview:
    """Another stage, while no room has the plan."""
    number = ids.parse(interview_id, "interview")
    await plan_actions.set_stage(session, number, data.stage, actor=account)
    return shapes.interview(await access.visible(session, account, interview_id))


async def _plan(interview_id: str, session: AsyncSession, account: Account) -> Plan:
    view = await access.visible(session, account, interview_id)
    sources = await question_traces.sources_of(session, view.id)
    return Plan(
        interview_id=str(view.id),
        posting_id=None if view.posting_id is None else str(view.posting_id),
        being_worded=await question_traces.being_worded(session, view.id),
        questions=tuple(
            Traced(
                question=shapes.question(one, for_staff=True),
                slot=one.slot,
                competency=one.competency,
                follow_up_of=None if one.follow_up_of is None else str(one.follow_up_of),
                about=one.about,
                sources=sources.get(one.id, ()),
                made=one.made,
            )
            for one in await interview_questions.questions_of(session, view.id)
        ),
    )


def _by(data: Replacement) -> TypedQuestion | FromBank:
    match data.content, data.bank_question_id:
        case str(text), None:
            return TypedQuestion(text)
        case None, str(bank):
            return FromBank(ids.parse(bank, "question"))
        case _:
            raise Refused("question_choice", 422, "Give content or bank_question_id.")


HANDLERS = (read_plan, replace_question, remove_question, set_stage)
