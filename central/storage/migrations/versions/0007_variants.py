"""Which weights a window was scored with, so that a report can say it."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the name; windows of before have none."""
    op.execute("ALTER TABLE score_windows ADD COLUMN variant VARCHAR DEFAULT '' NOT NULL")
