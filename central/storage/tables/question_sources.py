"""Where a question is from."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id


class QuestionSource(Base):
    """One source that a question used: a `central.language.planning.trace.Source`."""

    __tablename__ = "question_sources"

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("interview_questions.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    """"resume", "company", "posting", "bank" or "answer"."""
    ref: Mapped[str]
    """Its id there: a résumé's section, a document, a key of the bank, a turn."""
    title: Mapped[str] = mapped_column(server_default="")
    start_at: Mapped[int | None]
    end_at: Mapped[int | None]
    """Characters of the source."""
    text: Mapped[str] = mapped_column(server_default="")
    score: Mapped[float | None]
    """How near it was found to be; null where nothing was searched for."""
