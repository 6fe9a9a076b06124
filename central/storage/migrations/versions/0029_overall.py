"""What an interview's total is of, and over how much of it."""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0024"

COLUMNS = """\
ALTER TABLE interviews
ADD COLUMN overall_scheme VARCHAR,
ADD COLUMN overall_coverage DOUBLE PRECISION"""
BEFORE = """\
UPDATE interviews i SET overall_scheme = 'scores ' || coalesce(r.versions->>'scheme', ''),
overall_coverage = coalesce((r.details->>'assessed_weight')::float8, 0)
FROM evaluation_reports r WHERE r.interview_id = i.id AND r.stage = i.stage"""


def upgrade() -> None:
    """Totals of before are of the four scores, and stay so."""
    op.execute(COLUMNS)
    op.execute(BEFORE)
