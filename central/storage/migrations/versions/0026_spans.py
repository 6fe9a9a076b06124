"""Pauses of candidates, and what disturbed them."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0023"

SPANS = """\
CREATE TABLE interview_spans (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    turn_key VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    cause VARCHAR NOT NULL,
    began_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    from_mono_ns BIGINT NOT NULL,
    to_mono_ns BIGINT,
    CONSTRAINT pk_interview_spans PRIMARY KEY (id),
    CONSTRAINT uq_interview_spans_interview_id_turn_key_kind_from_mono_ns
        UNIQUE (interview_id, turn_key, kind, from_mono_ns),
    CONSTRAINT ck_interview_spans_kind CHECK (kind in ('pause', 'disturbance')),
    CONSTRAINT fk_interview_spans_interview_id_interviews
        FOREIGN KEY(interview_id) REFERENCES interviews (id)
)"""


def upgrade() -> None:
    """Add the table; disturbances of before lie in their records alone."""
    op.execute(SPANS)
