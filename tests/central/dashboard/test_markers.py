"""Markers and notes over the API: one tap is one marker, its newest state stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from central.storage.tables import Interview, Transcript
from tests.central.dashboard.rated import lock, over, rate, second_interviewer
from tests.fakes.board import Board, session_cookie

pytestmark = pytest.mark.integration

NOW = datetime.now(UTC).replace(microsecond=0)
KEY = "0123456789abcdef"


async def put(
    board: Board, who: str, interview: str, key: str = KEY, **given: Any
) -> httpx.Response:
    body = {"kind": "strong", "at": NOW.isoformat(), "seq": 1, **given}
    return await board.call(who, "PUT", f"/interviews/{interview}/markers/{key}", json=body)


async def seen(board: Board, who: str, interview: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        await board.call(who, "GET", f"/interviews/{interview}/markers")
    ).json()
    return found


async def said(board: Board, interview: str, text: str = "I built it alone.") -> str:
    async with board.maker.begin() as session:
        row = Transcript(
            interview_id=int(interview), speaker="User", text=text, language="en", ordinal=0,
            started_at=NOW, ended_at=NOW, engine="e",
        )  # fmt: skip
        session.add(row)
        await session.flush()
        return str(row.id)


async def test_a_tap_that_is_sent_twice_is_one_marker(board: Board) -> None:
    interview, _ = await over(board)
    for _ in range(2):
        assert (await put(board, "interviewer", interview)).status_code == 200
    assert [one["kind"] for one in await seen(board, "interviewer", interview)] == ["strong"]


async def test_words_come_later_and_the_time_stays_that_of_the_tap(board: Board) -> None:
    interview, _ = await over(board)
    async with board.maker.begin() as session:
        await session.execute(update(Interview).values(start_time=NOW - timedelta(hours=1)))
    later = (NOW - timedelta(minutes=1)).isoformat()
    await put(board, "interviewer", interview)
    await put(board, "interviewer", interview, seq=3, text="Named the figure.", at=later)
    late = await put(board, "interviewer", interview, seq=2, text="Named")
    assert (late.json()["text"], late.json()["seq"]) == ("Named the figure.", 3)
    (only,) = await seen(board, "interviewer", interview)
    assert datetime.fromisoformat(only["at"]) == NOW


async def test_a_marker_that_was_taken_back_does_not_come_back(board: Board) -> None:
    interview, _ = await over(board)
    await put(board, "interviewer", interview, seq=2, removed=True)
    await put(board, "interviewer", interview, seq=1)
    assert await seen(board, "interviewer", interview) == []


async def test_a_time_beside_the_interview_is_brought_into_it(board: Board) -> None:
    interview, _ = await over(board)
    began, ended = NOW - timedelta(minutes=30), NOW - timedelta(minutes=5)
    async with board.maker.begin() as session:
        await session.execute(update(Interview).values(start_time=began, end_time=ended))
    for key, at, kept in (
        ("a" * 8, began - timedelta(days=9), began),
        ("b" * 8, NOW + timedelta(days=9), ended),
    ):
        answer = await put(board, "interviewer", interview, key, at=at.isoformat())
        assert datetime.fromisoformat(answer.json()["at"]) == kept


@pytest.mark.parametrize(
    ("place", "quote"), [({"start": 2, "end": 7}, "built"), ({}, "I built it alone.")]
)
async def test_a_note_quotes_words_of_the_transcript(
    board: Board, place: dict[str, Any], quote: str
) -> None:
    interview, _ = await over(board)
    line = await said(board, interview)
    words: dict[str, Any] = {"kind": "note", "text": "Who else?", "transcript_id": line}
    answer = await put(board, "interviewer", interview, **words, **place)
    assert (answer.json()["quote"], answer.json()["text"]) == (quote, "Who else?")


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"kind": "handsome"}, 400, "invalid"),
        ({"at": "2026-11-28T12:00:00"}, 400, "invalid"),
        ({"text": "x" * 4_001}, 400, "invalid"),
        ({"key": "short"}, 422, "marker_invalid"),
        ({"transcript_id": "999"}, 422, "marker_invalid"),
        ({"transcript_id": "x"}, 422, "marker_invalid"),
        ({"transcript_id": "own", "start": 2, "end": 99}, 422, "marker_invalid"),
        ({"transcript_id": "own", "start": 2}, 422, "marker_invalid"),
        ({"transcript_id": "other"}, 422, "marker_invalid"),
    ],
)
async def test_what_is_no_marker_is_refused(
    board: Board, given: dict[str, Any], status: int, code: str
) -> None:
    interview, _ = await over(board)
    lines = {"own": await said(board, interview)}
    lines["other"] = await said(board, await board.interview("other"))
    if given.get("transcript_id") in lines:
        given = {**given, "transcript_id": lines[given["transcript_id"]]}
    answer = await put(board, "interviewer", interview, **given)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_others_markers_are_seen_after_the_own_lock(board: Board) -> None:
    interview, (question, _) = await over(board)
    second = await second_interviewer(board)
    await put(board, "interviewer", interview, kind="concern", text="Vague.")
    assert await seen(board, second, interview) == []
    report = f"/interviews/{interview}/report"
    cookie = {"cookie": session_cookie(board.config, board.people[second])}
    assert "Vague." not in (await board.client.get(report, headers=cookie)).text
    await rate(board, second, interview, question, 3)
    await lock(board, second, interview)
    assert [one["author"] for one in await seen(board, second, interview)] == ["interviewer person"]
    assert "Vague." in (await board.client.get(report, headers=cookie)).text


async def test_the_candidate_sees_no_marker_in_their_report(board: Board) -> None:
    interview, _ = await over(board)
    await put(board, "recruiter", interview, text="Vague.")
    cookie = {"cookie": session_cookie(board.config, board.people["candidate"])}
    page = await board.client.get(f"/interviews/{interview}/report", headers=cookie)
    assert page.status_code == 200
    assert "Vague." not in page.text
