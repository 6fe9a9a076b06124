"""The sound of answers: where each utterance's records are, and where an answer is archived."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0011"

RECORDED = """\
ALTER TABLE transcripts
ADD COLUMN watermark_id BIGINT,
ADD COLUMN format_seq BIGINT,
ADD COLUMN first_seq BIGINT,
ADD COLUMN last_seq BIGINT,
ADD COLUMN rate_hz INTEGER"""
EARLIER = """\
UPDATE transcripts t SET
watermark_id = (j.body->>'watermark_id')::bigint, format_seq = (j.body->>'format_seq')::bigint,
first_seq = (j.body->>'first_seq')::bigint, last_seq = (j.body->>'last_seq')::bigint,
rate_hz = 16000
FROM jobs j WHERE j.kind = 'transcribe' AND j.key = t.utterance_key"""
ARCHIVED = """\
CREATE TABLE answer_sounds (
id BIGSERIAL NOT NULL,
interview_id BIGINT NOT NULL,
turn_id BIGINT NOT NULL,
document_id BIGINT,
utterances INTEGER NOT NULL,
problem VARCHAR,
created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
CONSTRAINT pk_answer_sounds PRIMARY KEY (id),
CONSTRAINT uq_answer_sounds_turn_id UNIQUE (turn_id),
CONSTRAINT fk_answer_sounds_interview_id_interviews FOREIGN KEY(interview_id)
 REFERENCES interviews (id),
CONSTRAINT fk_answer_sounds_turn_id_turns FOREIGN KEY(turn_id) REFERENCES turns (id))"""
INDEX = "CREATE INDEX ix_answer_sounds_interview_id ON answer_sounds (interview_id)"
REFUSED = """\
CREATE INDEX ix_transcripts_refused ON transcripts (id)
WHERE speaker = 'User' AND NOT accepted"""


def upgrade() -> None:
    """Rooms have recorded at 16 kHz until now."""
    for statement in (RECORDED, EARLIER, ARCHIVED, INDEX, REFUSED):
        op.execute(statement)
