"""The sound of an answer over HTTP: for those concerned, in the ranges that players ask for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from central.storage.tables import AuditEntry, QuestionScore, Transcript
from tests.fakes.board import Board, ask_first, session_cookie

pytestmark = pytest.mark.integration

FILE = bytes(range(256)) * 2000
"""Of 512 000 bytes: two pieces."""


async def answered(board: Board) -> int:
    """An answer with a quote in it, of the candidate; its turn's id."""
    interview_id = int(await board.interview())
    async with board.maker.begin() as session:
        turn = await ask_first(session, interview_id)
        now = datetime.now(UTC)
        line = Transcript(
            interview_id=interview_id, turn_id=turn.id, utterance_key="u1", speaker="User",
            text="we measured it twice", language="en", ordinal=0, started_at=now, ended_at=now,
            engine="scripted", first_sample=16_000, end_sample=48_000, watermark_id=1, format_seq=1,
            first_seq=5, last_seq=15, rate_hz=16_000,
            words=[{"start": 3, "end": 11, "begin_ms": 400, "end_ms": 900, "confidence": 0.8}],
        )  # fmt: skip
        session.add(line)
        await session.flush()
        quote = {"text": "measured", "transcript_id": line.id, "start": 3, "end": 11}
        session.add(
            QuestionScore(
                interview_id=interview_id, turn_id=turn.id, criterion="evidence", label="Evidence",
                dimension="depth", level=4.0, anchor="much", quotes=[quote], keywords=[],
                evaluator="rubric-baseline", versions={},
            )
        )  # fmt: skip
    board.bus.sounds[turn.id] = FILE
    return turn.id


@pytest.mark.parametrize(
    ("wanted", "status", "start", "end"),
    [
        (None, 200, 0, 512_000),
        ("bytes=0-", 206, 0, 512_000),
        ("bytes=0-99", 206, 0, 100),
        ("bytes=300000-300009", 206, 300_000, 300_010),
        ("bytes=511990-999999", 206, 511_990, 512_000),
        ("bytes=-500", 206, 511_500, 512_000),
        ("bytes=0-1,5-6", 200, 0, 512_000),
        ("lines=1-2", 200, 0, 512_000),
    ],
)
async def test_a_player_gets_the_range_that_it_asks_for(
    board: Board, wanted: str | None, status: int, start: int, end: int
) -> None:
    turn_id = await answered(board)
    headers = {} if wanted is None else {"range": wanted}
    token = await board.token("interviewer")
    answer = await board.client.get(
        f"/api/v1/turns/{turn_id}/audio", headers={"authorization": f"Bearer {token}", **headers}
    )
    assert answer.status_code == status
    assert answer.content == FILE[start:end]
    assert answer.headers["content-type"] == "audio/flac"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-length"] == str(end - start)
    if status == 206:
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/512000"


async def test_a_range_beyond_the_end_is_refused(board: Board) -> None:
    turn_id = await answered(board)
    token = await board.token("recruiter")
    answer = await board.client.get(
        f"/api/v1/turns/{turn_id}/audio",
        headers={"authorization": f"Bearer {token}", "range": "bytes=512000-"},
    )
    assert answer.status_code == 416
    assert answer.headers["content-range"] == "bytes */512000"


@pytest.mark.parametrize(
    ("who", "status"),
    [("candidate", 200), ("other", 404), ("interviewer", 200), ("admin", 200), ("it", 403)],
)
async def test_only_those_concerned_hear_an_answer(board: Board, who: str, status: int) -> None:
    turn_id = await answered(board)
    assert (await board.call(who, "GET", f"/turns/{turn_id}/audio")).status_code == status
    cookie = session_cookie(board.config, board.people[who])
    page = await board.client.get(f"/turns/{turn_id}/audio", headers={"cookie": cookie})
    assert page.status_code == status


async def test_listening_is_written_down_once_for_each_time_from_the_beginning(
    board: Board,
) -> None:
    turn_id = await answered(board)
    token = await board.token("interviewer")
    for span in ("bytes=0-", "bytes=300000-", "bytes=400000-"):
        await board.client.get(
            f"/api/v1/turns/{turn_id}/audio",
            headers={"authorization": f"Bearer {token}", "range": span},
        )
    async with board.maker() as session:
        query = select(AuditEntry).where(AuditEntry.action == "answer.listen")
        (entry,) = (await session.scalars(query)).all()
    assert entry.actor_id == board.people["interviewer"].id
    assert entry.detail == {"turn": str(turn_id)}


@pytest.mark.parametrize(
    ("deaf", "path", "status", "code"),
    [
        (False, "/turns/{missing}/audio", 404, "turn_unknown"),
        (False, "/turns/nonsense/audio", 404, "turn_unknown"),
        (False, "/turns/{turn}/audio", 404, "sound_unknown"),
        (True, "/turns/{turn}/audio", 503, "sound_away"),
    ],
)
async def test_what_cannot_be_played_says_why(
    board: Board, deaf: bool, path: str, status: int, code: str
) -> None:
    turn_id = await answered(board)
    board.bus.sounds.clear()
    board.bus.deaf = deaf
    answer = await board.call(
        "interviewer", "GET", path.format(turn=turn_id, missing=turn_id + 1000)
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_the_report_has_a_player_and_a_button_beside_each_quote(board: Board) -> None:
    turn_id = await answered(board)
    async with board.maker() as session:
        line = (await session.scalars(select(Transcript))).one()
    cookie = session_cookie(board.config, board.people["recruiter"])
    page = await board.client.get(
        f"/interviews/{line.interview_id}/report", headers={"cookie": f"{cookie}; language=en"}
    )
    assert f'src="/turns/{turn_id}/audio"' in page.text
    # 400 to 900 ms of the utterance, which begins the answer, with a little around it.
    assert f'data-play="sound-{turn_id}" data-from="250" data-to="1150"' in page.text


async def said(board: Board, turn_id: int, **recorded: int | None) -> int:
    """Another sentence of the answer; its id."""
    async with board.maker.begin() as session:
        first = (
            await session.scalars(select(Transcript).where(Transcript.turn_id == turn_id))
        ).first()
        assert first is not None
        now = datetime.now(UTC)
        line = Transcript(
            interview_id=first.interview_id, turn_id=turn_id, speaker="User", text="and once more",
            language="en", ordinal=1, started_at=now, ended_at=now, engine="scripted", words=[],
            **recorded,
        )  # fmt: skip
        session.add(line)
        await session.flush()
        return line.id


async def test_a_sentence_is_heard_while_its_answer_goes_on(board: Board) -> None:
    turn_id = await answered(board)
    places = {"watermark_id": 1, "format_seq": 1, "first_seq": 16, "last_seq": 26}
    samples = {"first_sample": 64_000, "end_sample": 80_000, "rate_hz": 16_000}
    line_id = await said(board, turn_id, **places, **samples)
    answer = await board.call("interviewer", "GET", f"/transcripts/{line_id}/sound")
    assert answer.json() == {
        "turn_id": str(turn_id), "begin_ms": 3_000, "end_ms": 4_000, "utterances": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("candidate", 200, None),
        ("other", 404, "sound_unknown"),  # as of a sentence that there never was
        ("it", 403, "role_not_allowed"),
    ],
)
async def test_only_those_concerned_learn_where_it_is(
    board: Board, who: str, status: int, code: str | None
) -> None:
    turn_id = await answered(board)
    async with board.maker() as session:
        line_id = await session.scalar(select(Transcript.id).where(Transcript.turn_id == turn_id))
    answer = await board.call(who, "GET", f"/transcripts/{line_id}/sound")
    assert (answer.status_code, answer.json().get("code")) == (status, code)
    cookie = session_cookie(board.config, board.people[who])
    asked = await board.client.get(f"/desk/transcripts/{line_id}/sound", headers={"cookie": cookie})
    assert asked.status_code == status


async def test_what_was_typed_has_no_sound(board: Board) -> None:
    line_id = await said(board, await answered(board))
    for path in (f"/transcripts/{line_id}/sound", "/transcripts/999999/sound"):
        answer = await board.call("interviewer", "GET", path)
        assert (answer.status_code, answer.json()["code"]) == (404, "sound_unknown")
