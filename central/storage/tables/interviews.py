"""Interviews and what was said in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Json, Now, When

STATUSES = ("scheduled", "live", "completed", "cancelled")


class Interview(Base):
    """One interview. `status` is a projection of the room's records, but for scheduling and
    cancelling.
    """

    __tablename__ = "interviews"
    __table_args__ = (
        CheckConstraint(f"status in {STATUSES}", name="status"),
        Index("ix_interviews_awaits_words", "id", postgresql_where="awaits_words"),
    )

    id: Mapped[Id]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"), index=True)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("postings.id"), index=True)
    """Null: its questions were chosen for it alone."""
    position: Mapped[str]
    company: Mapped[str | None]
    language: Mapped[str]
    stage: Mapped[int] = mapped_column(server_default="1")
    status: Mapped[str] = mapped_column(server_default="scheduled")
    answer_end_silence_ms: Mapped[int] = mapped_column(server_default="3000")
    """Silence that ends an answer: more for who needs more time."""
    receipt_token: Mapped[str | None] = mapped_column(unique=True)
    """Part of the address of the candidate's receipt; null before it began."""
    typed_answers: Mapped[bool] = mapped_column(server_default="false")
    """The candidate answers in writing."""
    check_in_code: Mapped[str | None]
    """Null in interviews of before: a button begins them."""
    checked_in_at: Mapped[When | None]
    checked_in_by: Mapped[str | None]
    """A `central.interview.check_in.CheckInWay`; empty: an older agent did not tell."""
    scheduled_time: Mapped[When | None]
    start_time: Mapped[When | None]
    end_time: Mapped[When | None]
    end_reason: Mapped[str | None]
    recording_consent: Mapped[bool | None]
    scoring_consent: Mapped[bool | None]
    emotion_consent: Mapped[bool | None]
    """Null where the candidate was not asked."""
    policy_profile: Mapped[str | None]
    """The profile that was chosen for it; null: the site's."""
    policy: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """The `central.interview.policy.Policy` that it began with."""
    awaits_words: Mapped[bool] = mapped_column(server_default="false")
    """Its candidate is yet to confirm what was understood: answers without their word are not marked."""
    kept_until: Mapped[date | None] = mapped_column(index=True)
    """The day on which it is erased, by that policy and as its candidate was told; null: by no date."""
    held_at: Mapped[When | None]
    held_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    held_reason: Mapped[str | None]
    """Set: it is not erased before somebody releases it."""
    overall_score: Mapped[float | None]
    overall_scheme: Mapped[str | None]
    overall_coverage: Mapped[float | None]
    """The scheme and version that the total is of, and the share of its weight (0 to 1) that was
    assessed; null before the report.
    """
    emotion_summary: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_at: Mapped[Now]


class InterviewQuestion(Base):
    """A question of one interview with the rubric it will be marked by, frozen when it was chosen.
    `ordinal` is the planned order; what was really asked, and when, is in `turns`.
    """

    __tablename__ = "interview_questions"

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    bank_question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    ordinal: Mapped[int]
    text: Mapped[str]
    category: Mapped[str]
    difficulty: Mapped[str]
    source: Mapped[str]
    """"bank", "typed", "generated", or "template": a reviewed follow-up."""
    rubric: Mapped[Json]
    """A `central.interview.rubric.Rubric`; `{}` for a typed question without one."""
    answer_limit_ms: Mapped[int] = mapped_column(server_default="120000")
    think_ms: Mapped[int] = mapped_column(server_default="0")
    slot: Mapped[str | None]
    """Its place in a posting's plan; null elsewhere."""
    competency: Mapped[str | None]
    follow_ups: Mapped[int] = mapped_column(server_default="0")
    """How many follow-ups its answer may have."""
    follow_up_of: Mapped[int | None] = mapped_column(
        ForeignKey("interview_questions.id"), index=True
    )
    """The main question whose answer it follows; null for a main question."""
    about: Mapped[str | None]
    """The missing part that a follow-up asks about."""
    made: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """A `central.language.planning.trace.Made`; null where no model was asked."""
    created_at: Mapped[Now]


class Turn(Base):
    """One question and its answer, as the room's records tell. Times are derived from the room's wall
    clock; samples and mono_ns are the room's own.
    """

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("interview_id", "turn_key"),)

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    turn_key: Mapped[str]
    question_id: Mapped[int | None] = mapped_column(ForeignKey("interview_questions.id"))
    position: Mapped[int]
    asked_text: Mapped[str]
    asked_at: Mapped[When]
    asked_mono_ns: Mapped[int] = mapped_column(BigInteger)
    answer_opened_at: Mapped[When | None]
    answer_begun_at: Mapped[When | None]
    ended_at: Mapped[When | None]
    ended_mono_ns: Mapped[int | None] = mapped_column(BigInteger)
    end_reason: Mapped[str | None]
    expected_utterances: Mapped[int | None]
    first_sample: Mapped[int | None] = mapped_column(BigInteger)
    end_sample: Mapped[int | None] = mapped_column(BigInteger)
    evaluated_at: Mapped[When | None]


class Transcript(Base):
    """What one utterance said (speaker "User"), or what the room asked (speaker "AI"). A refused
    recognition is a row with `accepted` false: it counts as done, is shown to an auditor, and goes no
    further.
    """

    __tablename__ = "transcripts"
    __table_args__ = (
        UniqueConstraint("utterance_key"),
        CheckConstraint("speaker in ('AI', 'User', 'Interviewer')", name="speaker"),
        Index(
            "ix_transcripts_refused",
            "id",
            postgresql_where="speaker = 'User' AND NOT accepted",
        ),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    turn_id: Mapped[int | None] = mapped_column(ForeignKey("turns.id"), index=True)
    utterance_key: Mapped[str | None]
    speaker: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    ordinal: Mapped[int]
    """Order within the turn."""
    first_sample: Mapped[int | None] = mapped_column(BigInteger)
    end_sample: Mapped[int | None] = mapped_column(BigInteger)
    started_at: Mapped[When]
    ended_at: Mapped[When]
    voiced_ms: Mapped[int | None]
    confidence: Mapped[float | None]
    engine: Mapped[str]
    accepted: Mapped[bool] = mapped_column(server_default="true")
    reject_reason: Mapped[str | None]
    words: Mapped[list[Any] | None] = mapped_column(JSONB)
    """`central.storage.transcripts.SpokenWord`s; null where the recogniser knows no times."""
    watermark_id: Mapped[int | None] = mapped_column(BigInteger)
    format_seq: Mapped[int | None] = mapped_column(BigInteger)
    first_seq: Mapped[int | None] = mapped_column(BigInteger)
    last_seq: Mapped[int | None] = mapped_column(BigInteger)
    rate_hz: Mapped[int | None]
    """The records of an utterance's sound, and its samples a second; null where it has none."""
    said_by: Mapped[str | None]
    """"room", "candidate" or "interviewer"; null: unknown."""
    said_by_why: Mapped[str | None]
    """"played", "channel", "voice" or "nothing"; null where nobody asked who spoke."""
    said_by_margin: Mapped[float | None]
    """How clear it is: a share of the time played, dB, or a difference of cosines."""
    sentiment_score: Mapped[float | None]
    emotion: Mapped[str | None]
    created_at: Mapped[Now]


class AnswerSound(Base):
    """An answer's sound as one FLAC file, sealed as a document. `document_id` null: there is `problem`.
    `utterances`: how many were in it; where the answer has more by now, it is made anew.
    """

    __tablename__ = "answer_sounds"
    __table_args__ = (UniqueConstraint("turn_id"),)

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"))
    document_id: Mapped[int | None] = mapped_column(BigInteger)
    utterances: Mapped[int]
    problem: Mapped[str | None]
    created_at: Mapped[Now]


class ConsentGiven(Base):
    """What the candidate decided on the kiosk."""

    __tablename__ = "consents"

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    recording: Mapped[bool]
    ai_scoring: Mapped[bool]
    emotion: Mapped[bool | None]
    """Null where they were not asked."""
    notice_version: Mapped[str]
    emotion_notice_version: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str]
    given_at: Mapped[When]
