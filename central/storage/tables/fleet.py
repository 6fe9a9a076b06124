"""Rooms, the agents in them, and what the agents sent that could not be believed."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Json, Now, When


class Room(Base):
    """An interview room. `code` is its name in URLs, certificates and NATS subjects: [a-z0-9-]+."""

    __tablename__ = "rooms"
    __table_args__ = (
        Index("uq_rooms_code", "code", unique=True),
        CheckConstraint("kind in ('room', 'virtual')", name="kind"),
    )

    id: Mapped[Id]
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default="room")
    """A "virtual" one has no chair: its agent analyses uploaded videos."""
    is_active: Mapped[bool] = mapped_column(server_default="true")
    created_at: Mapped[Now]


class Agent(Base):
    """One installation of the edge agent, known by the UUID in its certificate."""

    __tablename__ = "agents"
    __table_args__ = (Index("uq_agents_uuid", "uuid", unique=True),)

    id: Mapped[Id]
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    uuid: Mapped[str]
    version: Mapped[str] = mapped_column(server_default="")
    capabilities: Mapped[Json] = mapped_column(server_default="{}")
    health: Mapped[Json] = mapped_column(server_default="{}")
    connected: Mapped[bool] = mapped_column(server_default="false")
    last_seen: Mapped[When | None]
    revoked_at: Mapped[When | None]
    created_at: Mapped[Now]


class IngestWatermark(Base):
    """How far each spool is committed. Its compare-and-set is deduplication, contiguity and the fence
    against a half-open old stream.
    """

    __tablename__ = "ingest_watermark"
    __table_args__ = (Index("uq_ingest_watermark_spool_id", "spool_id", unique=True),)

    id: Mapped[Id]
    spool_id: Mapped[str]
    agent_id: Mapped[int] = mapped_column(ForeignKey("agents.id"))
    seq: Mapped[int] = mapped_column(BigInteger, server_default="0")
    crc: Mapped[int] = mapped_column(BigInteger, server_default="0")
    updated_at: Mapped[Now]


class Quarantine(Base):
    """A record that was refused: kept as it came, shown to an admin, never interpreted."""

    __tablename__ = "quarantine"
    __table_args__ = (
        Index("ix_quarantine_open", "room_id", postgresql_where="reviewed_at is null"),
    )

    id: Mapped[Id]
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    spool_id: Mapped[str]
    seq: Mapped[int] = mapped_column(BigInteger)
    interview_ref: Mapped[str]
    kind: Mapped[int]
    reason: Mapped[str]
    detail: Mapped[str]
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[Now]
    reviewed_at: Mapped[When | None]
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
