"""What a machine concluded does not reach an interviewer before their own ratings are locked: through no
page, no endpoint and no live event.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from central.bus.events import Mark, MarksAdded, Readings
from central.config import Config, Dashboard
from central.dashboard.live.queue import Queue
from central.storage.tables import (
    EvaluationReport,
    Interview,
    InterviewQuestion,
    QuestionScore,
    Room,
    ScoreWindowRow,
    Transcript,
)
from tests.fakes.board import Board, ask, session_cookie

pytestmark = pytest.mark.integration

NOW = datetime.now(UTC)
SECRETS = ("secret anchor", "secret summary", "secret reason", "61.25", "87.65", "43.21")
"""Of marks, of the summary, of the total, of a dimension, of points."""
SAID = "I built it alone"


async def judged(board: Board, status: str) -> str:
    """An interview with one answer that a machine has marked."""
    interview = await board.interview(questions=2)
    number = int(interview)
    async with board.maker.begin() as session:
        room = (await session.scalars(select(Room))).one()
        values = {"status": status, "room_id": room.id, "scoring_consent": True}
        await session.execute(update(Interview).values(**values, overall_score=61.25))
        query = select(InterviewQuestion).order_by(InterviewQuestion.ordinal)
        question = (await session.scalars(query)).first()
        assert question is not None
        times = {"answer_opened_at": NOW, "ended_at": NOW + timedelta(seconds=9)}
        turn = await ask(session, number, question.id, end_reason="silence", **times)
        line = Transcript(
            interview_id=number, turn_id=turn.id, utterance_key="u", speaker="User", text=SAID,
            language="en", ordinal=0, started_at=NOW, ended_at=NOW, engine="e",
        )  # fmt: skip
        session.add(line)
        await session.flush()
        marks = [("evidence", 4.0, "secret anchor", None), ("other", None, "", "secret reason")]
        session.add_all(
            QuestionScore(
                interview_id=number, turn_id=turn.id, criterion=key, label=key, dimension="depth",
                level=level, anchor=anchor, keywords=[], abstained_reason=why, evaluator="e",
                versions={},
                quotes=[{"text": "built", "transcript_id": line.id, "start": 2, "end": 7}],
            )
            for key, level, anchor, why in marks
        )  # fmt: skip
        session.add(
            EvaluationReport(
                interview_id=number, stage=1, depth_score=43.21, summary_text="secret summary",
                details={"why": "secret reason"}, evaluator_model="e", versions={},
            )
        )  # fmt: skip
        points = {"expression_points": [87.65, 1.0], "presence_points": [87.65, 1.0]}
        session.add(
            ScoreWindowRow(
                interview_id=number, turn_key=turn.turn_key, start_mono_ns=0,
                wall_ns=int(NOW.timestamp() * 1e9), length_ms=1_000, frames_captured=30,
                frames_analysed=30, measures={**points, "head_yaw_deg": [3.5, 1.0]},
            )
        )  # fmt: skip
    return interview


async def answers(board: Board, who: str, interview: str) -> dict[str, str]:
    """Everything that this person may read, API and pages."""

    def filled(path: str) -> str:
        return path.replace("{interview_id}", interview).replace("{code}", "seoul-1")

    described = board.app.openapi_schema.to_schema()["paths"]
    api = [filled(path) for path, item in described.items() if "get" in item]
    pages = [filled(path) for path in ("/rooms", "/rooms/{code}", "/interviews", "/refusals",
             "/interviews/{interview_id}/report", "/interviews/{interview_id}/ratings")]  # fmt: skip
    cookie = {"cookie": session_cookie(board.config, board.people[who])}
    found: dict[str, str] = {}
    for path in (path for path in api if "{" not in path):
        found[path] = (await board.call(who, "GET", path.removeprefix("/api/v1"))).text
    for path in pages:
        found[path] = (await board.client.get(path, headers=cookie)).text
    return found


def leaks(found: dict[str, str], secrets: Iterable[str] = SECRETS) -> set[tuple[str, str]]:
    return {(path, one) for path, text in found.items() for one in secrets if one in text}


@pytest.mark.parametrize("status", ["live", "completed"])
async def test_nothing_that_an_interviewer_may_read_tells_a_machines_marks(
    board: Board, status: str
) -> None:
    interview = await judged(board, status)
    found = await answers(board, "interviewer", interview)
    assert leaks(found) == set()
    report = f"/interviews/{interview}/report"
    assert SAID in found[report], "what was said is there, and no mark is drawn into it"
    assert 'id="sealed"' in found[report]
    assert json.loads(found[f"/api/v1{report}"])["sealed"] is True


async def test_the_same_is_shown_once_the_own_ratings_are_locked(board: Board) -> None:
    interview = await judged(board, "completed")
    questions = (
        await board.call("interviewer", "GET", f"/interviews/{interview}/questions")
    ).json()
    body = {"question_id": questions[0]["question_id"], "criterion": "evidence", "level": 4}
    path = f"/interviews/{interview}/ratings"
    await board.call("interviewer", "PUT", path, json={**body, "seq": 1})
    assert (await board.call("interviewer", "POST", f"{path}/lock")).status_code == 200
    found = await answers(board, "interviewer", interview)
    assert {one for _, one in leaks(found)} == set(SECRETS)
    assert json.loads(found[f"/api/v1/interviews/{interview}/report"])["sealed"] is False


@pytest.mark.parametrize("who", ["recruiter", "admin"])
async def test_who_plans_and_moderates_sees_marks_at_any_time(board: Board, who: str) -> None:
    interview = await judged(board, "completed")
    assert {one for _, one in leaks(await answers(board, who, interview))} == set(SECRETS)


async def test_a_site_may_show_marks_always(board: Board) -> None:
    board.serve(Config(data_dir=board.config.data_dir, dashboard=Dashboard(reveal="always")))
    interview = await judged(board, "completed")
    found = await answers(board, "interviewer", interview)
    assert {one for _, one in leaks(found)} == set(SECRETS)


@pytest.mark.parametrize("sealed", [True, False])
def test_a_sealed_browser_hears_that_there_are_marks_and_what_is_measured(*, sealed: bool) -> None:
    queue = Queue(sealed=sealed)
    mark = Mark("evidence", "Evidence", 4.0, ("built",))
    queue.put(MarksAdded("r", "7", "t", "e", (mark,)))
    measures: dict[str, tuple[float | None, float]] = {
        "head_yaw_deg": (3.5, 1.0),
        "gaze_points": (87.65, 1.0),
    }
    queue.put(Readings("r", "7", 0, "answering", "t", "q", 0, 1, 0, True, measures))
    marks, readings = json.loads(queue.take() or b"")
    shown: list[Any] = [marks["type"], len(marks["marks"]), sorted(readings["measures"])]
    points = [] if sealed else ["gaze_points"]
    assert shown == ["marks", 0 if sealed else 1, [*points, "head_yaw_deg"]]
