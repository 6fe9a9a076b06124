"""Sessions of browsers that somebody signed out of."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """There are none yet."""
    op.execute(
        "CREATE TABLE ended_sessions (key VARCHAR NOT NULL,"
        " ended_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,"
        " CONSTRAINT pk_ended_sessions PRIMARY KEY (key))"
    )
