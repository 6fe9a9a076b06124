"""Spans of an interview in which nothing counts against the candidate."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, When

KINDS = ("pause", "disturbance")


class SpanRow(Base):
    """A pause of the candidate, in which nothing was recorded; or a disturbance: what was measured in it
    is left out of the turn's channels.
    """

    __tablename__ = "interview_spans"
    __table_args__ = (
        UniqueConstraint("interview_id", "turn_key", "kind", "from_mono_ns"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"))
    turn_key: Mapped[str]
    """Empty outside any turn."""
    kind: Mapped[str]
    cause: Mapped[str]
    """"candidate" of a pause; else "noise", "device", or the room's own words."""
    began_at: Mapped[When]
    ended_at: Mapped[When | None]
    from_mono_ns: Mapped[int] = mapped_column(BigInteger)
    to_mono_ns: Mapped[int | None] = mapped_column(BigInteger)
