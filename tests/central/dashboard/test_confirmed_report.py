"""The report and the live room show both versions of a corrected sentence, side by side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from central.storage.tables import (
    Confirmation,
    CorrectionRow,
    EvaluationReport,
    Interview,
    QuestionScore,
    Room,
    Transcript,
)
from tests.fakes.board import Board, ask_first, session_cookie

pytestmark = pytest.mark.integration

HEARD, WRITTEN = "we used cooper net is <b>", "we used Kubernetes <b>"


async def read(
    board: Board, *, verdict: str | None = "right", written: str = WRITTEN, counts: bool = True
) -> int:
    """A live interview with one answer, which its candidate has read (or not)."""
    interview_id = int(await board.interview())
    async with board.maker.begin() as session:
        turn = await ask_first(session, interview_id)
        now = datetime.now(UTC)
        line = Transcript(
            interview_id=interview_id, turn_id=turn.id, utterance_key="u1", speaker="User",
            text=HEARD, language="en", ordinal=0, started_at=now, ended_at=now, engine="scripted",
        )  # fmt: skip
        session.add(line)
        await session.flush()
        of = {"interview_id": interview_id, "turn_id": turn.id}
        if verdict is not None:
            session.add(Confirmation(**of, verdict=verdict, sentences=1, given_at=now))
        if verdict is not None and written:
            session.add(
                CorrectionRow(
                    **of, transcript_id=line.id, text=written, changed_ratio=0.2, counts=counts
                )
            )
        quote = {"text": "Kubernetes", "transcript_id": line.id, "start": 8, "end": 18}
        session.add(
            QuestionScore(
                **of, criterion="c", label="Depth", dimension="depth", level=3, anchor="some",
                quotes=[quote], keywords=[], evaluator="e", versions={},
                needs_person=["corrected_words"], turns=[turn.id], confirmed=[turn.id],
            )
        )  # fmt: skip
        session.add(
            EvaluationReport(
                interview_id=interview_id, stage=1, summary_text="", evaluator_model="m",
                versions={}, details={},
            )
        )  # fmt: skip
        interview = await session.get_one(Interview, interview_id)
        interview.status, interview.awaits_words = "live", verdict is None
        interview.room_id = await session.scalar(select(Room.id).limit(1))
        interview.policy = {
            "profile": "own", "version": "1", "confirm_transcript": True,
            "channels": dict.fromkeys(
                ("gaze", "expression", "posture", "hands", "people", "emotion"), "off"
            ),
        }  # fmt: skip
    return interview_id


async def page(board: Board, path: str, language: str) -> str:
    cookie = f"{session_cookie(board.config, board.people['recruiter'])}; language={language}"
    answer = await board.client.get(path, headers={"cookie": cookie})
    assert answer.status_code == 200
    return answer.text


async def test_the_report_shows_both_and_marks_the_quote_in_the_words_that_count(
    board: Board,
) -> None:
    number = await read(board)
    shown = await page(board, f"/interviews/{number}/report", "ko")
    assert "지원자가 이 글이 맞다고 확인했습니다" in shown
    assert "지원자가 고친 말에 근거한 수준입니다" in shown
    assert "<dd>we used cooper net is &lt;b&gt;</dd>" in shown
    assert "<ins>Kubernetes</ins>" in shown
    assert '<mark title="Depth">Kubernetes</mark>' in shown
    told: dict[str, Any] = (
        await board.call("recruiter", "GET", f"/interviews/{number}/report")
    ).json()
    (detail,) = told["details"]
    assert (detail["answer"], detail["confirmed"]) == (WRITTEN, "right")
    assert detail["corrections"] == [{"recognised": HEARD, "corrected": WRITTEN, "counts": True}]


async def test_a_rewrite_is_shown_and_the_answer_stays_as_it_was_recognised(board: Board) -> None:
    number = await read(board, verdict="misheard", written="I led forty people", counts=False)
    shown = await page(board, f"/interviews/{number}/report", "en")
    assert "The candidate says that something was misheard" in shown
    assert "The candidate rewrote it" in shown
    told = (await board.call("recruiter", "GET", f"/interviews/{number}/report")).json()
    assert told["details"][0]["answer"] == HEARD


async def test_what_was_not_confirmed_says_so_where_it_was_to_be(board: Board) -> None:
    number = await read(board, verdict=None)
    shown = await page(board, f"/interviews/{number}/report", "en")
    assert "The candidate has not confirmed these words." in shown
    async with board.maker.begin() as session:
        interview = await session.get_one(Interview, number)
        interview.policy = {**(interview.policy or {}), "confirm_transcript": False}
    shown = await page(board, f"/interviews/{number}/report", "en")
    assert "has not confirmed" not in shown


async def test_the_live_room_and_the_api_have_both(board: Board) -> None:
    number = await read(board)
    async with board.maker() as session:
        interview = await session.get_one(Interview, number)
        room = await session.get_one(Room, interview.room_id)
    shown = await page(board, f"/rooms/{room.code}", "en")
    assert '<span class="text">we used cooper net is &lt;b&gt;</span>' in shown
    assert "<ins>Kubernetes</ins>" in shown
    lines = (await board.call("recruiter", "GET", f"/interviews/{number}/transcripts")).json()
    (line,) = [one for one in lines if one["speaker"] == "User"]
    assert (line["text"], line["corrected"], line["corrected_counts"]) == (HEARD, WRITTEN, True)
