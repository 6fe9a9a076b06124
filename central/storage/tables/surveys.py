"""What candidates say of their interviews, of nobody in particular."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id


class SurveyRow(Base):
    """Two answers, 1 to 5. On purpose without interview, room or time of day."""

    __tablename__ = "survey_answers"
    __table_args__ = (
        UniqueConstraint("answer_key"),
        CheckConstraint("ease between 1 and 5 and fairness between 1 and 5", name="ratings"),
    )

    id: Mapped[Id]
    answer_key: Mapped[str]
    answered_on: Mapped[date] = mapped_column()
    ease: Mapped[int]
    fairness: Mapped[int]
