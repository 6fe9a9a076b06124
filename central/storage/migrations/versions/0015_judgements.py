"""How a model came to a mark, why a person has to look, and marks of a second evaluator on trial."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0018"

SCORES = """\
ALTER TABLE question_scores
ADD COLUMN next_anchor VARCHAR DEFAULT '' NOT NULL,
ADD COLUMN needs_person JSONB DEFAULT '[]' NOT NULL,
ADD COLUMN judgement JSONB"""
SHADOWS = """\
CREATE TABLE shadow_scores (
id BIGSERIAL NOT NULL,
interview_id BIGINT NOT NULL,
turn_id BIGINT NOT NULL,
variant VARCHAR NOT NULL,
criterion VARCHAR NOT NULL,
dimension VARCHAR NOT NULL,
level DOUBLE PRECISION,
quotes JSONB NOT NULL,
abstained_reason VARCHAR,
needs_person JSONB DEFAULT '[]' NOT NULL,
judgement JSONB,
evaluator VARCHAR NOT NULL,
versions JSONB NOT NULL,
created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
CONSTRAINT pk_shadow_scores PRIMARY KEY (id),
CONSTRAINT uq_shadow_scores_turn_id_criterion_variant UNIQUE (turn_id, criterion, variant),
CONSTRAINT fk_shadow_scores_interview_id_interviews FOREIGN KEY(interview_id)
 REFERENCES interviews (id),
CONSTRAINT fk_shadow_scores_turn_id_turns FOREIGN KEY(turn_id) REFERENCES turns (id))"""
SHADOWS_INDEX = "CREATE INDEX ix_shadow_scores_interview_id ON shadow_scores (interview_id)"
PINS = """\
CREATE TABLE evaluation_pins (
id BIGSERIAL NOT NULL,
scope VARCHAR NOT NULL,
interview_id BIGINT,
evaluator VARCHAR NOT NULL,
versions JSONB NOT NULL,
created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
CONSTRAINT pk_evaluation_pins PRIMARY KEY (id),
CONSTRAINT uq_evaluation_pins_scope UNIQUE (scope),
CONSTRAINT fk_evaluation_pins_interview_id_interviews FOREIGN KEY(interview_id)
 REFERENCES interviews (id))"""


def upgrade() -> None:
    """Marks of before have no judgement: the baseline makes none."""
    for statement in (SCORES, SHADOWS, SHADOWS_INDEX, PINS):
        op.execute(statement)
