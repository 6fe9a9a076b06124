"""Raw answers of the survey go: they stood with room and time, and belong to no interview that could be
erased.
"""

from __future__ import annotations

from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """They were counted when they came. 32 is the number of their `daedam.v1.RecordKind`."""
    op.execute("DELETE FROM records WHERE kind = 32")
    op.execute("DELETE FROM room_records WHERE kind = 32")
