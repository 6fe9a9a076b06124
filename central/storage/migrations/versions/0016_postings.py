"""Postings with a plan that their candidates share, and where each question is from."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0017"

POSTINGS = """\
CREATE TABLE postings (
id BIGSERIAL NOT NULL,
position VARCHAR NOT NULL,
company VARCHAR,
about VARCHAR DEFAULT '' NOT NULL,
scheme VARCHAR NOT NULL,
prompts VARCHAR NOT NULL,
slots JSONB NOT NULL,
is_open BOOLEAN DEFAULT true NOT NULL,
created_by BIGINT,
created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
CONSTRAINT pk_postings PRIMARY KEY (id),
CONSTRAINT ck_postings_slots_is_array CHECK (jsonb_typeof(slots) = 'array'),
CONSTRAINT fk_postings_created_by_users FOREIGN KEY(created_by) REFERENCES users (id))"""
INTERVIEWS = """\
ALTER TABLE interviews
ADD COLUMN posting_id BIGINT,
ADD CONSTRAINT fk_interviews_posting_id_postings FOREIGN KEY(posting_id) REFERENCES postings (id)"""
QUESTIONS = """\
ALTER TABLE interview_questions
ADD COLUMN slot VARCHAR,
ADD COLUMN competency VARCHAR,
ADD COLUMN follow_ups INTEGER DEFAULT 0 NOT NULL,
ADD COLUMN follow_up_of BIGINT,
ADD COLUMN about VARCHAR,
ADD COLUMN made JSONB,
ADD CONSTRAINT fk_interview_questions_follow_up_of_interview_questions
 FOREIGN KEY(follow_up_of) REFERENCES interview_questions (id)"""
SOURCES = """\
CREATE TABLE question_sources (
id BIGSERIAL NOT NULL,
interview_id BIGINT NOT NULL,
question_id BIGINT NOT NULL,
kind VARCHAR NOT NULL,
ref VARCHAR NOT NULL,
title VARCHAR DEFAULT '' NOT NULL,
start_at INTEGER,
end_at INTEGER,
text VARCHAR DEFAULT '' NOT NULL,
score DOUBLE PRECISION,
CONSTRAINT pk_question_sources PRIMARY KEY (id),
CONSTRAINT fk_question_sources_interview_id_interviews FOREIGN KEY(interview_id)
 REFERENCES interviews (id),
CONSTRAINT fk_question_sources_question_id_interview_questions FOREIGN KEY(question_id)
 REFERENCES interview_questions (id) ON DELETE CASCADE)"""
INDEXES = (
    "CREATE INDEX ix_interviews_posting_id ON interviews (posting_id)",
    "CREATE INDEX ix_interview_questions_follow_up_of ON interview_questions (follow_up_of)",
    "CREATE INDEX ix_question_sources_interview_id ON question_sources (interview_id)",
    "CREATE INDEX ix_question_sources_question_id ON question_sources (question_id)",
)


def upgrade() -> None:
    """Interviews of before belong to no posting, and their answers are not followed up."""
    for statement in (POSTINGS, INTERVIEWS, QUESTIONS, SOURCES, *INDEXES):
        op.execute(statement)
