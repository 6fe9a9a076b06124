"""Uploaded videos of interviews, from the upload to the end of their analysis."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.dialects.postgresql import ARRAY, INTEGER
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Now, When

STATES = ("uploading", "queued", "analysing", "done", "refused")


class Video(Base):
    """One upload; its file lies in the media store, sealed under a key of its own, until it was
    analysed. Of an interview, one at most that is not refused.
    """

    __tablename__ = "videos"
    __table_args__ = (
        Index("uq_videos_name", "name", unique=True),
        Index(
            "uq_videos_interview_id",
            "interview_id",
            unique=True,
            postgresql_where="state <> 'refused'",
        ),
        Index("ix_videos_open", "state", postgresql_where="state in ('queued', 'analysing')"),
        CheckConstraint(f"state in {STATES}", name="state"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(BigInteger)
    """No foreign key: the name of its file outlives an erased interview until the file is deleted."""
    name: Mapped[str]
    """In the media store."""
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Its key, wrapped by the upload key; null: destroyed, and nobody can read the file any more."""
    upload_key_id: Mapped[str]
    media: Mapped[str]
    """One of "mp4", "mov" or "webm", by its first bytes."""
    size_bytes: Mapped[int] = mapped_column(BigInteger, server_default="0")
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    preset: Mapped[str]
    answer_starts_ms: Mapped[list[int]] = mapped_column(ARRAY(INTEGER))
    ai_scoring: Mapped[bool]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(server_default="uploading")
    code: Mapped[str] = mapped_column(server_default="")
    """Why it was refused, for programs."""
    why: Mapped[str] = mapped_column(server_default="")
    """The same as a sentence; of one that is done, why it is not whole."""
    done_milli: Mapped[int] = mapped_column(server_default="0")
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    command_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[Now]
    changed_at: Mapped[Now]
    file_deleted_at: Mapped[When | None]
