"""How much silence ends an answer of this interview: some candidates need more time than others."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0009"


def upgrade() -> None:
    """Interviews of before end their answers as they did."""
    op.execute(
        "ALTER TABLE interviews ADD COLUMN answer_end_silence_ms INTEGER DEFAULT 3000 NOT NULL"
    )
