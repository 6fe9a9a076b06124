"""Uploaded videos, and rooms that analyse them."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0012"

KIND = """\
ALTER TABLE rooms ADD COLUMN kind VARCHAR DEFAULT 'room' NOT NULL,
ADD CONSTRAINT ck_rooms_kind CHECK (kind in ('room', 'virtual'))"""
VIDEOS = """\
CREATE TABLE videos (
    id BIGSERIAL NOT NULL,
    interview_id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    wrapped BYTEA,
    upload_key_id VARCHAR NOT NULL,
    media VARCHAR NOT NULL,
    size_bytes BIGINT DEFAULT '0' NOT NULL,
    sha256 BYTEA,
    preset VARCHAR NOT NULL,
    answer_starts_ms INTEGER[] NOT NULL,
    ai_scoring BOOLEAN NOT NULL,
    uploaded_by BIGINT,
    state VARCHAR DEFAULT 'uploading' NOT NULL,
    code VARCHAR DEFAULT '' NOT NULL,
    why VARCHAR DEFAULT '' NOT NULL,
    done_milli INTEGER DEFAULT '0' NOT NULL,
    room_id BIGINT,
    command_id BIGINT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    file_deleted_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_videos PRIMARY KEY (id),
    CONSTRAINT ck_videos_state
        CHECK (state in ('uploading', 'queued', 'analysing', 'done', 'refused')),
    CONSTRAINT fk_videos_uploaded_by_users FOREIGN KEY(uploaded_by) REFERENCES users (id),
    CONSTRAINT fk_videos_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id)
)"""
INDEXES = (
    "CREATE UNIQUE INDEX uq_videos_name ON videos (name)",
    "CREATE UNIQUE INDEX uq_videos_interview_id ON videos (interview_id) WHERE state <> 'refused'",
    "CREATE INDEX ix_videos_open ON videos (state) WHERE state in ('queued', 'analysing')",
)


def upgrade() -> None:
    """Rooms that are there hold interviews."""
    op.execute(KIND)
    op.execute(VIDEOS)
    for index in INDEXES:
        op.execute(index)
