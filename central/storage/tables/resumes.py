"""Résumés: what was understood of them. The files themselves are sealed documents."""

from __future__ import annotations

from typing import Any

from pgvector.sqlalchemy import Vector
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import EMBEDDING_DIMENSIONS, Base, Id, Json, Now, When

STATES = ("uploading", "waiting", "read", "refused")


class Resume(Base):
    """One upload. Of an interview, one at most that is not refused. JSON in it is an object, and a
    text that holds JSON is none: the database says so.
    """

    __tablename__ = "resumes"
    __table_args__ = (
        Index(
            "uq_resumes_interview_id",
            "interview_id",
            unique=True,
            postgresql_where="state <> 'refused'",
        ),
        CheckConstraint(f"state in {STATES}", name="state"),
        CheckConstraint("jsonb_typeof(structured) = 'object'", name="structured_is_object"),
        CheckConstraint("jsonb_typeof(findings) = 'object'", name="findings_is_object"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    document_id: Mapped[int] = mapped_column(BigInteger)
    """The sealed file; no foreign key: a destroyed one is forgotten when its file is deleted."""
    state: Mapped[str] = mapped_column(server_default="uploading")
    code: Mapped[str] = mapped_column(server_default="")
    """Why it was refused: a key of `central.resumes.findings.REFUSED`."""
    format: Mapped[str] = mapped_column(server_default="")
    pages: Mapped[int] = mapped_column(server_default="0")
    text: Mapped[str] = mapped_column(server_default="")
    """With protected fields blanked: places in it are those of the whole text."""
    structured: Mapped[Json] = mapped_column(server_default="{}")
    """A `central.resumes.flow.Structured`."""
    findings: Mapped[Json] = mapped_column(server_default="{}")
    """What was hidden, how much was stripped, how it was read, and by which rules."""
    created_at: Mapped[Now]
    changed_at: Mapped[Now]
    read_at: Mapped[When | None]


class ResumeSection(Base):
    """A section that questions may be made of, and its vector."""

    __tablename__ = "resume_sections"
    __table_args__ = (
        CheckConstraint(
            "(embedding is null) = (embedding_model is null)"
            " and (embedding is null) = (embedding_version is null)",
            name="embedding_is_named",
        ),
    )

    id: Mapped[Id]
    resume_id: Mapped[int] = mapped_column(ForeignKey("resumes.id", ondelete="CASCADE"), index=True)
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"), index=True)
    ordinal: Mapped[int]
    kind: Mapped[str]
    heading: Mapped[str] = mapped_column(server_default="")
    start_at: Mapped[int]
    end_at: Mapped[int]
    """Characters of `resumes.text`."""
    text: Mapped[str]
    embedding: Mapped[Any | None] = mapped_column(Vector(EMBEDDING_DIMENSIONS))
    embedding_model: Mapped[str | None]
    embedding_version: Mapped[str | None]
    """Vectors of different models or versions are never compared."""
