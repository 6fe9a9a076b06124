"""Alarms: what a person has to look at."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

ALARMS = """\
CREATE TABLE alarms (
    id BIGSERIAL NOT NULL,
    room_id BIGINT,
    kind VARCHAR NOT NULL,
    detail JSONB DEFAULT '{}' NOT NULL,
    times INTEGER DEFAULT '1' NOT NULL,
    raised_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    cleared_at TIMESTAMP WITH TIME ZONE,
    cleared_by BIGINT,
    CONSTRAINT pk_alarms PRIMARY KEY (id),
    CONSTRAINT fk_alarms_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id),
    CONSTRAINT fk_alarms_cleared_by_users FOREIGN KEY(cleared_by) REFERENCES users (id)
)"""
OPEN = """\
CREATE UNIQUE INDEX uq_alarms_open ON alarms (room_id, kind) NULLS NOT DISTINCT
WHERE cleared_at is null"""


def upgrade() -> None:
    """Make the table."""
    op.execute(ALARMS)
    op.execute(OPEN)
