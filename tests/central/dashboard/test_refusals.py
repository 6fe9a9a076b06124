"""Refused speech: staff see every rejection and its reason, and how many there were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from central.dashboard.pages import refusal_words
from central.speech.gate import refuse
from central.storage.tables import Transcript
from tests.fakes.board import Board, ask_first, session_cookie

pytestmark = pytest.mark.integration

CREDIT = "a phrase that recognisers make up from noise"


async def refused(board: Board, *reasons: str | None, days_ago: float = 0) -> int:
    """An answer of utterances that were believed (None) or not; its turn's id."""
    interview_id = int(await board.interview())
    when = datetime.now(UTC) - timedelta(days=days_ago)
    async with board.maker.begin() as session:
        turn = await ask_first(session, interview_id)
        session.add_all(
            Transcript(
                interview_id=interview_id, turn_id=turn.id, utterance_key=f"{turn.id}-{n}",
                speaker="User", text=f"<b>text {n}</b>", language="en", ordinal=n, started_at=when,
                ended_at=when, created_at=when, voiced_ms=900, engine="scripted",
                accepted=reason is None, reject_reason=reason, first_sample=n * 16_000,
                end_sample=n * 16_000 + 8000, watermark_id=1, format_seq=1, first_seq=n,
                last_seq=n, rate_hz=16_000,
            )
            for n, reason in enumerate(reasons)
        )  # fmt: skip
        return turn.id


async def page(board: Board, path: str, who: str = "recruiter") -> tuple[int, str]:
    cookie = session_cookie(board.config, board.people[who])
    answer = await board.client.get(path, headers={"cookie": f"{cookie}; language=en"})
    return answer.status_code, answer.text


async def test_every_rejection_of_the_period_is_listed_and_counted(board: Board) -> None:
    turn_id = await refused(board, None, CREDIT, CREDIT, "the recogniser failed: out of memory")
    await refused(board, CREDIT, days_ago=20)
    answer = (await board.call("interviewer", "GET", "/refusals?days=7")).json()
    assert [(one["reason"], one["count"], one["utterances"]) for one in answer["counts"]] == [
        (CREDIT, 2, 4),
        ("the recogniser failed", 1, 4),
    ]
    assert [one["text"] for one in answer["refused"]] == [f"<b>text {n}</b>" for n in (3, 2, 1)]
    assert [(one["begin_ms"], one["end_ms"]) for one in answer["refused"]] == [
        (3000, 3500), (2000, 2500), (1000, 1500),
    ]  # fmt: skip
    assert {one["turn_id"] for one in answer["refused"]} == {str(turn_id)}
    one_reason = await board.call("admin", "GET", f"/refusals?days=30&reason={CREDIT}")
    assert len(one_reason.json()["refused"]) == 3


async def test_the_page_shows_them_as_text_with_their_sound(board: Board) -> None:
    turn_id = await refused(board, None, CREDIT)
    status, text = await page(board, "/refusals")
    assert status == 200
    assert "&lt;b&gt;text 1&lt;/b&gt;" in text
    assert "text 0" not in text
    assert f'href="/turns/{turn_id}/audio#t=1.0,1.5"' in text
    assert "50.0 %" in text


async def test_an_empty_page_says_so(board: Board) -> None:
    assert "Every recognition of this period was believed." in (await page(board, "/refusals"))[1]


@pytest.mark.parametrize(("who", "status"), [("candidate", 403), ("it", 403), ("admin", 200)])
async def test_refused_speech_is_for_staff(board: Board, who: str, status: int) -> None:
    assert (await page(board, "/refusals", who))[0] == status
    assert (await board.call(who, "GET", "/refusals")).status_code == status


@pytest.mark.parametrize("query", ["days=nonsense", "days=-1", "before=1&days=7", "reason=a%00b"])
async def test_a_strange_question_gets_a_page(board: Board, query: str) -> None:
    assert (await page(board, f"/refusals?{query}"))[0] in {200, 404}


@pytest.mark.parametrize(
    ("text", "language", "voiced_ms", "confidence"),
    [
        ("", "ko", 1500, -0.1), ("네", "ko", 120, -0.1), ("Thanks for watching!", "en", 3000, -0.2),
        ("네네네네네네네네네네네네", "ko", 3000, -0.2), ("저는 일했습니다", "en", 3000, -0.2),
        ("저는 결제 시스템을 만들고 매주 결과를 측정했습니다", "ko", 400, -0.2),
        ("저는 그렇게", "ko", 700, -0.9),
    ],
)  # fmt: skip
def test_the_page_has_words_for_every_reason_of_the_gate(
    text: str, language: str, voiced_ms: int, confidence: float
) -> None:
    reason = refuse(text, language=language, voiced_ms=voiced_ms, confidence=confidence)
    assert reason in refusal_words.REASONS
