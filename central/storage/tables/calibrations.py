"""How calibrations of the gaze ended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, When

OUTCOMES = ("skipped", "calibrated", "failed")


class CalibrationRow(Base):
    """One calibration of an interview, from its room's Calibration record. An offer has one at most."""

    __tablename__ = "calibrations"
    __table_args__ = (
        UniqueConstraint("interview_id", "offered_by", postgresql_nulls_not_distinct=True),
        CheckConstraint(f"outcome in {OUTCOMES}", name="outcome"),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(ForeignKey("interviews.id"))
    offered_by: Mapped[int | None] = mapped_column(ForeignKey("room_commands.id"))
    """The command that offered it; None where the plan did."""
    outcome: Mapped[str]
    error_deg: Mapped[float | None]
    """Median error on the held-out points."""
    attempts: Mapped[int]
    parameters: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """`kappa_yaw_deg`, `kappa_pitch_deg`, `gain_yaw`, `gain_pitch`."""
    points: Mapped[list[Any]] = mapped_column(JSONB)
    """Of the last attempt: `central.interview.facts.CalibrationPoint` each."""
    neutral: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """The candidate at rest, as far as that was measured."""
    made_at: Mapped[When]
