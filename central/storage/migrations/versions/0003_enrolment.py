"""Enrolment: tokens, certificates, generations."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

TOKENS = """\
CREATE TABLE enrolment_tokens (
    id BIGSERIAL NOT NULL,
    token_id VARCHAR NOT NULL,
    room_id BIGINT NOT NULL,
    secret_sha256 VARCHAR NOT NULL,
    created_by BIGINT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    agent_id BIGINT,
    key_sha256 VARCHAR,
    CONSTRAINT pk_enrolment_tokens PRIMARY KEY (id),
    CONSTRAINT uq_enrolment_tokens_token_id UNIQUE (token_id),
    CONSTRAINT fk_enrolment_tokens_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id),
    CONSTRAINT fk_enrolment_tokens_created_by_users FOREIGN KEY(created_by) REFERENCES users (id),
    CONSTRAINT fk_enrolment_tokens_agent_id_agents FOREIGN KEY(agent_id) REFERENCES agents (id)
)"""
CERTIFICATES = """\
CREATE TABLE agent_certificates (
    id BIGSERIAL NOT NULL,
    agent_id BIGINT NOT NULL,
    generation INTEGER NOT NULL,
    serial VARCHAR NOT NULL,
    key_sha256 VARCHAR NOT NULL,
    certificate VARCHAR NOT NULL,
    not_after TIMESTAMP WITH TIME ZONE NOT NULL,
    origin VARCHAR NOT NULL,
    issued_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_agent_certificates PRIMARY KEY (id),
    CONSTRAINT uq_agent_certificates_agent_id_generation UNIQUE (agent_id, generation),
    CONSTRAINT uq_agent_certificates_serial UNIQUE (serial),
    CONSTRAINT ck_agent_certificates_origin CHECK (origin in ('file', 'token', 'renewal', 'recovery')),
    CONSTRAINT fk_agent_certificates_agent_id_agents FOREIGN KEY(agent_id) REFERENCES agents (id)
)"""
STANDINGS = """\
CREATE TABLE agent_standings (
    agent_id BIGINT NOT NULL,
    stepped_back BOOLEAN DEFAULT 'false' NOT NULL,
    recoveries INTEGER DEFAULT '0' NOT NULL,
    revoked_why VARCHAR DEFAULT '' NOT NULL,
    CONSTRAINT pk_agent_standings PRIMARY KEY (agent_id),
    CONSTRAINT fk_agent_standings_agent_id_agents FOREIGN KEY(agent_id) REFERENCES agents (id)
)"""
TOKENS_BY_ROOM = "CREATE INDEX ix_enrolment_tokens_room_id ON enrolment_tokens (room_id)"


def upgrade() -> None:
    """Make the tables. Agents from before have no certificate on record until they enrol."""
    for statement in (TOKENS, TOKENS_BY_ROOM, CERTIFICATES, STANDINGS):
        op.execute(statement)
