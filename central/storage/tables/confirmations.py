"""What a candidate says of the words that were understood."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, When

VERDICTS = ("right", "misheard")


class Confirmation(Base):
    """The candidate has read an answer. A turn without a row was not confirmed."""

    __tablename__ = "confirmations"
    __table_args__ = (
        UniqueConstraint("turn_id"),
        CheckConstraint(f"verdict in {VERDICTS}", name="verdict"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"))
    verdict: Mapped[str]
    sentences: Mapped[int]
    """How many utterances were on the screen; what was read later was not confirmed."""
    given_at: Mapped[When]


class CorrectionRow(Base):
    """One utterance in the candidate's own words; what was recognised stays in its transcript."""

    __tablename__ = "corrections"
    __table_args__ = (UniqueConstraint("transcript_id"),)

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"))
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcripts.id"))
    text: Mapped[str]
    words: Mapped[list[Any] | None] = mapped_column(JSONB)
    """As `transcripts.words`, of this text; null where the recogniser knows no times."""
    changed_ratio: Mapped[float]
    """Share of the letters that were changed; see `central.interview.correcting`."""
    counts: Mapped[bool]
    """It is marked by these words; else by those that were recognised, and a person looks."""
