"""The time by which the steward erases."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, When


class StewardClock(Base):
    """One row: what the clock said in the last round, and since when that is not believed."""

    __tablename__ = "steward_clock"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    seen_at: Mapped[When]
    doubted_since: Mapped[When | None]
