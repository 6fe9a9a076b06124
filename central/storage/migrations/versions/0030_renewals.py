"""Why a posting's answers are marked with something else from then on."""

from __future__ import annotations

from alembic import op

revision = "0030"
down_revision = "0029"

RENEWALS = """\
CREATE TABLE pin_renewals (
id BIGSERIAL NOT NULL,
posting_id BIGINT NOT NULL,
reason VARCHAR NOT NULL,
evaluator VARCHAR,
versions JSONB,
prompts VARCHAR NOT NULL,
renewed_by BIGINT,
renewed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
CONSTRAINT pk_pin_renewals PRIMARY KEY (id),
CONSTRAINT fk_pin_renewals_posting_id_postings FOREIGN KEY(posting_id) REFERENCES postings (id),
CONSTRAINT fk_pin_renewals_renewed_by_users FOREIGN KEY(renewed_by) REFERENCES users (id))"""
INDEX = "CREATE INDEX ix_pin_renewals_posting_id ON pin_renewals (posting_id)"


def upgrade() -> None:
    """Nobody could renew anything before."""
    op.execute(RENEWALS)
    op.execute(INDEX)
