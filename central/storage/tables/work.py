"""Work to be done: jobs for the workers, commands for the rooms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Json, Now, When


class Job(Base):
    """One unit of work, inserted in the transaction that causes it. Claimed with SKIP LOCKED, leased,
    fenced by `attempt`, dead after five.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        CheckConstraint("state in ('queued', 'running', 'done', 'dead')", name="state"),
        Index(
            "ix_jobs_open",
            "kind",
            "priority",
            "id",
            postgresql_where="state in ('queued', 'running')",
        ),
    )

    id: Mapped[Id]
    kind: Mapped[str]
    key: Mapped[str]
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interviews.id"), index=True)
    priority: Mapped[int] = mapped_column(server_default="100")
    """Lower runs first."""
    body: Mapped[Json]
    state: Mapped[str] = mapped_column(server_default="queued")
    attempt: Mapped[int] = mapped_column(server_default="0")
    worker: Mapped[str | None]
    lease_until: Mapped[When | None]
    not_before: Mapped[Now]
    created_at: Mapped[Now]
    finished_at: Mapped[When | None]
    error: Mapped[str | None]


class RoomCommand(Base):
    """Something a room shall do, until its CommandResult arrives."""

    __tablename__ = "room_commands"
    __table_args__ = (
        CheckConstraint("state in ('open', 'done', 'expired', 'refused', 'unknown')", name="state"),
        UniqueConstraint("interview_id", "press"),
        Index("ix_room_commands_open", "room_id", "id", postgresql_where="state = 'open'"),
    )

    id: Mapped[Id]
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interviews.id"), index=True)
    kind: Mapped[str]
    body: Mapped[Json]
    """A `central.interview.commands.CommandBody` as JSON."""
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(server_default="open")
    detail: Mapped[str | None]
    found: Mapped[list[Any] | None] = mapped_column(JSONB)
    """`central.interview.facts.SentenceHeard`s of a `check_room` that was done."""
    press: Mapped[str | None]
    """Which press of a person made it, where the page said so: once more, it makes no other."""
    created_at: Mapped[Now]
    expires_at: Mapped[When]
    resolved_at: Mapped[When | None]
