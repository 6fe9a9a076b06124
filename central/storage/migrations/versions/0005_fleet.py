"""Fleet: remote settings with their history, and who has seen an alarm."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

SETTINGS = """\
CREATE TABLE setting_changes (
    id BIGSERIAL NOT NULL,
    room_id BIGINT,
    key VARCHAR NOT NULL,
    value JSONB,
    changed_by BIGINT,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_setting_changes PRIMARY KEY (id),
    CONSTRAINT fk_setting_changes_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id),
    CONSTRAINT fk_setting_changes_changed_by_users FOREIGN KEY(changed_by) REFERENCES users (id)
)"""
NEWEST = "CREATE INDEX ix_setting_changes_room_id ON setting_changes (room_id, key, id)"
SEEN = """\
ALTER TABLE alarms
    ADD COLUMN acknowledged_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN acknowledged_by BIGINT,
    ADD CONSTRAINT fk_alarms_acknowledged_by_users FOREIGN KEY(acknowledged_by) REFERENCES users (id)"""


def upgrade() -> None:
    """Make the table, and the columns."""
    op.execute(SETTINGS)
    op.execute(NEWEST)
    op.execute(SEEN)
