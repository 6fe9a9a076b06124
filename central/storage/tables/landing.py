"""Where the rooms' records land. Bulk tables have no unique index: the watermark deduplicates."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, Index, LargeBinary, SmallInteger, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Json


class RecordRow(Base):
    """One record as the room sent it. Partitioned by day of commit; the steward makes partitions
    ahead and drops them when their interviews are sealed.
    """

    __tablename__ = "records"
    __table_args__ = (
        Index("ix_records_interview_id_kind_seq", "interview_id", "kind", "seq"),
        {"postgresql_partition_by": "RANGE (committed_on)"},
    )
    __mapper_args__ = {"primary_key": ["watermark_id", "seq"]}

    committed_on: Mapped[date] = mapped_column(Date, server_default=func.current_date())
    watermark_id: Mapped[int] = mapped_column(BigInteger)
    """`ingest_watermark.id`: which spool."""
    seq: Mapped[int] = mapped_column(BigInteger)
    interview_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[int] = mapped_column(SmallInteger)
    wall_ns: Mapped[int] = mapped_column(BigInteger)
    mono_ns: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class ScoreWindowRow(Base):
    """One second of every channel, from the room's ScoreWindow record."""

    __tablename__ = "score_windows"
    __table_args__ = (
        Index("ix_score_windows_interview_id_start", "interview_id", "start_mono_ns"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(BigInteger)
    turn_key: Mapped[str]
    start_mono_ns: Mapped[int] = mapped_column(BigInteger)
    wall_ns: Mapped[int] = mapped_column(BigInteger)
    length_ms: Mapped[int]
    frames_captured: Mapped[int]
    frames_analysed: Mapped[int]
    measures: Mapped[Json]
    """`{channel name: [value or null, coverage]}`; names are `daedam.v1.Channel` without prefix,
    lower case."""
    variant: Mapped[str] = mapped_column(server_default="")
    """Name of the weights behind the points; empty where the window has none."""


class EmotionSecondRow(Base):
    """One second of looks at a face, summed; only of candidates who agreed to it. `sums` are of the
    probabilities in the order of `central.interview.emotions.CLASSES`. `rest_looks` and `calibrated`
    are set where a room told of the face at rest instead.
    """

    __tablename__ = "emotion_seconds"

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(BigInteger, index=True)
    turn_key: Mapped[str]
    start_mono_ns: Mapped[int] = mapped_column(BigInteger)
    model: Mapped[str]
    answered: Mapped[int]
    sums: Mapped[list[Any]] = mapped_column(JSONB)
    abstained: Mapped[Json]
    """`{reason: looks}`."""
    rest_looks: Mapped[int | None]
    calibrated: Mapped[bool | None]
