"""What a room heard of itself when somebody asked."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Only answers to one kind of command have it."""
    op.execute("ALTER TABLE room_commands ADD COLUMN found JSONB")
