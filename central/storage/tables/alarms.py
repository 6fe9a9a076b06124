"""What a person has to look at."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Json, Now, When


class Alarm(Base):
    """Something wrong with a room, or with central (`room_id` null). One open alarm a room and kind:
    when it happens again, the open one counts it. Cleared by what saw that it is over, or by a person.
    """

    __tablename__ = "alarms"
    __table_args__ = (
        Index(
            "uq_alarms_open",
            "room_id",
            "kind",
            unique=True,
            postgresql_where="cleared_at is null",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[Id]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    kind: Mapped[str]
    detail: Mapped[Json] = mapped_column(server_default="{}")
    times: Mapped[int] = mapped_column(server_default="1")
    raised_at: Mapped[Now]
    last_at: Mapped[Now]
    cleared_at: Mapped[When | None]
    cleared_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Null where it cleared itself."""
    acknowledged_at: Mapped[When | None]
    """A person has seen it; it stays open until it is over."""
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
