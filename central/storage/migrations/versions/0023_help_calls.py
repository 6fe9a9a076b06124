"""Candidates who called a person, and who answered."""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0030"

HELP_CALLS = """\
CREATE TABLE help_calls (
    id BIGSERIAL NOT NULL,
    room_id BIGINT NOT NULL,
    interview_id BIGINT,
    call_key VARCHAR NOT NULL,
    called_at TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    acknowledged_at TIMESTAMP WITH TIME ZONE,
    acknowledged_by BIGINT,
    told_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_help_calls PRIMARY KEY (id),
    CONSTRAINT uq_help_calls_room_id_call_key UNIQUE (room_id, call_key),
    CONSTRAINT fk_help_calls_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id),
    CONSTRAINT fk_help_calls_interview_id_interviews
        FOREIGN KEY(interview_id) REFERENCES interviews (id),
    CONSTRAINT fk_help_calls_acknowledged_by_users
        FOREIGN KEY(acknowledged_by) REFERENCES users (id)
)"""


def upgrade() -> None:
    """Add the table."""
    op.execute(HELP_CALLS)
    op.execute("CREATE INDEX ix_help_calls_interview_id ON help_calls (interview_id)")
    op.execute(
        "CREATE INDEX ix_help_calls_open ON help_calls (room_id)"
        " WHERE acknowledged_at IS NULL AND withdrawn_at IS NULL"
    )
