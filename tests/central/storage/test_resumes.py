"""JSON of a résumé is an object, whatever was to be written; questions get sections with places."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import psycopg
import pytest
from psycopg.types.json import Jsonb

from central.storage import resumes
from tests.fakes.landed import Landing, landing

pytestmark = pytest.mark.integration


@pytest.fixture
async def past(database_url: str) -> AsyncIterator[Landing]:
    async with landing(database_url) as made:
        yield made


@pytest.mark.parametrize("column", ["structured", "findings"])
@pytest.mark.parametrize("wrong", [json.dumps({"skills": []}), [], None, "Unknown"])
async def test_json_that_is_no_object_is_refused_by_the_database(
    past: Landing, column: str, wrong: object
) -> None:
    """Twice encoded, it would be a string."""
    interview = await past.interview()
    with pytest.raises(psycopg.errors.CheckViolation):
        await past.fetch(
            f"insert into resumes (interview_id, candidate_id, document_id, {column})"
            " select id, candidate_id, 1, %s from interviews where id = %s",
            Jsonb(wrong),
            interview,
        )


async def test_questions_are_made_of_sections_of_a_resume_that_was_read(past: Landing) -> None:
    interview = await past.interview()
    await past.fetch(
        "insert into resumes (interview_id, candidate_id, document_id, state, text)"
        " select id, candidate_id, 1, 'waiting', 'I built it.' from interviews where id = %s",
        interview,
    )
    await past.fetch(
        "insert into resume_sections (resume_id, interview_id, ordinal, kind, start_at, end_at, text)"
        " select id, interview_id, 0, 'projects', 2, 10, 'built it' from resumes"
    )
    assert await resumes.for_questions(past.conn, interview) == ()
    await past.fetch("update resumes set state = 'read'")
    (section,) = await resumes.for_questions(past.conn, interview)
    assert (section.kind, section.start, section.end, section.text) == (
        "projects", 2, 10, "built it",
    )  # fmt: skip
