"""Planning and steering interviews: rows and doorbells, and what cannot be."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from central.interview.commands import CommandBody, PushQuestion, StartInterview
from central.storage import audit
from central.storage.tables import Interview, RoomCommand
from tests.fakes.board import Board

pytestmark = pytest.mark.integration


async def commands(board: Board) -> list[RoomCommand]:
    async with board.maker() as session:
        return list((await session.scalars(select(RoomCommand).order_by(RoomCommand.id))).all())


async def started(board: Board) -> str:
    interview = await board.interview()
    path = f"/interviews/{interview}/start"
    answer = await board.call("interviewer", "POST", path, json={"room": "seoul-1"})
    assert answer.status_code == 202, answer.text
    return interview


async def live(board: Board) -> str:
    """As the gateway leaves it when the room has begun."""
    interview = await started(board)
    async with board.maker.begin() as session:
        await session.execute(update(RoomCommand).values(state="done"))
        await session.execute(update(Interview).values(status="live"))
    return interview


async def test_an_interview_is_planned_with_frozen_questions_of_the_bank(board: Board) -> None:
    interview = await board.interview(questions=3)
    answer = await board.call("interviewer", "GET", f"/interviews/{interview}/questions")
    questions = answer.json()
    assert [question["order"] for question in questions] == [0, 1, 2]
    assert {question["source"] for question in questions} == {"bank"}
    assert all(question["rubric_json"]["criteria"] for question in questions)


async def test_two_candidates_for_one_position_are_asked_the_same(board: Board) -> None:
    asked: list[Any] = []
    for candidate in ("candidate", "other"):
        interview = await board.interview(candidate, questions=3)
        answer = await board.call("interviewer", "GET", f"/interviews/{interview}/questions")
        asked.append([question["content"] for question in answer.json()])
    assert asked[0] == asked[1]


async def test_starting_leaves_a_whole_plan_a_doorbell_and_an_audit_entry(board: Board) -> None:
    interview = await started(board)
    (command,) = await commands(board)
    body: Any = msgspec.convert(command.body, CommandBody)
    assert isinstance(body, StartInterview)
    assert body.plan.interview_id == interview
    assert (body.plan.candidate_name, body.plan.language) == ("candidate person", "en")
    assert len(body.plan.questions) == 2
    assert board.bus.rung == ["room.seoul-1.command"]
    async with board.maker() as session:
        entry = (await audit.latest(session))[0]
    assert (entry.actor, entry.action) == ("interviewer", "command.start_interview")


@pytest.mark.parametrize(("silence_s", "prompt_s"), [(3, 10), (8, 10), (20, 20)])
async def test_who_needs_more_time_is_given_more_silence(
    board: Board, silence_s: int, prompt_s: int
) -> None:
    planned = {
        "candidate_id": str(board.people["candidate"].id),
        "position": "Developer",
        "language": "en",
        "question_count": 2,
        "answer_end_silence_s": silence_s,
    }
    answer = await board.call("interviewer", "POST", "/interviews", json=planned)
    path = f"/interviews/{answer.json()['id']}/start"
    await board.call("interviewer", "POST", path, json={"room": "seoul-1"})
    body: Any = msgspec.convert((await commands(board))[0].body, CommandBody)
    assert body.plan.answer_end_silence_ms == silence_s * 1_000
    assert body.plan.no_answer_prompt_ms == prompt_s * 1_000


@pytest.mark.parametrize("silence_s", [0, 1, 31])
async def test_a_silence_that_nobody_could_keep_is_refused(board: Board, silence_s: int) -> None:
    planned = {"candidate_id": str(board.people["candidate"].id), "position": "Developer"}
    body = {**planned, "answer_end_silence_s": silence_s}
    answer = await board.call("interviewer", "POST", "/interviews", json=body)
    assert answer.status_code in {400, 422}


async def test_a_room_holds_one_interview_at_a_time(board: Board) -> None:
    await started(board)
    second = await board.interview("other")
    answer = await board.call(
        "interviewer", "POST", f"/interviews/{second}/start", json={"room": "seoul-1"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "room_busy")
    assert len(await commands(board)) == 1


@pytest.mark.parametrize(
    ("questions", "room", "status", "code"),
    [(0, "seoul-1", 409, "interview_has_no_questions"), (2, "nowhere", 404, "room_unknown")],
)
async def test_a_start_that_cannot_be_leaves_nothing(
    board: Board, questions: int, room: str, status: int, code: str
) -> None:
    interview = await board.interview(questions=questions)
    path = f"/interviews/{interview}/start"
    answer = await board.call("interviewer", "POST", path, json={"room": room})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await commands(board) == []
    assert board.bus.rung == []


@pytest.mark.parametrize("step", ["push", "skip", "complete"])
async def test_only_a_live_interview_is_steered(board: Board, step: str) -> None:
    interview = await board.interview()
    given = {"json": {"content": "Why?"}} if step == "push" else {}
    answer = await board.call("interviewer", "POST", f"/interviews/{interview}/{step}", **given)
    assert (answer.status_code, answer.json()["code"]) == (409, "interview_not_live")
    questions = await board.call("interviewer", "GET", f"/interviews/{interview}/questions")
    assert len(questions.json()) == 2


async def test_a_pushed_sentence_becomes_a_question_and_a_command(board: Board) -> None:
    interview = await live(board)
    answer = await board.call(
        "interviewer", "POST", f"/interviews/{interview}/push", json={"content": " Why   so? "}
    )
    assert answer.status_code == 202
    pushed: Any = msgspec.convert((await commands(board))[-1].body, CommandBody)
    assert isinstance(pushed, PushQuestion)
    assert pushed.question.text == "Why so?"
    questions = await board.call("interviewer", "GET", f"/interviews/{interview}/questions")
    assert questions.json()[-1]["question_id"] == pushed.question.question_id
    assert questions.json()[-1]["source"] == "typed"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "question_choice"),
        ({"content": "a?", "bank_question_id": "1"}, 422, "question_choice"),
        ({"content": "   "}, 422, "question_text"),
        ({"content": "x" * 501}, 422, "question_text"),
        ({"bank_question_id": "999"}, 404, "question_unknown"),
        ({"question_id": "999"}, 404, "question_unknown"),
        ({"content": "a?", "category": "age"}, 400, "invalid"),
    ],
)
async def test_a_question_that_cannot_be_pushed_says_why(
    board: Board, body: dict[str, str], status: int, code: str
) -> None:
    interview = await live(board)
    answer = await board.call("interviewer", "POST", f"/interviews/{interview}/push", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("step", "kind"), [("skip", "skip_question"), ("complete", "end_interview")]
)
async def test_skip_and_complete_are_commands_too(board: Board, step: str, kind: str) -> None:
    interview = await live(board)
    answer = await board.call("interviewer", "POST", f"/interviews/{interview}/{step}")
    assert (answer.status_code, answer.json()["kind"]) == (202, kind)
    assert (await commands(board))[-1].kind == kind


async def test_a_skip_can_name_the_turn_that_it_is_for(board: Board) -> None:
    interview = await live(board)
    path = f"/interviews/{interview}/skip"
    assert (await board.call("interviewer", "POST", f"{path}?turn=t-7")).status_code == 202
    assert (await commands(board))[-1].body["turn_id"] == "t-7"
    answer = await board.call("interviewer", "POST", f"{path}?turn={'t' * 65}")
    assert (answer.status_code, len(await commands(board))) == (400, 2)


async def test_cancelling_takes_a_start_back_and_tells_the_room(board: Board) -> None:
    interview = await started(board)
    answer = await board.call("recruiter", "POST", f"/interviews/{interview}/cancel")
    assert answer.json()["status"] == "cancelled"
    states = [(command.kind, command.state) for command in await commands(board)]
    assert states == [("start_interview", "expired"), ("end_interview", "open")]


async def test_a_live_interview_is_ended_and_not_cancelled(board: Board) -> None:
    interview = await live(board)
    answer = await board.call("recruiter", "POST", f"/interviews/{interview}/cancel")
    assert (answer.status_code, answer.json()["code"]) == (409, "interview_not_scheduled")


async def test_the_interviewers_note_is_a_line_that_candidates_do_not_see(board: Board) -> None:
    interview = await board.interview()
    path = f"/interviews/{interview}/transcripts"
    added = await board.call("interviewer", "POST", path, json={"text": "Calm and clear."})
    assert (added.status_code, added.json()["speaker"]) == (201, "Interviewer")
    staff = await board.call("recruiter", "GET", path)
    own = await board.call("candidate", "GET", path)
    assert [line["text"] for line in staff.json()] == ["Calm and clear."]
    assert own.json() == []


async def test_a_notice_is_published_for_the_room(board: Board) -> None:
    answer = await board.call(
        "interviewer", "POST", "/rooms/seoul-1/notice", json={"text": "One minute, please."}
    )
    assert answer.status_code == 202
    assert [event.room for event in board.bus.published] == ["seoul-1"]


async def test_who_answers_in_writing_has_three_times_the_time(board: Board) -> None:
    body = {
        "candidate_id": str(board.people["candidate"].id),
        "position": "Backend Engineer",
        "language": "en",
        "question_count": 1,
        "typed_answers": True,
    }
    made = (await board.call("recruiter", "POST", "/interviews", json=body)).json()["id"]
    path = f"/interviews/{made}/start"
    started = await board.call("recruiter", "POST", path, json={"room": "seoul-1"})
    assert started.status_code == 202
    async with board.maker.begin() as session:
        rows = await session.execute(select(RoomCommand.body))
        plan = rows.scalar_one()["plan"]
    assert plan["typed_answers"] is True
    assert [one["answer_limit_ms"] for one in plan["questions"]] == [360_000]
