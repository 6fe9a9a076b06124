"""The time of the steward's rounds; and the audit trail by action, person and subject."""

from __future__ import annotations

from alembic import op

revision = "0047"
down_revision = "0046"

CLOCK = """\
CREATE TABLE steward_clock (
    id SMALLINT NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    doubted_since TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_steward_clock PRIMARY KEY (id),
    CONSTRAINT ck_steward_clock_one_row CHECK (id = 1)
)"""


def upgrade() -> None:
    """Each index ends with the id: the newest come first, and a page goes on where the last ended."""
    op.execute(CLOCK)
    for column in ("action", "actor_id", "subject"):
        op.execute(f"CREATE INDEX ix_audit_log_{column} ON audit_log ({column}, id)")
