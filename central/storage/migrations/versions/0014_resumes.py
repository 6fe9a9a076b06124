"""Résumés, their sections and vectors."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0010"

RESUMES = """\
CREATE TABLE resumes (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    candidate_id BIGINT NOT NULL,
    uploaded_by BIGINT,
    document_id BIGINT NOT NULL,
    state VARCHAR DEFAULT 'uploading' NOT NULL,
    code VARCHAR DEFAULT '' NOT NULL,
    format VARCHAR DEFAULT '' NOT NULL,
    pages INTEGER DEFAULT '0' NOT NULL,
    text VARCHAR DEFAULT '' NOT NULL,
    structured JSONB DEFAULT '{}' NOT NULL,
    findings JSONB DEFAULT '{}' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_resumes PRIMARY KEY (id),
    CONSTRAINT ck_resumes_state CHECK (state in ('uploading', 'waiting', 'read', 'refused')),
    CONSTRAINT ck_resumes_structured_is_object CHECK (jsonb_typeof(structured) = 'object'),
    CONSTRAINT ck_resumes_findings_is_object CHECK (jsonb_typeof(findings) = 'object'),
    CONSTRAINT fk_resumes_interview_id_interviews FOREIGN KEY(interview_id)
        REFERENCES interviews (id),
    CONSTRAINT fk_resumes_candidate_id_users FOREIGN KEY(candidate_id) REFERENCES users (id),
    CONSTRAINT fk_resumes_uploaded_by_users FOREIGN KEY(uploaded_by) REFERENCES users (id)
)"""
SECTIONS = """\
CREATE TABLE resume_sections (
    id BIGSERIAL NOT NULL,
    resume_id BIGINT NOT NULL,
    interview_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    heading VARCHAR DEFAULT '' NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    embedding VECTOR(1024),
    embedding_model VARCHAR,
    embedding_version VARCHAR,
    CONSTRAINT pk_resume_sections PRIMARY KEY (id),
    CONSTRAINT ck_resume_sections_embedding_is_named
        CHECK ((embedding is null) = (embedding_model is null)
        and (embedding is null) = (embedding_version is null)),
    CONSTRAINT fk_resume_sections_resume_id_resumes FOREIGN KEY(resume_id)
        REFERENCES resumes (id) ON DELETE CASCADE,
    CONSTRAINT fk_resume_sections_interview_id_interviews FOREIGN KEY(interview_id)
        REFERENCES interviews (id)
)"""
INDEXES = (
    "CREATE UNIQUE INDEX uq_resumes_interview_id ON resumes (interview_id) WHERE state <> 'refused'",
    "CREATE INDEX ix_resumes_interview_id ON resumes (interview_id)",
    "CREATE INDEX ix_resumes_candidate_id ON resumes (candidate_id)",
    "CREATE INDEX ix_resume_sections_resume_id ON resume_sections (resume_id)",
    "CREATE INDEX ix_resume_sections_interview_id ON resume_sections (interview_id)",
)


def upgrade() -> None:
    """There are none yet."""
    op.execute(RESUMES)
    op.execute(SECTIONS)
    for index in INDEXES:
        op.execute(index)
