"""Sealing: keys and sealed files of interviews, documents, tombstones."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """\
CREATE TABLE interview_keys (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    wrapped BYTEA,
    site_key_id VARCHAR NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    destroyed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_interview_keys PRIMARY KEY (id),
    CONSTRAINT ck_interview_keys_destroyed CHECK ((wrapped is null) = (destroyed_at is not null))
)""",
    "CREATE UNIQUE INDEX uq_interview_keys_interview_id ON interview_keys (interview_id)",
    """\
CREATE TABLE sealed_parts (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    records BIGINT DEFAULT '0' NOT NULL,
    size_bytes BIGINT DEFAULT '0' NOT NULL,
    sha256 BYTEA,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    sealed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_sealed_parts PRIMARY KEY (id)
)""",
    "CREATE UNIQUE INDEX uq_sealed_parts_name ON sealed_parts (name)",
    "CREATE INDEX ix_sealed_parts_interview_id ON sealed_parts (interview_id)",
    """\
CREATE TABLE sealed_spans (
    id BIGSERIAL NOT NULL,
    part_id BIGINT NOT NULL,
    interview_id BIGINT NOT NULL,
    watermark_id BIGINT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    records BIGINT NOT NULL,
    CONSTRAINT pk_sealed_spans PRIMARY KEY (id),
    CONSTRAINT fk_sealed_spans_part_id_sealed_parts
        FOREIGN KEY(part_id) REFERENCES sealed_parts (id)
)""",
    """\
CREATE INDEX ix_sealed_spans_interview_id_watermark_id
ON sealed_spans (interview_id, watermark_id)""",
    """\
CREATE TABLE room_records (
    id BIGSERIAL NOT NULL,
    watermark_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    interview_id BIGINT,
    kind SMALLINT NOT NULL,
    wall_ns BIGINT NOT NULL,
    mono_ns BIGINT NOT NULL,
    payload BYTEA NOT NULL,
    CONSTRAINT pk_room_records PRIMARY KEY (id),
    CONSTRAINT uq_room_records_watermark_id_seq UNIQUE (watermark_id, seq)
)""",
    "CREATE INDEX ix_room_records_interview_id ON room_records (interview_id)",
    """\
CREATE TABLE documents (
    id BIGSERIAL NOT NULL,
    name VARCHAR NOT NULL,
    interview_id BIGINT,
    candidate_id BIGINT,
    kind VARCHAR NOT NULL,
    size_bytes BIGINT DEFAULT '0' NOT NULL,
    sha256 BYTEA,
    wrapped BYTEA,
    site_key_id VARCHAR NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    sealed_at TIMESTAMP WITH TIME ZONE,
    destroyed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_documents PRIMARY KEY (id),
    CONSTRAINT ck_documents_destroyed CHECK ((wrapped is null) = (destroyed_at is not null))
)""",
    "CREATE UNIQUE INDEX uq_documents_name ON documents (name)",
    "CREATE INDEX ix_documents_interview_id ON documents (interview_id)",
    "CREATE INDEX ix_documents_candidate_id ON documents (candidate_id)",
    """\
CREATE TABLE erasures (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    erased_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    erased_by BIGINT,
    what JSONB DEFAULT '{}' NOT NULL,
    files_deleted_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_erasures PRIMARY KEY (id),
    CONSTRAINT fk_erasures_erased_by_users FOREIGN KEY(erased_by) REFERENCES users (id)
)""",
    "CREATE UNIQUE INDEX uq_erasures_interview_id ON erasures (interview_id)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
