"""Rooms and reports as people read them, from rows as the gateway and the workers leave them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from central.policy import load
from central.storage import live_rooms, reports
from central.storage.tables import (
    Agent,
    EmotionSecondRow,
    EvaluationReport,
    Interview,
    InterviewQuestion,
    Quarantine,
    QuestionScore,
    Room,
    ScoreWindowRow,
    Transcript,
    Turn,
)
from tests.fakes.board import Board, ask

pytestmark = pytest.mark.integration

NOW = datetime.now(UTC)


async def happened(board: Board, *, scored: bool = True) -> int:
    """A live interview in seoul-1 whose first of two questions was answered and marked."""
    number = int(await board.interview(questions=2))
    async with board.maker.begin() as session:
        room = (await session.scalars(select(Room))).one()
        session.add(Agent(room_id=room.id, uuid="u", connected=True, last_seen=NOW, health=HEALTH))
        values = {"status": "live", "room_id": room.id, "scoring_consent": scored}
        await session.execute(update(Interview).values(**values))
        await _answered(session, number, scored=scored)
    return number


HEALTH = {"frames_captured": 300, "frames_analysed": 299, "faults": ["microphone is silent"]}


async def _answered(session: AsyncSession, number: int, *, scored: bool) -> None:
    query = select(InterviewQuestion).order_by(InterviewQuestion.ordinal)
    question = (await session.scalars(query)).first()
    assert question is not None
    turn = await ask(
        session,
        number,
        question.id,
        answer_opened_at=NOW,
        ended_at=NOW + timedelta(seconds=12),
        end_reason="silence",
        expected_utterances=2,
    )
    lines = [
        line(number, turn.id, 0, "I built it."),
        line(number, turn.id, 1, "thank you", accepted=False, reject_reason="hallucination"),
    ]
    session.add_all(lines)
    await session.flush()
    for second, value in enumerate((3.0, None)):
        session.add(window(number, turn.turn_key, second, value))
    if scored:
        session.add(mark(number, turn.id, lines[0].id))


def line(number: int, turn: int, ordinal: int, text: str, **given: Any) -> Transcript:
    at = NOW + timedelta(seconds=ordinal)
    return Transcript(
        interview_id=number,
        turn_id=turn,
        utterance_key=f"u{ordinal}",
        speaker="User",
        text=text,
        language="en",
        ordinal=ordinal,
        started_at=at,
        ended_at=at,
        engine="pocketsphinx (English only, last resort)",
        **given,
    )


def window(number: int, turn_key: str, second: int, value: float | None) -> ScoreWindowRow:
    return ScoreWindowRow(
        interview_id=number,
        turn_key=turn_key,
        start_mono_ns=second * 10**9,
        wall_ns=second * 10**9,
        length_ms=1000,
        frames_captured=30,
        frames_analysed=29,
        measures={"head_yaw_deg": [value, 0.0 if value is None else 1.0]},
    )


def mark(number: int, turn: int, transcript: int) -> QuestionScore:
    quote = {"text": "built it", "transcript_id": transcript, "start": 2, "end": 10}
    return QuestionScore(
        interview_id=number,
        turn_id=turn,
        criterion="evidence",
        label="Evidence",
        dimension="depth",
        level=3.0,
        anchor="some",
        quotes=[quote],
        keywords=["built"],
        evaluator="rubric-baseline",
        versions={"rubric": "1"},
    )


async def test_the_wall_shows_what_needs_a_person(board: Board) -> None:
    number = await happened(board)
    async with board.maker.begin() as session:
        room = (await session.scalars(select(Room))).one()
        session.add(
            Quarantine(
                room_id=room.id, spool_id="s", seq=4, interview_ref="x", kind=99,
                reason="MALFORMED", detail="not a message", payload=b"12345",
            )
        )  # fmt: skip
    async with board.maker() as session:
        (card,) = await live_rooms.list_rooms(session)
    assert (card.code, card.connected, card.faults) == ("seoul-1", True, ("microphone is silent",))
    assert card.interview is not None
    assert (card.interview.id, card.interview.position, card.interview.count) == (number, 1, 2)
    assert card.quarantined == 1
    answer = await board.call("it", "GET", "/quarantine")
    assert [(one["seq"], one["reason"], one["size_bytes"]) for one in answer.json()] == [
        (4, "MALFORMED", 5)
    ]


async def test_a_rooms_page_has_all_that_was_said_and_measured(board: Board) -> None:
    await happened(board)
    async with board.maker() as session:
        detail = await live_rooms.room(session, "seoul-1")
        nowhere = await live_rooms.room(session, "nowhere")
    assert nowhere is None
    assert detail is not None
    assert [question.state for question in detail.questions] == ["answered", "planned"]
    assert [one.text for one in detail.turns[0].answer] == ["I built it."]
    assert [one.measures["head_yaw_deg"][0] for one in detail.windows] == [3.0, None]
    assert detail.turns[0].marks[0].quotes[0].text == "built it"


async def test_it_sees_the_room_but_nobody_in_it(board: Board) -> None:
    await happened(board)
    seen = (await board.call("it", "GET", "/rooms/seoul-1")).json()
    assert seen["room"]["candidate_name"] is None
    assert seen["transcripts"] == []
    staff = (await board.call("interviewer", "GET", "/rooms/seoul-1")).json()
    assert staff["room"]["candidate_name"] == "candidate person"
    assert len(staff["transcripts"]) == 2


async def test_a_report_is_not_there_before_it_is_written(board: Board) -> None:
    number = await happened(board)
    answer = await board.call("recruiter", "GET", f"/interviews/{number}/report")
    assert (answer.status_code, answer.json()["code"]) == (404, "report_not_ready")


async def written(board: Board, number: int, **scores: float | None) -> Any:
    async with board.maker.begin() as session:
        session.add(
            EvaluationReport(
                interview_id=number, stage=1, summary_text="One answer.", details={},
                evaluator_model="rubric-baseline", versions={"scheme": "1"}, **scores,
            )
        )  # fmt: skip
    return (await board.call("candidate", "GET", f"/interviews/{number}/report")).json()


async def test_the_report_has_the_seeds_shape_with_its_evidence(board: Board) -> None:
    number = await happened(board)
    report = await written(board, number, depth_score=50.0)
    assert report["summary"]["depth"] == 50.0
    assert report["summary"]["technical"] is None
    assert (report["emotions"], report["emotions_reason"]) == (None, "before_policies")
    (detail,) = report["details"]
    assert (detail["answer"], detail["score"]) == ("I built it.", 50.0)
    assert detail["marks"][0]["quotes"][0]["text"] in detail["answer"]
    assert detail["channels"] == [
        {
            "channel": "head_yaw_deg", "how": "median", "value": 3.0, "minimum": 3.0,
            "maximum": 3.0, "coverage": 0.5,
        }
    ]  # fmt: skip
    assert report["engines"] == {
        "speech": ["pocketsphinx (English only, last resort)"],
        "questions": ["bank"],
        "marks": ["rubric-baseline"],
    }
    assert {"what": "technical", "reason": "no_evidence", "detail": NO_EVIDENCE} in report[
        "not_assessed"
    ]


NO_EVIDENCE = "No answer could be marked for it."


async def test_where_scoring_was_declined_the_report_says_so(board: Board) -> None:
    number = await happened(board, scored=False)
    async with board.maker() as session:
        view = await reports.report(session, number)
        missing = await reports.report(session, 10**9)
    assert missing is None
    assert view is not None
    assert not view.ready
    assert "scoring_declined" in {one.reason for one in view.not_assessed}
    reasons = {one.what: one.reason for one in view.questions[0].not_assessed}
    assert reasons["marks"] == "scoring_declined"
    assert [line.text for line in view.questions[0].refused] == ["thank you"]
    assert [question.ordinal for question in view.unasked] == [1]


@pytest.mark.parametrize(
    ("consent", "reason"), [(True, ""), (False, "emotion_declined"), (None, "not_asked")]
)
async def test_emotions_are_told_where_policy_and_candidate_allow_and_enter_no_total(
    board: Board, consent: bool | None, reason: str
) -> None:
    number = await happened(board)
    before = await written(board, number, depth_score=50.0)
    async with board.maker.begin() as session:
        row = await session.get_one(Interview, number)
        row.policy = msgspec.to_builtins(load("kr").named("kr"))
        row.scoring_consent, row.emotion_consent = True, consent
        turn = await session.scalar(select(Turn.turn_key).where(Turn.interview_id == number))
        session.add(
            EmotionSecondRow(
                interview_id=number, turn_key=turn, start_mono_ns=1, model="mini-xception-fer2013",
                answered=20, sums=[0, 0, 0, 15, 0, 0, 5], abstained={"turned": 5},
            )
        )  # fmt: skip
    report = (await board.call("candidate", "GET", f"/interviews/{number}/report")).json()
    assert report["emotions_reason"] == reason
    assert report["behaviour"]["total"] == before["behaviour"]["total"]
    if consent:
        assert (report["emotions"]["happy"], report["emotions"]["neutral"]) == (0.75, 0.25)
        basis = report["emotions_basis"]
        assert (basis["looks"], basis["answered_ratio"]) == (25, 0.8)
        assert (basis["published_accuracy"], basis["published_on"]) == (0.66, "FER2013")
    else:
        assert report["emotions"] is None
        assert {"what": "emotions", "reason": reason, "detail": ""} in report["not_assessed"]
