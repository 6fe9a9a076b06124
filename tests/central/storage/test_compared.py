"""What machines and people gave the same answers, for `central language calibrate`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from central.interview.rubric import Criterion, Rubric
from central.language.calibration.calibrate import calibrate
from central.language.calibration.ratings import COLUMNS, read
from central.storage import compared
from central.storage.pool import Pool
from tests.fakes.told import Told, told

pytestmark = pytest.mark.integration
RUBRIC = Rubric("v", (Criterion("care", "Care", "depth", 1.0, ("1", "2", "3", "4", "5")),))


async def rated(interview: Told, turn: int, who: str, level: int, *, independent: bool) -> None:
    await interview.rows(
        "with person as (insert into users (email, username, role, password_hash)"
        "  values (%s, %s, 'interviewer', '-') returning id),"
        " sheet as (insert into rating_sheets (interview_id, interviewer_id, independent, locked_at)"
        "  select %s, id, %s, now() from person returning id)"
        " insert into ratings (interview_id, sheet_id, question_id, criterion, level, seq)"
        " select %s, sheet.id, turns.question_id, 'care', %s, 1 from sheet, turns where turns.id = %s"
        " returning id",
        f"{who}@example.org", who, interview.interview_id, independent, interview.interview_id,
        level, turn,
    )  # fmt: skip


async def test_only_what_people_judged_before_they_saw_counts(pool: Pool, tmp_path: Path) -> None:
    interview = await told(pool)
    turn = await interview.ask("Why?", RUBRIC)
    marks = (
        "insert into {} (interview_id, turn_id, criterion, dimension, level, quotes, evaluator,"
        " versions{}) values (%s, %s, 'care', 'depth', %s, '[]', 'e', %s{}) returning id"
    )
    await interview.rows(
        marks.format("question_scores", ", label, anchor, keywords", ", 'Care', '', '[]'"),
        interview.interview_id, turn, 3.5, '{"prompt": "1"}',
    )  # fmt: skip
    await interview.rows(
        marks.format("shadow_scores", ", variant", ", 'careful'"),
        interview.interview_id, turn, None, '{"prompt": "careful-1"}',
    )  # fmt: skip
    await rated(interview, turn, "kim", 4, independent=True)
    await rated(interview, turn, "lee", 5, independent=False)
    async with pool.connection() as conn:
        rows = await compared.ratings(conn)
    answer = str(turn)
    assert [(row[0], row[2], row[3], row[4]) for row in rows if row[2][:6] != "person"] == [
        (answer, "machine", 3.5, "1"),
        (answer, "machine:careful", None, "careful-1"),
    ]
    assert [row[3] for row in rows if row[2].startswith("person-")] == [4.0]
    file = tmp_path / "ratings.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([[*COLUMNS, "wording"], *rows])
    found = calibrate(read(file))
    assert found.whole.pairs == 1
    assert found.by_wording["1"].bias == -0.5
    assert found.trials["machine:careful"].one_alone == 1
