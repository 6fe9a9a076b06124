"""The questions of an interview, and the bank they come from."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from central.dashboard import actions, ids
from central.dashboard.actions import FromBank, Planned, Pushed
from central.dashboard.api import access, shapes
from central.dashboard.api.interviews import THOSE_CONCERNED
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn
from central.errors import Refused
from central.storage import bank_views, interview_questions
from central.storage.interview_questions import TypedQuestion

Category = Literal["technical", "behavioral", "situational", "cultural_fit"]
Difficulty = Literal["easy", "medium", "hard"]


class NewQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Exactly one of `content` (typed, not marked by a machine), `bank_question_id` or, to push, the
    `question_id` of a planned one.
    """

    content: str | None = None
    bank_question_id: str | None = None
    question_id: str | None = None
    category: Category = "behavioral"
    difficulty: Difficulty = "medium"
    answer_limit_ms: Annotated[int, msgspec.Meta(ge=10_000, le=600_000)] = 120_000
    think_ms: Annotated[int, msgspec.Meta(ge=0, le=120_000)] = 0


class PushedQuestion(NewQuestion, frozen=True, forbid_unknown_fields=True):
    """`key`: the sender's own name for this push. Sent again, as after an answer that was lost, it is
    the same push; empty: it has none.
    """

    key: Annotated[str, msgspec.Meta(max_length=64)] = ""


class BankQuestion(msgspec.Struct, frozen=True):
    """A reviewed question."""

    id: str
    key: str
    language: str
    content: str
    category: str
    difficulty: str
    question_type: str
    position: str | None
    rubric_json: dict[str, Any]


@get("/interviews/{interview_id:str}/questions", guards=[roles.allow(*THOSE_CONCERNED)])
async def list_questions(
    interview_id: FromPath[str], session: Session, account: SignedIn
) -> list[shapes.Question]:
    """In planned order. A candidate sees what was asked already, without rubrics."""
    view = await access.visible(session, account, interview_id)
    staff = access.is_staff(account)
    return [
        shapes.question(question, for_staff=staff)
        for question in await interview_questions.questions_of(session, view.id)
        if staff or question.turn_id is not None
    ]


@post("/interviews/{interview_id:str}/questions", guards=[roles.allow(*roles.STAFF)])
async def add_question(
    interview_id: FromPath[str], data: JSONBody[NewQuestion], session: Session, account: SignedIn
) -> shapes.Question:
    """Add a question to the plan: typed, or of the bank."""
    number = ids.parse(interview_id, "interview")
    wanted = wanted_of(data)
    if isinstance(wanted, Planned):
        raise Refused("question_choice", 422, "Give content or bank_question_id.")
    added = await actions.add_question(session, number, wanted, actor=account)
    views = await interview_questions.questions_of(session, number)
    return next(shapes.question(view, for_staff=True) for view in views if view.id == added)


@get("/questions", guards=[roles.allow(*roles.STAFF)])
async def list_bank(
    session: Session,
    language: FromQuery[Literal["ko", "en"] | None] = None,
    category: FromQuery[Category | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 200,
) -> list[BankQuestion]:
    """The reviewed bank."""
    found = await bank_views.find(session, language=language, category=category, limit=limit)
    return [
        BankQuestion(
            id=str(view.id),
            key=view.key,
            language=view.language,
            content=view.content,
            category=view.category,
            difficulty=view.difficulty,
            question_type=view.question_type,
            position=view.position,
            rubric_json=view.rubric,
        )
        for view in found
    ]


def wanted_of(data: JSONBody[NewQuestion]) -> Pushed:
    """Which of the three it is. Raises `Refused` (question_choice) for none or several."""
    match data.content, data.bank_question_id, data.question_id:
        case str(text), None, None:
            return TypedQuestion(
                text, data.category, data.difficulty, data.answer_limit_ms, data.think_ms
            )
        case None, str(bank), None:
            return FromBank(ids.parse(bank, "question"))
        case None, None, str(planned):
            return Planned(ids.parse(planned, "question"))
        case _:
            raise Refused(
                "question_choice", 422, "Give one of content, bank_question_id, question_id."
            )


HANDLERS = (list_questions, add_question, list_bank)
