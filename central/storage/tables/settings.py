"""What IT set for rooms, change by change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Now


class SettingChange(Base):
    """One change of one setting of a room, or of every room (`room_id` null). The newest of a key
    counts; `value` null takes the setting back. The id is the version: rooms are told the highest that
    concerns them. Never updated, never deleted.
    """

    __tablename__ = "setting_changes"
    __table_args__ = (Index("ix_setting_changes_room_id", "room_id", "key", "id"),)

    id: Mapped[Id]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    key: Mapped[str]
    value: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Null: on the command line."""
    changed_at: Mapped[Now]
