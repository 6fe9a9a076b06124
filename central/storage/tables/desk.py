"""What people think of an interview: ratings, markers, what they agreed on and decided."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Now, When

MARKER_KINDS = ("strong", "concern", "follow_up", "integrity", "technical", "note")
OUTCOMES = ("next_stage", "hold", "reject")


class RatingSheet(Base):
    """One interviewer's ratings of one interview. Locked, they change no more."""

    __tablename__ = "rating_sheets"
    __table_args__ = (UniqueConstraint("interview_id", "interviewer_id"),)

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    interviewer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    independent: Mapped[bool]
    """Made without a machine's marks or other people's ratings in view. Never true again after an
    unlocking."""
    created_at: Mapped[Now]
    locked_at: Mapped[When | None]
    unlocked_at: Mapped[When | None]
    unlocked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    unlock_reason: Mapped[str] = mapped_column(server_default="")


class Rating(Base):
    """One criterion of one question. `level` null: no basis to judge. `seq` counts a browser's writes:
    the highest stands.
    """

    __tablename__ = "ratings"
    __table_args__ = (
        UniqueConstraint("sheet_id", "question_id", "criterion"),
        CheckConstraint("level between 1 and 5", name="level"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("rating_sheets.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("interview_questions.id"))
    criterion: Mapped[str]
    level: Mapped[int | None]
    seq: Mapped[int] = mapped_column(BigInteger)
    rated_at: Mapped[Now]


class Consensus(Base):
    """What the panel agreed on for one criterion, as its moderator wrote it; the latest stands."""

    __tablename__ = "consensus"
    __table_args__ = (
        UniqueConstraint("interview_id", "question_id", "criterion"),
        CheckConstraint("level between 1 and 5", name="level"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("interview_questions.id"))
    criterion: Mapped[str]
    level: Mapped[int | None]
    """Null: the panel has no basis to judge."""
    reason: Mapped[str]
    moderator_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    agreed_at: Mapped[Now]


class Decision(Base):
    """What a person decided about the candidate, and why. Never updated: a later one takes its place."""

    __tablename__ = "decisions"
    __table_args__ = (CheckConstraint(f"outcome in {OUTCOMES}", name="outcome"),)

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    outcome: Mapped[str]
    reason: Mapped[str]
    decided_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[Now]


class Marker(Base):
    """A moment of an interview that somebody marked, with or without words. `key` is the browser's own,
    so that a tap that is sent twice is one marker; `seq` counts its changes: the highest stands.
    """

    __tablename__ = "markers"
    __table_args__ = (
        UniqueConstraint("interview_id", "author_id", "key"),
        CheckConstraint(f"kind in {MARKER_KINDS}", name="kind"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    key: Mapped[str]
    seq: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    at: Mapped[When]
    """On the room's clock, as turns and transcripts are."""
    text: Mapped[str] = mapped_column(server_default="")
    transcript_id: Mapped[int | None] = mapped_column(ForeignKey("transcripts.id"))
    quote_start: Mapped[int | None]
    quote_end: Mapped[int | None]
    """Characters of the transcript's text; null: all of it."""
    removed: Mapped[bool] = mapped_column(server_default="false")
    """Taken back by its author; kept, so that a late write does not bring it back."""
    created_at: Mapped[Now]
