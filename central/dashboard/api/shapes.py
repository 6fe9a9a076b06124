"""What the API says, as types that OpenAPI describes. Ids are strings; times are RFC 3339 with zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from central.storage.commands_out import Sent
from central.storage.interview_questions import QuestionView
from central.storage.interviews import InterviewView
from central.storage.turn_views import Line
from central.storage.users import Account


class User(msgspec.Struct, frozen=True):
    """An account."""

    id: str
    email: str
    username: str
    role: str
    full_name: str | None
    language: str
    is_active: bool
    created_at: datetime


class Token(msgspec.Struct, frozen=True):
    """An access token, as OAuth2 has it."""

    access_token: str
    expires_in: int
    token_type: str = "bearer"  # noqa: S105 - the name of the scheme


class Interview(msgspec.Struct, frozen=True):
    """One interview. `status`: scheduled, live, completed or cancelled. `policy`: the profile that it
    began with, or was given; null: the site's, before it begins.
    """

    id: str
    candidate_id: str
    candidate_name: str
    position: str
    company: str | None
    language: str
    stage: int
    status: str
    room: str | None
    scheduled_time: datetime | None
    start_time: datetime | None
    end_time: datetime | None
    end_reason: str | None
    recording_consent: bool | None
    scoring_consent: bool | None
    emotion_consent: bool | None
    policy: str | None
    overall_score: float | None
    overall_scheme: str | None
    overall_coverage: float | None
    question_count: int
    answered_count: int
    has_report: bool
    created_at: datetime
    check_in_code: str | None
    """What the candidate types or shows at the kiosk; null: a button begins the interview."""
    checked_in_at: datetime | None
    checked_in_by: str | None
    """code, qr, staff, button or replay; empty: the room did not tell."""
    kept_until: date | None
    """The day on which all of it is deleted; null: by no date, or it has not begun."""
    held: bool
    """It is kept beyond that day, until somebody releases it."""


class Question(msgspec.Struct, frozen=True):
    """A question of one interview. `state`: planned, asking, answered, skipped
    or does_not_know. `rubric_json` is for
    staff only.
    """

    question_id: str
    content: str
    category: str
    difficulty: str
    source: str
    order: int
    state: str
    answer_limit_ms: int
    think_ms: int
    rubric_json: dict[str, Any] | None


class TranscriptLine(msgspec.Struct, frozen=True):
    """What one utterance said. `speaker`: AI, User or Interviewer. `sentiment_score` and `emotion` are
    null: not assessed. `said_by`: room, candidate, interviewer or null (unknown). `said_by_why`:
    played, channel, voice, nothing (that was clear) or null (nobody asked); `said_by_margin`: a share of
    the time, dB, or a difference of cosines. `text` is what was recognised; `corrected`: the candidate's
    own words for it, null where they wrote none; `corrected_counts`: marks rest on those.
    """

    id: str
    interview_id: str
    turn_id: str | None
    speaker: str
    text: str
    timestamp: datetime
    ended_at: datetime
    order: int
    language: str
    confidence: float | None
    engine: str
    accepted: bool
    reject_reason: str | None
    said_by: str | None
    said_by_why: str | None
    said_by_margin: float | None
    sentiment_score: float | None
    emotion: str | None
    corrected: str | None
    corrected_counts: bool


class Command(msgspec.Struct, frozen=True):
    """A command that is on its way to a room; what came of it is in `GET /rooms/{code}`."""

    command_id: str
    room: str
    kind: str
    state: str = "open"


def user(account: Account) -> User:
    """An account for the API."""
    return User(
        id=str(account.id),
        email=account.email,
        username=account.username,
        role=account.role,
        full_name=account.full_name,
        language=account.language,
        is_active=account.is_active,
        created_at=account.created_at,
    )


def interview(view: InterviewView) -> Interview:
    """An interview for the API."""
    return Interview(
        id=str(view.id),
        candidate_id=str(view.candidate_id),
        candidate_name=view.candidate_name,
        position=view.position,
        company=view.company,
        language=view.language,
        stage=view.stage,
        status=view.status,
        room=view.room_code,
        scheduled_time=view.scheduled_time,
        start_time=view.start_time,
        end_time=view.end_time,
        end_reason=view.end_reason,
        recording_consent=view.recording_consent,
        scoring_consent=view.scoring_consent,
        emotion_consent=view.emotion_consent,
        policy=view.policy.profile if view.policy else view.policy_profile,
        overall_score=view.overall_score,
        overall_scheme=view.overall_scheme,
        overall_coverage=view.overall_coverage,
        question_count=view.question_count,
        answered_count=view.answered_count,
        has_report=view.has_report,
        created_at=view.created_at,
        check_in_code=view.check_in_code,
        checked_in_at=view.checked_in_at,
        checked_in_by=view.checked_in_by,
        kept_until=view.kept_until,
        held=view.held,
    )


def question(view: QuestionView, *, for_staff: bool) -> Question:
    """A question for the API; a candidate gets no rubric."""
    return Question(
        question_id=str(view.id),
        content=view.text,
        category=view.category,
        difficulty=view.difficulty,
        source=view.source,
        order=view.ordinal,
        state=view.state,
        answer_limit_ms=view.answer_limit_ms,
        think_ms=view.think_ms,
        rubric_json=view.rubric if for_staff else None,
    )


def line(view: Line) -> TranscriptLine:
    """A transcript line for the API."""
    return TranscriptLine(
        id=str(view.id),
        interview_id=str(view.interview_id),
        turn_id=None if view.turn_id is None else str(view.turn_id),
        speaker=view.speaker,
        text=view.text,
        timestamp=view.started_at,
        ended_at=view.ended_at,
        order=view.ordinal,
        language=view.language,
        confidence=view.confidence,
        engine=view.engine,
        accepted=view.accepted,
        reject_reason=view.reject_reason,
        said_by=view.said_by,
        said_by_why=view.said_by_why,
        said_by_margin=view.said_by_margin,
        sentiment_score=view.sentiment_score,
        emotion=view.emotion,
        corrected=view.corrected,
        corrected_counts=view.corrected_counts,
    )


def command(sent: Sent) -> Command:
    """A sent command for the API."""
    return Command(command_id=str(sent.command_id), room=sent.room_code, kind=sent.kind)
