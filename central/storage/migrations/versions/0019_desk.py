"""What people judge: ratings and their sheets, markers, what a panel agrees on, decisions."""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0015"

SHEETS = """\
CREATE TABLE rating_sheets (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    interviewer_id BIGINT NOT NULL,
    independent BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    locked_at TIMESTAMP WITH TIME ZONE,
    unlocked_at TIMESTAMP WITH TIME ZONE,
    unlocked_by BIGINT,
    unlock_reason VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_rating_sheets PRIMARY KEY (id),
    CONSTRAINT uq_rating_sheets_interview_id_interviewer_id UNIQUE (interview_id, interviewer_id),
    CONSTRAINT fk_rating_sheets_interview_id_interviews FOREIGN KEY(interview_id)
        REFERENCES interviews (id),
    CONSTRAINT fk_rating_sheets_interviewer_id_users FOREIGN KEY(interviewer_id)
        REFERENCES users (id),
    CONSTRAINT fk_rating_sheets_unlocked_by_users FOREIGN KEY(unlocked_by) REFERENCES users (id)
)"""
RATINGS = """\
CREATE TABLE ratings (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    sheet_id BIGINT NOT NULL,
    question_id BIGINT NOT NULL,
    criterion VARCHAR NOT NULL,
    level INTEGER,
    seq BIGINT NOT NULL,
    rated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_ratings PRIMARY KEY (id),
    CONSTRAINT ck_ratings_level CHECK (level between 1 and 5),
    CONSTRAINT uq_ratings_sheet_id_question_id_criterion UNIQUE (sheet_id, question_id, criterion),
    CONSTRAINT fk_ratings_interview_id_interviews FOREIGN KEY(interview_id)
        REFERENCES interviews (id),
    CONSTRAINT fk_ratings_sheet_id_rating_sheets FOREIGN KEY(sheet_id)
        REFERENCES rating_sheets (id) ON DELETE CASCADE,
    CONSTRAINT fk_ratings_question_id_interview_questions FOREIGN KEY(question_id)
        REFERENCES interview_questions (id)
)"""
CONSENSUS = """\
CREATE TABLE consensus (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    question_id BIGINT NOT NULL,
    criterion VARCHAR NOT NULL,
    level INTEGER,
    reason VARCHAR NOT NULL,
    moderator_id BIGINT NOT NULL,
    agreed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_consensus PRIMARY KEY (id),
    CONSTRAINT ck_consensus_level CHECK (level between 1 and 5),
    CONSTRAINT uq_consensus_interview_id_question_id_criterion
        UNIQUE (interview_id, question_id, criterion),
    CONSTRAINT fk_consensus_interview_id_interviews FOREIGN KEY(interview_id)
        REFERENCES interviews (id),
    CONSTRAINT fk_consensus_question_id_interview_questions FOREIGN KEY(question_id)
        REFERENCES interview_questions (id),
    CONSTRAINT fk_consensus_moderator_id_users FOREIGN KEY(moderator_id) REFERENCES users (id)
)"""
DECISIONS = """\
CREATE TABLE decisions (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    outcome VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_decisions PRIMARY KEY (id),
    CONSTRAINT ck_decisions_outcome CHECK (outcome in ('next_stage', 'hold', 'reject')),
    CONSTRAINT fk_decisions_interview_id_interviews FOREIGN KEY(interview_id)
        REFERENCES interviews (id),
    CONSTRAINT fk_decisions_decided_by_users FOREIGN KEY(decided_by) REFERENCES users (id)
)"""
MARKERS = """\
CREATE TABLE markers (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    key VARCHAR NOT NULL,
    seq BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    text VARCHAR DEFAULT '' NOT NULL,
    transcript_id BIGINT,
    quote_start INTEGER,
    quote_end INTEGER,
    removed BOOLEAN DEFAULT false NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_markers PRIMARY KEY (id),
    CONSTRAINT ck_markers_kind CHECK
        (kind in ('strong', 'concern', 'follow_up', 'integrity', 'technical', 'note')),
    CONSTRAINT uq_markers_interview_id_author_id_key UNIQUE (interview_id, author_id, key),
    CONSTRAINT fk_markers_interview_id_interviews FOREIGN KEY(interview_id)
        REFERENCES interviews (id),
    CONSTRAINT fk_markers_author_id_users FOREIGN KEY(author_id) REFERENCES users (id),
    CONSTRAINT fk_markers_transcript_id_transcripts FOREIGN KEY(transcript_id)
        REFERENCES transcripts (id)
)"""
INDEXES = (
    "CREATE INDEX ix_rating_sheets_interview_id ON rating_sheets (interview_id)",
    "CREATE INDEX ix_ratings_interview_id ON ratings (interview_id)",
    "CREATE INDEX ix_consensus_interview_id ON consensus (interview_id)",
    "CREATE INDEX ix_decisions_interview_id ON decisions (interview_id)",
    "CREATE INDEX ix_markers_interview_id ON markers (interview_id)",
)


def upgrade() -> None:
    """There are none yet."""
    for statement in (SHEETS, RATINGS, CONSENSUS, DECISIONS, MARKERS, *INDEXES):
        op.execute(statement)
