"""An answer to a follow-up is marked together with the one that it follows."""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0021"

COLUMN = "ALTER TABLE {} ADD COLUMN turns JSONB DEFAULT '[]' NOT NULL"
OWN = "UPDATE {} SET turns = jsonb_build_array(turn_id)"


def upgrade() -> None:
    """Marks of before are of their own answer alone."""
    for table in ("question_scores", "shadow_scores"):
        op.execute(COLUMN.format(table))
        op.execute(OWN.format(table))
