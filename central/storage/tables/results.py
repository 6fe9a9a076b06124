"""Marks and reports: advice with its evidence. A person decides elsewhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Json, Now


class QuestionScore(Base):
    """One criterion of one answer. `level` is null where the evaluator abstained."""

    __tablename__ = "question_scores"
    __table_args__ = (UniqueConstraint("turn_id", "criterion", "evaluator"),)

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"), index=True)
    criterion: Mapped[str]
    label: Mapped[str]
    dimension: Mapped[str]
    """"technical", "communication", "cultural_fit" or "depth"."""
    level: Mapped[float | None]
    anchor: Mapped[str]
    """The rubric's sentence for that level; empty where abstained."""
    quotes: Mapped[list[Any]] = mapped_column(JSONB)
    """`[{"text", "transcript_id", "start", "end", "begin_ms", "end_ms"}]`, each verified against the
    transcript; the times are its words', null where the recogniser knows none.
    """
    keywords: Mapped[list[Any]] = mapped_column(JSONB)
    abstained_reason: Mapped[str | None]
    evaluator: Mapped[str]
    versions: Mapped[Json]
    """Of the evaluator, its model and prompt, the rubric and the scheme."""
    created_at: Mapped[Now]
    next_anchor: Mapped[str] = mapped_column(server_default="")
    """The rubric's sentence for the level above; empty at the highest, and where abstained."""
    needs_person: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    """Codes of why a person has to look: `central.language.evaluation.reasons`."""
    judgement: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """A `central.language.evaluator.Judgement`; null where no model judged."""
    turns: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    """The turns whose answers it was made of, the main question's first; none where marking failed."""
    confirmed: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    """Those of them whose words the candidate had confirmed by then."""


class ShadowScore(Base):
    """What a second evaluator on trial made of an answer. Never shown as a mark, part of no total."""

    __tablename__ = "shadow_scores"
    __table_args__ = (UniqueConstraint("turn_id", "criterion", "variant"),)

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"))
    variant: Mapped[str]
    criterion: Mapped[str]
    dimension: Mapped[str]
    level: Mapped[float | None]
    quotes: Mapped[list[Any]] = mapped_column(JSONB)
    abstained_reason: Mapped[str | None]
    needs_person: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    judgement: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    evaluator: Mapped[str]
    versions: Mapped[Json]
    created_at: Mapped[Now]
    turns: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    confirmed: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")


class EvaluationPin(Base):
    """With what the first answer of an interview, or of a posting, was marked: whoever marks another one
    otherwise says so. `scope`: "interview:<id>" or "posting:<id>"; "posting:<id>:stage:<n>" pins the
    scheme that totals are of, in `evaluator`.
    """

    __tablename__ = "evaluation_pins"
    __table_args__ = (UniqueConstraint("scope"),)

    id: Mapped[Id]
    scope: Mapped[str]
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interviews.id"))
    evaluator: Mapped[str]
    versions: Mapped[Json]
    created_at: Mapped[Now]


class EvaluationReport(Base):
    """The machine's report of one stage. Scores are 0 to 100, null where not assessed."""

    __tablename__ = "evaluation_reports"
    __table_args__ = (UniqueConstraint("interview_id", "stage"),)

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"))
    stage: Mapped[int]
    technical_score: Mapped[float | None]
    communication_score: Mapped[float | None]
    cultural_fit_score: Mapped[float | None]
    depth_score: Mapped[float | None]
    summary_text: Mapped[str]
    details: Mapped[Json]
    evaluator_model: Mapped[str]
    versions: Mapped[Json]
    created_at: Mapped[Now]
