"""Candidates who called a person."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, When


class HelpCallRow(Base):
    """One call, from its room's HelpCall records, and who answered it."""

    __tablename__ = "help_calls"
    __table_args__ = (
        UniqueConstraint("room_id", "call_key"),
        Index(
            "ix_help_calls_open",
            "room_id",
            postgresql_where="acknowledged_at IS NULL AND withdrawn_at IS NULL",
        ),
    )

    id: Mapped[Id]
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    interview_id: Mapped[int | None] = mapped_column(ForeignKey("interviews.id"), index=True)
    """Null: no interview was on."""
    call_key: Mapped[str]
    called_at: Mapped[When]
    withdrawn_at: Mapped[When | None]
    acknowledged_at: Mapped[When | None]
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    told_at: Mapped[When | None]
    """When the kiosk said that somebody is coming."""
