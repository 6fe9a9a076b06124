"""The day on which an interview is erased, and holds that keep it beyond."""

from __future__ import annotations

from alembic import op

revision = "0041"
down_revision = "0043"


def upgrade() -> None:
    """Interviews of before have no day: nobody was told one."""
    op.execute(
        "ALTER TABLE interviews ADD COLUMN kept_until DATE, ADD COLUMN held_at TIMESTAMPTZ,"
        " ADD COLUMN held_by BIGINT, ADD COLUMN held_reason VARCHAR"
    )
    op.execute(
        "ALTER TABLE interviews ADD CONSTRAINT fk_interviews_held_by_users"
        " FOREIGN KEY (held_by) REFERENCES users (id)"
    )
    op.execute("CREATE INDEX ix_interviews_kept_until ON interviews (kept_until)")
