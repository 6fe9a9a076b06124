"""Texts to be found by meaning and by letters."""

from __future__ import annotations

from typing import Any

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import EMBEDDING_DIMENSIONS, Base, Id, Now

KINDS = ("company", "posting", "bank", "answer")


class PassageRow(Base):
    """A `central.retrieval.passages.Passage`. `lexemes`: `central.retrieval.ngrams` of the text."""

    __tablename__ = "passages"
    __table_args__ = (
        UniqueConstraint("kind", "source", "language", "part"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        # What a search is within, told without reading a passage.
        Index(
            "ix_passages_within",
            "kind",
            "language",
            "company_key",
            "position_key",
            "question_key",
            "candidate_id",
            "id",
        ),
        Index("ix_passages_lexemes", "lexemes", postgresql_using="gin"),
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
    company_key: Mapped[str | None] = mapped_column(Computed("lower(company)", persisted=True))
    position_key: Mapped[str | None] = mapped_column(Computed("lower(position)", persisted=True))
    question_key: Mapped[str | None] = mapped_column(index=True)
    score: Mapped[int | None]
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interviews.id"), index=True)
    """Erased with this interview."""
    content_hash: Mapped[str]
    """sha256 of all of the above: what changed is written again, nothing else."""
    lexemes: Mapped[Any] = mapped_column(TSVECTOR)
    created_at: Mapped[Now]


class PassageVector(Base):
    """The vector of a passage, with the name and version of the model that made it: it is compared with
    no other model's. In half precision, which moves a cosine by less than a thousandth; apart from the
    passage, so that reading texts and filters reads no vectors.
    """

    __tablename__ = "passage_vectors"
    __table_args__ = (
        Index(
            "ix_passage_vectors_embedding",
            "embedding",
            postgresql_using="hnsw",
            postgresql_ops={"embedding": "halfvec_cosine_ops"},
        ),
    )

    passage_id: Mapped[int] = mapped_column(
        ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True
    )
    embedding: Mapped[Any] = mapped_column(HALFVEC(EMBEDDING_DIMENSIONS))
    embedding_name: Mapped[str]
    embedding_version: Mapped[str]
