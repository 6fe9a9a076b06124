"""Every table of the first version. The statements are in `0001_first.sql`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, and partitions of `records` for today and tomorrow."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)
    today = datetime.now(UTC).date()
    for day in (today, today + timedelta(days=1)):
        op.execute(
            f"CREATE TABLE records_{day:%Y%m%d} PARTITION OF records "
            f"FOR VALUES FROM ('{day}') TO ('{day + timedelta(days=1)}')"
        )
