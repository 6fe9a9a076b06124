"""Who spoke in an utterance, by which evidence, and how clearly."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0016"


def upgrade() -> None:
    """Of utterances of before, nobody asked."""
    op.execute(
        "ALTER TABLE transcripts ADD COLUMN said_by VARCHAR,"
        " ADD COLUMN said_by_why VARCHAR, ADD COLUMN said_by_margin DOUBLE PRECISION"
    )
