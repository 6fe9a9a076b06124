"""The list of interviews, a form for a new one, and cancelling."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import actions, i18n, ids, people, problems
from central.dashboard.auth import roles
from central.dashboard.pages import words
from central.dashboard.wants import Profiles, Session, SignedIn, ToRooms
from central.errors import Refused
from central.policy import Policies
from central.storage import interviews, live_rooms, postings, surveys, users
from central.storage.interviews import NewInterview
from central.storage.users import Account, NewUser

PAGE: Final = 50
MOST_QUESTIONS: Final = 12
AnyRequest = Request[Any, Any, Any]


SILENCES_S = ("2", "3", "5", "8", "15", "30")


class NewForm(msgspec.Struct, frozen=True):
    """As `interview_new.html` sends it. `candidate` empty: a new one with this name and e-mail."""

    candidate: str = ""
    posting: str = ""
    policy: str = ""
    full_name: str = ""
    email: str = ""
    position: str = ""
    company: str = ""
    language: str = "ko"
    stage: str = "1"
    questions: str = "4"
    scheduled: str = ""
    silence: str = "3"
    typed: str = ""


@get("/interviews", guards=[roles.allow(*roles.STAFF, roles.CANDIDATE)])
async def listing(request: AnyRequest, session: Session, account: SignedIn) -> Template:
    """Interviews, newest first; a candidate sees their own."""
    status = request.query_params.get("status", "")
    before = request.query_params.get("before", "")
    own = account.role == roles.CANDIDATE
    found = await interviews.find(
        session,
        status=status if status in words.STATUS else None,
        candidate_id=account.id if own else None,
        before_id=ids.parse(before, "interview") if before else None,
        limit=PAGE + 1,
    )
    context = {
        "survey": None if own else await surveys.means(session),
        "page": "interviews",
        "found": found[:PAGE],
        "more_before": found[PAGE - 1].id if len(found) > PAGE else None,
        "status": status,
        "own": own,
        "rooms": () if own else await live_rooms.list_rooms(session),
        "done": words.DONE.get(request.query_params.get("done", "")),
    }
    return Template("interviews.html", context=context)


@get("/interviews/new", guards=[roles.allow(*roles.STAFF)])
async def new_page(request: AnyRequest, session: Session, policies: Profiles) -> Template:
    """The empty form; `?posting=` chooses one."""
    form = NewForm(posting=request.query_params.get("posting", ""))
    return await _form(session, policies, form, "", 200)


@post("/interviews", guards=[roles.allow(*roles.STAFF)])
async def create(
    request: AnyRequest,
    session: Session,
    policies: Profiles,
    account: SignedIn,
    data: URLEncodedBody[NewForm],
) -> Response[Any]:
    """Schedule it, or say what is wrong in the form."""
    try:
        policies.named(data.policy or None)
        new = await _wanted(session, data, account)
        await actions.schedule(session, new, questions=_count(data.questions), actor=account)
    except Refused as refused:
        await session.rollback()
        said = problems.localised(problems.of(refused), i18n.language_of(request))
        return await _form(session, policies, data, said, refused.status)
    return Redirect("/interviews?done=scheduled", status_code=303)


@post("/interviews/{interview_id:str}/cancel", guards=[roles.allow(*roles.STAFF)])
async def cancel(
    interview_id: FromPath[str], session: Session, bus: ToRooms, account: SignedIn
) -> Redirect:
    """Take a scheduled interview back."""
    await actions.cancel(session, bus, ids.parse(interview_id, "interview"), actor=account)
    return Redirect("/interviews?done=cancelled", status_code=303)


async def _form(
    session: AsyncSession, policies: Policies, form: NewForm, problem: str, status: int
) -> Template:
    context = {
        "page": "interviews",
        "form": form,
        "problem": problem,
        "postings": await postings.find(session, only_open=True),
        "profiles": policies.profiles,
        "default_policy": policies.default,
        "candidates": await users.find(session, role="candidate"),
        "most_questions": MOST_QUESTIONS,
        "silences": SILENCES_S,
    }
    return Template("interview_new.html", context=context, status_code=status)


async def _wanted(session: AsyncSession, form: NewForm, account: Account) -> NewInterview:
    position = " ".join(form.position.split())
    if not position and not form.posting:
        raise Refused("position_missing", 422, "Name the position that the interview is for.")
    if form.language not in i18n.LANGUAGES:
        raise Refused("language_unknown", 422, "An interview is in Korean or in English.")
    when = _when(form.scheduled)
    candidate = (
        ids.parse(form.candidate, "candidate")
        if form.candidate
        else await _new_candidate(session, form, account)
    )
    return NewInterview(
        candidate_id=candidate,
        position=position[:120],
        posting_id=ids.parse(form.posting, "posting") if form.posting else None,
        policy_profile=form.policy or None,
        language=form.language,
        stage=ids.parse(form.stage, "stage"),
        company=" ".join(form.company.split())[:120] or None,
        scheduled_time=when,
        answer_end_silence_ms=_silence_ms(form.silence),
        typed_answers=form.typed == "yes",
    )


async def _new_candidate(session: AsyncSession, form: NewForm, account: Account) -> int:
    """An account that nobody can sign in to: who sits in a room needs none."""
    name, email = " ".join(form.full_name.split()), form.email.strip()
    if not name or not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise Refused(
            "candidate_missing", 422, "Choose a candidate, or give a new one's name and e-mail."
        )
    new = NewUser(
        email=email,
        username=email,
        role=roles.CANDIDATE,
        password_hash="",
        full_name=name,
        language=form.language,
    )
    return (await people.add_user(session, new, None, actor=account)).id


def _count(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_QUESTIONS:
        return int(text)
    raise Refused("question_count", 422, f"Choose between 1 and {MOST_QUESTIONS} questions.")


def _silence_ms(text: str) -> int:
    """One of the choices of the form."""
    if text not in SILENCES_S:
        raise Refused("silence_unknown", 422, "Choose one of the times that end an answer.")
    return int(text) * 1_000


def _when(text: str) -> datetime | None:
    """A `datetime-local` field, in the site's own time zone."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise Refused("time_unreadable", 422, "The time is not a date and time.") from error


router = Router("/", route_handlers=[listing, new_page, create, cancel], include_in_schema=False)
