"""What the vault knows: keys of interviews, sealed files and what they cover, documents, erasures.

None of these tables refers to `interviews`: keys and tombstones outlive what was erased.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Json, Now, When

_KEY_OR_GRAVE = "(wrapped is null) = (destroyed_at is not null)"


class InterviewKey(Base):
    """The key of one interview's sealed files, wrapped by a site key. Destroyed: `wrapped` is null and
    nothing that it sealed can be read again.
    """

    __tablename__ = "interview_keys"
    __table_args__ = (
        Index("uq_interview_keys_interview_id", "interview_id", unique=True),
        CheckConstraint(_KEY_OR_GRAVE, name="destroyed"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(BigInteger)
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    site_key_id: Mapped[str]
    """Which site key wraps it; not secret."""
    created_at: Mapped[Now]
    destroyed_at: Mapped[When | None]


class SealedPart(Base):
    """One sealed file of an interview. `sealed_at` null: being written, or left by a crash; nothing
    may rest on it. Set: read back, and the same as the database had.
    """

    __tablename__ = "sealed_parts"
    __table_args__ = (
        Index("uq_sealed_parts_name", "name", unique=True),
        Index("ix_sealed_parts_interview_id", "interview_id"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    """Its name in the media store: random, nothing of the interview in it."""
    records: Mapped[int] = mapped_column(BigInteger, server_default="0")
    size_bytes: Mapped[int] = mapped_column(BigInteger, server_default="0")
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Of the records in it, as `central.vault.content` writes them."""
    created_at: Mapped[Now]
    sealed_at: Mapped[When | None]


class SealedSpan(Base):
    """Which records a sealed part holds: of this interview and spool, all from `first_seq` to
    `last_seq`.
    """

    __tablename__ = "sealed_spans"
    __table_args__ = (
        Index("ix_sealed_spans_interview_id_watermark_id", "interview_id", "watermark_id"),
    )

    id: Mapped[Id]
    part_id: Mapped[int] = mapped_column(ForeignKey("sealed_parts.id"))
    interview_id: Mapped[int] = mapped_column(BigInteger)
    watermark_id: Mapped[int] = mapped_column(BigInteger)
    first_seq: Mapped[int] = mapped_column(BigInteger)
    last_seq: Mapped[int] = mapped_column(BigInteger)
    records: Mapped[int] = mapped_column(BigInteger)
    """How many they were: more of them than that were never all sealed."""


class RoomRecord(Base):
    """A record that outlives its day's partition in the clear: those of no interview, and formats of
    sound, which a gateway without a key needs when late records arrive.
    """

    __tablename__ = "room_records"
    __table_args__ = (
        UniqueConstraint("watermark_id", "seq"),
        Index("ix_room_records_interview_id", "interview_id"),
    )

    id: Mapped[Id]
    watermark_id: Mapped[int] = mapped_column(BigInteger)
    seq: Mapped[int] = mapped_column(BigInteger)
    interview_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[int] = mapped_column(SmallInteger)
    wall_ns: Mapped[int] = mapped_column(BigInteger)
    mono_ns: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class Document(Base):
    """A sealed résumé or upload, with a key of its own. Its file name and type are inside."""

    __tablename__ = "documents"
    __table_args__ = (
        Index("uq_documents_name", "name", unique=True),
        Index("ix_documents_interview_id", "interview_id"),
        Index("ix_documents_candidate_id", "candidate_id"),
        CheckConstraint(_KEY_OR_GRAVE, name="destroyed"),
    )

    id: Mapped[Id]
    name: Mapped[str]
    interview_id: Mapped[int | None] = mapped_column(BigInteger)
    candidate_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str]
    """What it is: "resume", "answer"; "arriving" is a résumé that the upload key wraps, not yet the
    site key."""
    size_bytes: Mapped[int] = mapped_column(BigInteger, server_default="0")
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    site_key_id: Mapped[str]
    created_at: Mapped[Now]
    sealed_at: Mapped[When | None]
    """Null: being written, or left by a crash."""
    destroyed_at: Mapped[When | None]


class Erasure(Base):
    """The tombstone of an erased interview: what was erased, when, by whom. Nothing of the candidate."""

    __tablename__ = "erasures"
    __table_args__ = (Index("uq_erasures_interview_id", "interview_id", unique=True),)

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(BigInteger)
    erased_at: Mapped[Now]
    erased_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Null: by an administrator at the command line, or by nobody: its day had come (`what`)."""
    what: Mapped[Json] = mapped_column(server_default="{}")
    """How many rows of which table, and of sealed files."""
    files_deleted_at: Mapped[When | None]
