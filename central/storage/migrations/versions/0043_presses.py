"""Which press of a person a command to a room comes of: pressed or sent twice, it is one."""

from __future__ import annotations

from alembic import op

revision = "0043"
down_revision = "0045"

ONCE = """\
ALTER TABLE room_commands ADD CONSTRAINT uq_room_commands_interview_id_press
UNIQUE (interview_id, press)"""


def upgrade() -> None:
    """Commands of before are of no press that is known."""
    op.execute("ALTER TABLE room_commands ADD COLUMN press VARCHAR")
    op.execute(ONCE)
