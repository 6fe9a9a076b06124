"""Texts to be found by meaning and by letters."""

from __future__ import annotations

from typing import Any

from pgvector.sqlalchemy import Vector
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import EMBEDDING_DIMENSIONS, Base, Id, Now

KINDS = ("company", "posting", "bank", "answer")


class PassageRow(Base):
    """A `central.retrieval.passages.Passage`. `lexemes`: `central.retrieval.ngrams` of the text. A
    vector has the name and version of the model that made it, and is compared with no other model's.
    """

    __tablename__ = "passages"
    __table_args__ = (
        UniqueConstraint("kind", "source", "language", "part"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint(
            "(embedding is null) = (embedding_name is null)"
            " and (embedding is null) = (embedding_version is null)",
            name="embedding_named",
        ),
        Index("ix_passages_unembedded", "id", postgresql_where="embedding is null"),
        Index("ix_passages_lexemes", "lexemes", postgresql_using="gin"),
        Index(
            "ix_passages_embedding",
            "embedding",
            postgresql_using="hnsw",
            postgresql_ops={"embedding": "vector_cosine_ops"},
        ),
    )

    id: Mapped[Id]
    kind: Mapped[str]
    source: Mapped[str]
    language: Mapped[str]
    part: Mapped[int]
    text: Mapped[str]
    first_character: Mapped[int]
    end_character: Mapped[int]
    company: Mapped[str | None]
    position: Mapped[str | None]
    question_key: Mapped[str | None] = mapped_column(index=True)
    score: Mapped[int | None]
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interviews.id"), index=True)
    """Erased with this interview."""
    content_hash: Mapped[str]
    """sha256 of all of the above: what changed is written again, nothing else."""
    lexemes: Mapped[Any] = mapped_column(TSVECTOR)
    embedding: Mapped[Any | None] = mapped_column(Vector(EMBEDDING_DIMENSIONS))
    embedding_name: Mapped[str | None]
    embedding_version: Mapped[str | None]
    created_at: Mapped[Now]
