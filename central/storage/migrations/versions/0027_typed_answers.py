"""Answers in writing, for who needs it."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Nobody answered in writing before."""
    op.execute("ALTER TABLE interviews ADD COLUMN typed_answers BOOLEAN DEFAULT false NOT NULL")
