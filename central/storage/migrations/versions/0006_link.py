"""The link: who looked at what rooms were refused, and when."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

REVIEWED = """\
ALTER TABLE quarantine
ADD COLUMN reviewed_at TIMESTAMP WITH TIME ZONE,
ADD COLUMN reviewed_by BIGINT,
ADD CONSTRAINT fk_quarantine_reviewed_by_users FOREIGN KEY(reviewed_by) REFERENCES users (id)"""
OPEN = "CREATE INDEX ix_quarantine_open ON quarantine (room_id) WHERE reviewed_at is null"


def upgrade() -> None:
    """Add the columns, and the index by which what is open is found."""
    op.execute(REVIEWED)
    op.execute(OPEN)
