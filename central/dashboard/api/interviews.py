"""Interviews and their transcripts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from central.dashboard import actions, ids, seal
from central.dashboard.api import access, shapes
from central.dashboard.auth import roles
from central.dashboard.wants import Profiles, Reveal, Session, SignedIn
from central.errors import Refused
from central.storage import interviews, turn_views
from central.storage.interviews import NewInterview

THOSE_CONCERNED = (roles.CANDIDATE, *roles.STAFF)
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An interview to be planned. `posting_id`: with the posting's position and questions; else give
    `position`, and `question_count` questions are chosen from the bank, 0 for none. `policy` names a
    profile, for example "kr"; null: the site's. `stage`: 1 the AI interview, 2 with those one would
    work with, 3 with executives; it says of what the total is made.
    """

    candidate_id: str
    position: Short | None = None
    posting_id: str | None = None
    language: Literal["ko", "en"] = "ko"
    company: Short | None = None
    stage: int = 1
    scheduled_time: datetime | None = None
    policy: Annotated[str, msgspec.Meta(min_length=1, max_length=32)] | None = None
    question_count: Annotated[int, msgspec.Meta(ge=0, le=20)] = 5
    answer_end_silence_s: Annotated[int, msgspec.Meta(ge=2, le=30)] = 3
    """Silence that ends an answer: more for who needs more time."""
    typed_answers: bool = False
    """The candidate answers in writing, with three times the time."""


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line that the interviewer adds."""

    text: str


@post("/interviews", guards=[roles.allow(*roles.STAFF)])
async def schedule(
    data: JSONBody[Schedule], session: Session, policies: Profiles, account: SignedIn
) -> shapes.Interview:
    """Plan an interview with questions of the bank."""
    policies.named(data.policy)
    if (data.position is None) == (data.posting_id is None):
        raise Refused("posting_or_position", 422, "Give a posting_id or a position.")
    new = NewInterview(
        candidate_id=ids.parse(data.candidate_id, "candidate"),
        position=data.position or "",
        posting_id=None if data.posting_id is None else ids.parse(data.posting_id, "posting"),
        language=data.language,
        company=data.company,
        stage=data.stage,
        scheduled_time=data.scheduled_time,
        policy_profile=data.policy,
        answer_end_silence_ms=data.answer_end_silence_s * 1_000,
        typed_answers=data.typed_answers,
    )
    interview_id = await actions.schedule(
        session, new, questions=data.question_count, actor=account
    )
    return shapes.interview(await access.visible(session, account, str(interview_id)))


@get("/interviews", guards=[roles.allow(*THOSE_CONCERNED)])
async def list_interviews(
    session: Session,
    account: SignedIn,
    reveal: Reveal,
    *,
    status: FromQuery[Literal["scheduled", "live", "completed", "cancelled"] | None] = None,
    room: FromQuery[str | None] = None,
    before: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 100,
) -> list[shapes.Interview]:
    """The newest first; a candidate sees their own. Go on with `before` = the last id."""
    found = await interviews.find(
        session,
        status=status,
        room_code=room,
        candidate_id=None if access.is_staff(account) else account.id,
        before_id=None if before is None else ids.parse(before, "interview"),
        limit=limit,
    )
    shown = await seal.open_among(session, account, [view.id for view in found], reveal)
    return [
        shapes.interview(view if view.id in shown else seal.without_score(view)) for view in found
    ]


@get("/interviews/{interview_id:str}", guards=[roles.allow(*THOSE_CONCERNED)])
async def get_interview(
    interview_id: FromPath[str], session: Session, account: SignedIn, reveal: Reveal
) -> shapes.Interview:
    """One interview; `overall_score` and what it is of are null while it is sealed."""
    view = await access.visible(session, account, interview_id)
    sealed = await seal.is_sealed(session, account, view.id, reveal)
    return shapes.interview(seal.without_score(view) if sealed else view)


@get("/interviews/{interview_id:str}/transcripts", guards=[roles.allow(*THOSE_CONCERNED)])
async def list_transcripts(
    interview_id: FromPath[str], session: Session, account: SignedIn
) -> list[shapes.TranscriptLine]:
    """What was said, in order. Refused recognitions and the interviewer's notes are for staff."""
    view = await access.visible(session, account, interview_id)
    lines = await turn_views.lines_of(session, view.id)
    if not access.is_staff(account):
        lines = tuple(line for line in lines if line.accepted and line.speaker != "Interviewer")
    return [shapes.line(line) for line in lines]


@post("/interviews/{interview_id:str}/transcripts", guards=[roles.allow(*roles.STAFF)])
async def add_transcript(
    interview_id: FromPath[str], data: JSONBody[Note], session: Session, account: SignedIn
) -> shapes.TranscriptLine:
    """Add the interviewer's line. The words of the room come from the room."""
    number = ids.parse(interview_id, "interview")
    return shapes.line(await actions.add_note(session, number, data.text, actor=account))


HANDLERS = (schedule, list_interviews, get_interview, list_transcripts, add_transcript)
