"""The code by which a candidate checks in, and how they did."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0040"


def upgrade() -> None:
    """Interviews of before have no code: a button begins them."""
    op.execute("ALTER TABLE interviews ADD COLUMN check_in_code VARCHAR")
    op.execute("ALTER TABLE interviews ADD COLUMN checked_in_at TIMESTAMP WITH TIME ZONE")
    op.execute("ALTER TABLE interviews ADD COLUMN checked_in_by VARCHAR")
