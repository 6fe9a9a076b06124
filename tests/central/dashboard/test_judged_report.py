"""The report shows why a person has to look and how a level came about: to staff, and in both languages;
a candidate reads the rubric's sentences.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from central.interview.schemes import SchemeMark, apply
from central.language import schemes
from central.language.evaluation import reasons
from central.language.evaluator import Judgement
from central.storage.tables import (
    EvaluationReport,
    Interview,
    InterviewQuestion,
    QuestionScore,
    Transcript,
    Turn,
)
from tests.fakes.board import Board, ask, ask_first, session_cookie

pytestmark = pytest.mark.integration

JUDGED = Judgement(
    (3.4, 2.0), 0.9, (0.0, 0.3, 0.7, 0.0, 0.0), 4.0, 2.7, {"not_said": 1}, "mine alone"
)


async def judged(board: Board) -> int:
    interview_id = int(await board.interview())
    async with board.maker.begin() as session:
        turn = await ask_first(session, interview_id)
        now = datetime.now(UTC)
        line = Transcript(
            interview_id=interview_id, turn_id=turn.id, utterance_key="u1", speaker="User",
            text="we measured it twice", language="en", ordinal=0, started_at=now, ended_at=now,
            engine="scripted",
        )  # fmt: skip
        session.add(line)
        await session.flush()
        quote = {
            "text": "measured", "transcript_id": line.id, "start": 3, "end": 11,
            "begin_ms": 400, "end_ms": 900,
        }  # fmt: skip
        session.add(
            QuestionScore(
                interview_id=interview_id, turn_id=turn.id, criterion="structure", label="Structure",
                dimension="communication", level=2.7, anchor="some", next_anchor="say it in order",
                quotes=[quote], keywords=[], evaluator="llama.cpp/some", versions={"prompt": "1"},
                needs_person=[reasons.SUSPECTS], judgement=asdict(JUDGED),
            )
        )  # fmt: skip
        staged = apply(schemes.of_stage(3), [SchemeMark("ownership", "cultural_fit", 3.0, 1.0)])
        session.add(
            EvaluationReport(
                interview_id=interview_id, stage=3, summary_text="", evaluator_model="m", versions={},
                details={"stage_scheme": asdict(staged)},
            )
        )  # fmt: skip
        interview = await session.get(Interview, interview_id)
        assert interview is not None
        interview.status = "completed"
    return interview_id


async def page(board: Board, who: str, interview_id: int, language: str) -> str:
    cookie = f"{session_cookie(board.config, board.people[who])}; language={language}"
    answer = await board.client.get(
        f"/interviews/{interview_id}/report", headers={"cookie": cookie}
    )
    assert answer.status_code == 200
    return answer.text


async def test_staff_see_why_a_person_has_to_look_and_how_the_level_came_about(
    board: Board,
) -> None:
    number = await judged(board)
    korean = await page(board, "recruiter", number, "ko")
    for text in (
        "사람의 확인 필요",
        "그 문장을 뺀 수준",
        "mine alone",
        "인용문 1개",
        "임원진 면접",
        "리더십",
    ):
        assert text in korean
    english = await page(board, "recruiter", number, "en")
    for text in ("Needs a person", "Executive interview", "Leadership", "25% of the scheme"):
        assert text in english


async def test_a_candidate_reads_the_sentence_above_and_no_weighing(board: Board) -> None:
    number = await judged(board)
    shown = await page(board, "candidate", number, "en")
    assert "say it in order" in shown
    assert "mine alone" not in shown
    assert "Needs a person" not in shown
    told = (await board.call("candidate", "GET", f"/interviews/{number}/report")).json()
    (mark,) = told["details"][0]["marks"]
    assert mark["judgement"] is None
    assert mark["needs_person"] == []
    assert told["details"][0]["next_step"] == "Structure: say it in order"


async def test_the_api_tells_all_of_it_to_staff(board: Board) -> None:
    number = await judged(board)
    told: dict[str, Any] = (
        await board.call("recruiter", "GET", f"/interviews/{number}/report")
    ).json()
    (mark,) = told["details"][0]["marks"]
    assert mark["needs_person"] == ["suspicious_words"]
    assert mark["judgement"]["orders"] == [3.4, 2.0]
    assert (mark["quotes"][0]["begin_ms"], mark["quotes"][0]["end_ms"]) == (400, 900)
    assert told["stage_scheme"]["needs_person"]
    assert told["stage_scheme"]["assessed_weight"] == 0.25


async def followed(board: Board, interview_id: int) -> str:
    """A follow-up was asked, and the mark quotes its answer too; the main question's id."""
    async with board.maker.begin() as session:
        (mark,) = (await session.scalars(select(QuestionScore))).all()
        main = await session.get_one(Turn, mark.turn_id)
        question = InterviewQuestion(
            interview_id=interview_id, ordinal=0, text="How much faster?", category="technical",
            difficulty="easy", source="template", rubric={}, follow_up_of=main.question_id,
            about="metric",
        )  # fmt: skip
        session.add(question)
        await session.flush()
        turn = await ask(session, interview_id, question.id, position=1)
        line = Transcript(
            interview_id=interview_id, turn_id=turn.id, utterance_key="u2", speaker="User",
            text="by half in the end", language="en", ordinal=0, started_at=datetime.now(UTC),
            ended_at=datetime.now(UTC), engine="scripted",
        )  # fmt: skip
        session.add(line)
        await session.flush()
        quote = {"text": "by half", "transcript_id": line.id, "start": 0, "end": 7}
        mark.quotes, mark.turns = [*mark.quotes, quote], [main.id, turn.id]
        return str(main.question_id)


async def test_a_follow_ups_answer_stands_with_the_marks_that_quote_it(board: Board) -> None:
    number = await judged(board)
    main = await followed(board, number)
    english = await page(board, "recruiter", number, "en")
    for text in (
        "Follows question 1: both answers are marked together.",
        "Marked together with the answer that it follows.",
        "to the follow-up",
        '<mark title="Structure">by half</mark>',
    ):
        assert text in english
    assert "추가 질문입니다. 두 답변을 함께 평가합니다." in await page(
        board, "recruiter", number, "ko"
    )
    told = (await board.call("recruiter", "GET", f"/interviews/{number}/report")).json()
    first, second = told["details"]
    assert (first["follows"], second["follows"], second["marks"]) == (None, main, [])
    rating = {"question_id": second["question_id"], "criterion": "answer", "level": 3, "seq": 1}
    answer = await board.call("interviewer", "PUT", f"/interviews/{number}/ratings", json=rating)
    assert answer.status_code == 404, "it is rated together with the main question"


async def test_a_sealed_report_shows_nothing_of_the_pair(board: Board) -> None:
    number = await judged(board)
    await followed(board, number)
    assert "<mark title" not in await page(board, "interviewer", number, "en")
