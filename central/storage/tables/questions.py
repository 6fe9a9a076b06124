"""The reviewed question bank."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Json, Now

CATEGORIES = ("technical", "behavioral", "situational", "cultural_fit")
DIFFICULTIES = ("easy", "medium", "hard")


class BankQuestion(Base):
    """A reviewed question in one language. `key` is the same in every language of a question."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("key", "language"),
        CheckConstraint(f"category in {CATEGORIES}", name="category"),
        CheckConstraint(f"difficulty in {DIFFICULTIES}", name="difficulty"),
        CheckConstraint("jsonb_typeof(rubric) = 'object'", name="rubric_is_object"),
    )

    id: Mapped[Id]
    key: Mapped[str]
    language: Mapped[str]
    content: Mapped[str]
    category: Mapped[str]
    difficulty: Mapped[str]
    question_type: Mapped[str]
    position: Mapped[str | None]
    rubric: Mapped[Json]
    content_hash: Mapped[str]
    """sha256 of question and rubric: what changed in the files is written again, nothing else."""
    is_follow_up: Mapped[bool] = mapped_column(server_default="false")
    is_active: Mapped[bool] = mapped_column(server_default="true")
    usage_count: Mapped[int] = mapped_column(server_default="0")
    avg_score: Mapped[float | None]
    created_at: Mapped[Now]
