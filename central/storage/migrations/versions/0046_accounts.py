"""Passwords that somebody else chose, and when people signed in last."""

from __future__ import annotations

from alembic import op

revision = "0046"
down_revision = "0042"

LAST = """\
UPDATE users SET last_login_at = found.at FROM (
    SELECT subject, max(at) AS at FROM audit_log WHERE action = 'user.login' GROUP BY subject
) found WHERE found.subject = 'user:' || users.id"""


def upgrade() -> None:
    """Passwords of before stay as they are: nobody knows who chose them."""
    op.execute("ALTER TABLE users ADD COLUMN password_is_initial BOOLEAN DEFAULT 'false' NOT NULL")
    op.execute("ALTER TABLE users ADD COLUMN last_login_at TIMESTAMP WITH TIME ZONE")
    op.execute(LAST)
