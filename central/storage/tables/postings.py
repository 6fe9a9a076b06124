"""What people are interviewed for, and the plan that all of its candidates share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Now


class Posting(Base):
    """One posting. `slots` were chosen when it was made and never change: what is asked of its first
    candidate is asked of the last.
    """

    __tablename__ = "postings"
    __table_args__ = (CheckConstraint("jsonb_typeof(slots) = 'array'", name="slots_is_array"),)

    id: Mapped[Id]
    position: Mapped[str]
    company: Mapped[str | None]
    about: Mapped[str] = mapped_column(server_default="")
    """What it says of the work and of the company."""
    scheme: Mapped[str]
    prompts: Mapped[str]
    """Versions of the scheme and of the prompts that it was made with."""
    slots: Mapped[list[Any]] = mapped_column(JSONB)
    """`central.language.planning.scheme.Slot`s in the order to ask."""
    is_open: Mapped[bool] = mapped_column(server_default="true")
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Now]


class PinRenewal(Base):
    """A person let a posting's answers be marked with other versions from then on. The rest: with what
    they were marked until then; null where none was yet.
    """

    __tablename__ = "pin_renewals"

    id: Mapped[Id]
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), index=True)
    reason: Mapped[str]
    evaluator: Mapped[str | None]
    versions: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    prompts: Mapped[str]
    """Of the questions."""
    renewed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    renewed_at: Mapped[Now]
