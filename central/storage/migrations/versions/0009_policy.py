"""What an interview may measure, whether its candidate agreed to be classed, and what came of it."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0013"

INTERVIEWS = """\
ALTER TABLE interviews
ADD COLUMN policy_profile VARCHAR,
ADD COLUMN policy JSONB,
ADD COLUMN emotion_consent BOOLEAN"""
CONSENTS = """\
ALTER TABLE consents
ADD COLUMN emotion BOOLEAN,
ADD COLUMN emotion_notice_version VARCHAR DEFAULT '' NOT NULL"""
SECONDS = """\
CREATE TABLE emotion_seconds (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    turn_key VARCHAR NOT NULL,
    start_mono_ns BIGINT NOT NULL,
    model VARCHAR NOT NULL,
    answered INTEGER NOT NULL,
    sums JSONB NOT NULL,
    abstained JSONB NOT NULL,
    rest_looks INTEGER,
    calibrated BOOLEAN,
    CONSTRAINT pk_emotion_seconds PRIMARY KEY (id)
)"""
INDEX = "CREATE INDEX ix_emotion_seconds_interview_id ON emotion_seconds (interview_id)"


def upgrade() -> None:
    """Interviews of before have no policy: nothing of emotion was measured in them."""
    for statement in (INTERVIEWS, CONSENTS, SECONDS, INDEX):
        op.execute(statement)
