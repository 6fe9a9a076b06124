"""Interviews as people plan and find them. What happens in them is a projection of the rooms' records;
people only schedule and cancel.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.interview import check_in
from central.interview.policy import Policy
from central.storage import audit
from central.storage.tables import (
    EvaluationReport,
    Interview,
    InterviewQuestion,
    Room,
    Turn,
    User,
)

LEAST_SILENCE_MS, DEFAULT_SILENCE_MS, MOST_SILENCE_MS = 2_000, 3_000, 30_000
"""That ends an answer. Breath and thought take up to two seconds of anybody's sentences."""


@dataclass(frozen=True, slots=True)
class InterviewView:
    """One interview. `status`: scheduled, live, completed or cancelled. `answered_count` counts turns
    that ended.
    """

    id: int
    candidate_id: int
    posting_id: int | None
    candidate_name: str
    created_by: int | None
    room_code: str | None
    room_name: str | None
    position: str
    company: str | None
    language: str
    stage: int
    status: str
    scheduled_time: datetime | None
    start_time: datetime | None
    end_time: datetime | None
    end_reason: str | None
    recording_consent: bool | None
    scoring_consent: bool | None
    emotion_consent: bool | None
    policy_profile: str | None
    """The profile chosen for it; None: the site's."""
    policy: Policy | None
    """What it may measure, from its start on; None before, and in interviews older than policies."""
    overall_score: float | None
    """Over `overall_coverage` (0 to 1) of the weight of `overall_scheme`; None where nothing was
    assessed, and all three before the report.
    """
    overall_scheme: str | None
    overall_coverage: float | None
    created_at: datetime
    question_count: int
    answered_count: int
    has_report: bool
    check_in_code: str | None = None
    """None in interviews of before: a button begins them."""
    checked_in_at: datetime | None = None
    checked_in_by: str | None = None
    """A `CheckInWay`; empty: the room did not tell."""
    awaits_words: bool = False
    """Its candidate is yet to confirm what was understood."""
    kept_until: date | None = None
    """The day on which it is erased; None: by no date, or it has not begun."""
    held: bool = False
    """It is not erased until somebody releases it."""


@dataclass(frozen=True, slots=True)
class NewInterview:
    """What is needed to schedule one."""

    candidate_id: int
    position: str
    language: str = "ko"
    company: str | None = None
    scheduled_time: datetime | None = None
    stage: int = 1
    policy_profile: str | None = None
    posting_id: int | None = None
    """Of the posting whose plan it has."""
    answer_end_silence_ms: int = DEFAULT_SILENCE_MS
    """`LEAST_SILENCE_MS` to `MOST_SILENCE_MS`."""
    typed_answers: bool = False


async def create(session: AsyncSession, new: NewInterview, *, actor_id: int | None) -> int:
    """Schedule an interview without questions; returns its id. Questions: `interview_questions`.

    Raises `Refused` (candidate_unknown) where the candidate is no active account of a candidate.
    """
    candidate = await session.get(User, new.candidate_id)
    if candidate is None or candidate.role != "candidate" or not candidate.is_active:
        raise Refused("candidate_unknown", 422, "There is no active candidate with this id.")
    row = Interview(
        candidate_id=new.candidate_id,
        created_by=actor_id,
        position=new.position,
        company=new.company,
        language=new.language,
        answer_end_silence_ms=new.answer_end_silence_ms,
        typed_answers=new.typed_answers,
        scheduled_time=new.scheduled_time,
        stage=new.stage,
        policy_profile=new.policy_profile,
        posting_id=new.posting_id,
        check_in_code=check_in.new_code(secrets.choice),
    )
    session.add(row)
    await session.flush()
    audit.write(
        session,
        actor_id=actor_id,
        action="interview.create",
        subject=f"interview:{row.id}",
        detail={"position": new.position, "language": new.language, "stage": new.stage},
    )
    return row.id


async def find(
    session: AsyncSession,
    *,
    status: str | None = None,
    candidate_id: int | None = None,
    room_code: str | None = None,
    limit: int = 100,
    before_id: int | None = None,
    ids: Sequence[int] | None = None,
) -> tuple[InterviewView, ...]:
    """Interviews, newest first, at most `limit`; go on with `before_id` = the last id seen."""
    wanted: list[ColumnElement[bool]] = []
    if status is not None:
        wanted.append(Interview.status == status)
    if candidate_id is not None:
        wanted.append(Interview.candidate_id == candidate_id)
    if room_code is not None:
        wanted.append(Room.code == room_code)
    if ids is not None:
        wanted.append(Interview.id.in_(ids))
    if before_id is not None:
        wanted.append(Interview.id < before_id)
    query = _query().where(*wanted).order_by(Interview.id.desc()).limit(limit)
    return tuple(_from(row) for row in (await session.execute(query)).all())


async def get(session: AsyncSession, interview_id: int) -> InterviewView | None:
    """One interview, or None where there is none."""
    row = (await session.execute(_query().where(Interview.id == interview_id))).one_or_none()
    return None if row is None else _from(row)


async def locked(session: AsyncSession, interview_id: int) -> Interview:
    """The row, locked until the transaction ends.

    Raises `Refused` (interview_unknown) where there is none.
    """
    query = select(Interview).where(Interview.id == interview_id).with_for_update()
    row = (await session.scalars(query)).one_or_none()
    if row is None:
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    return row


def _query() -> Select[Any]:
    asked = exists().where(Turn.question_id == InterviewQuestion.id)
    questions = (
        select(func.count())
        .where(
            InterviewQuestion.interview_id == Interview.id,
            InterviewQuestion.follow_up_of.is_(None) | asked,  # a follow-up may never be needed
        )
        .scalar_subquery()
    )
    answered = (
        select(func.count())
        .where(Turn.interview_id == Interview.id, Turn.ended_at.is_not(None))
        .scalar_subquery()
    )
    reported = exists().where(EvaluationReport.interview_id == Interview.id)
    return (
        select(Interview, User, Room, questions, answered, reported)
        .join(User, User.id == Interview.candidate_id)
        .outerjoin(Room, Room.id == Interview.room_id)
    )


def _from(row: Row[*tuple[Any, ...]]) -> InterviewView:
    interview, candidate, room, questions, answered, reported = row
    return _view(
        interview, candidate, room, questions=questions, answered=answered, reported=reported
    )


def _view(
    row: Interview,
    candidate: User,
    room: Room | None,
    *,
    questions: int,
    answered: int,
    reported: bool,
) -> InterviewView:
    return InterviewView(
        id=row.id,
        candidate_id=row.candidate_id,
        posting_id=row.posting_id,
        candidate_name=candidate.full_name or candidate.username,
        created_by=row.created_by,
        room_code=None if room is None else room.code,
        room_name=None if room is None else room.name,
        position=row.position,
        company=row.company,
        language=row.language,
        stage=row.stage,
        status=row.status,
        scheduled_time=row.scheduled_time,
        start_time=row.start_time,
        end_time=row.end_time,
        end_reason=row.end_reason,
        recording_consent=row.recording_consent,
        scoring_consent=row.scoring_consent,
        emotion_consent=row.emotion_consent,
        policy_profile=row.policy_profile,
        policy=None if row.policy is None else msgspec.convert(row.policy, Policy),
        overall_score=row.overall_score,
        overall_scheme=row.overall_scheme,
        overall_coverage=row.overall_coverage,
        created_at=row.created_at,
        question_count=questions,
        answered_count=answered,
        has_report=reported,
        check_in_code=row.check_in_code,
        checked_in_at=row.checked_in_at,
        checked_in_by=row.checked_in_by,
        awaits_words=row.awaits_words,
        kept_until=row.kept_until,
        held=row.held_at is not None,
    )
