"""What candidates say of the words that were understood of them, beside those."""

from __future__ import annotations

from alembic import op

revision = "0045"
down_revision = "0036"

WAITS = "ALTER TABLE interviews ADD COLUMN awaits_words BOOLEAN DEFAULT false NOT NULL"
CONFIRMATIONS = """\
CREATE TABLE confirmations (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    turn_id BIGINT NOT NULL,
    verdict VARCHAR NOT NULL,
    sentences INTEGER NOT NULL,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_confirmations PRIMARY KEY (id),
    CONSTRAINT uq_confirmations_turn_id UNIQUE (turn_id),
    CONSTRAINT ck_confirmations_verdict CHECK (verdict in ('right', 'misheard')),
    CONSTRAINT fk_confirmations_interview_id_interviews
        FOREIGN KEY(interview_id) REFERENCES interviews (id),
    CONSTRAINT fk_confirmations_turn_id_turns FOREIGN KEY(turn_id) REFERENCES turns (id)
)"""
CORRECTIONS = """\
CREATE TABLE corrections (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    turn_id BIGINT NOT NULL,
    transcript_id BIGINT NOT NULL,
    text VARCHAR NOT NULL,
    words JSONB,
    changed_ratio DOUBLE PRECISION NOT NULL,
    counts BOOLEAN NOT NULL,
    CONSTRAINT pk_corrections PRIMARY KEY (id),
    CONSTRAINT uq_corrections_transcript_id UNIQUE (transcript_id),
    CONSTRAINT fk_corrections_interview_id_interviews
        FOREIGN KEY(interview_id) REFERENCES interviews (id),
    CONSTRAINT fk_corrections_turn_id_turns FOREIGN KEY(turn_id) REFERENCES turns (id),
    CONSTRAINT fk_corrections_transcript_id_transcripts
        FOREIGN KEY(transcript_id) REFERENCES transcripts (id)
)"""
MADE_OF = "ALTER TABLE {} ADD COLUMN confirmed JSONB DEFAULT '[]' NOT NULL"


def upgrade() -> None:
    """Nobody confirmed anything before."""
    op.execute(WAITS)
    op.execute("CREATE INDEX ix_interviews_awaits_words ON interviews (id) WHERE awaits_words")
    for statement in (CONFIRMATIONS, CORRECTIONS):
        op.execute(statement)
    for table in ("confirmations", "corrections"):
        op.execute(f"CREATE INDEX ix_{table}_interview_id ON {table} (interview_id)")
    for table in ("question_scores", "shadow_scores"):
        op.execute(MADE_OF.format(table))
