"""The address of a candidate's receipt, and what candidates say of their interviews."""

from __future__ import annotations

from alembic import op

revision = "0036"
down_revision = "0022"

SURVEY_ANSWERS = """\
CREATE TABLE survey_answers (
    id BIGSERIAL NOT NULL,
    answer_key VARCHAR NOT NULL,
    answered_on DATE NOT NULL,
    ease INTEGER NOT NULL,
    fairness INTEGER NOT NULL,
    CONSTRAINT pk_survey_answers PRIMARY KEY (id),
    CONSTRAINT uq_survey_answers_answer_key UNIQUE (answer_key),
    CONSTRAINT ck_survey_answers_ratings
        CHECK (ease between 1 and 5 and fairness between 1 and 5)
)"""


def upgrade() -> None:
    """Interviews of before have no receipt."""
    op.execute("ALTER TABLE interviews ADD COLUMN receipt_token VARCHAR")
    op.execute(
        "ALTER TABLE interviews ADD CONSTRAINT uq_interviews_receipt_token UNIQUE (receipt_token)"
    )
    op.execute(SURVEY_ANSWERS)
