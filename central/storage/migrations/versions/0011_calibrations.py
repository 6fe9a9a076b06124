"""How calibrations of the gaze ended, so that staff can see it beside the scores."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0007"

CALIBRATIONS = """\
CREATE TABLE calibrations (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    offered_by BIGINT,
    outcome VARCHAR NOT NULL,
    error_deg FLOAT,
    attempts INTEGER NOT NULL,
    parameters JSONB,
    points JSONB NOT NULL,
    neutral JSONB,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_calibrations PRIMARY KEY (id),
    CONSTRAINT uq_calibrations_interview_id_offered_by
        UNIQUE NULLS NOT DISTINCT (interview_id, offered_by),
    CONSTRAINT ck_calibrations_outcome CHECK (outcome in ('skipped', 'calibrated', 'failed')),
    CONSTRAINT fk_calibrations_interview_id_interviews
        FOREIGN KEY(interview_id) REFERENCES interviews (id),
    CONSTRAINT fk_calibrations_offered_by_room_commands
        FOREIGN KEY(offered_by) REFERENCES room_commands (id)
)"""


def upgrade() -> None:
    """Add the table; calibrations of before lie in their records alone."""
    op.execute(CALIBRATIONS)
