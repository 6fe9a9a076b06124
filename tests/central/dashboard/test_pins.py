"""The versions of a posting: pinned by its first answer, renewed by who plans, shown with interviews."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from central.language.planning.prompt_texts import VERSION
from central.storage.tables import AuditEntry, EvaluationPin, Interview, Posting
from tests.fakes.board import Board, session_cookie

pytestmark = pytest.mark.integration
OLD, NEW = {"model": "a", "prompt": "1"}, {"model": "b", "prompt": "1"}


async def posting(board: Board) -> int:
    async with board.maker.begin() as session:
        row = Posting(position="backend", scheme="s", prompts="questions-0", slots=[])
        session.add(row)
        await session.flush()
        return row.id


async def marked(board: Board, posting_id: int, versions: dict[str, str]) -> str:
    """An interview of the posting, whose first answer was marked with these."""
    number = await board.interview()
    async with board.maker.begin() as session:
        await session.execute(
            update(Interview).where(Interview.id == int(number)).values(posting_id=posting_id)
        )
        session.add(
            EvaluationPin(
                scope=f"interview:{number}",
                interview_id=int(number),
                evaluator="e",
                versions=versions,
            )
        )
        scope = f"posting:{posting_id}"
        there = select(EvaluationPin).where(EvaluationPin.scope == scope)
        if (await session.scalars(there)).one_or_none() is None:
            session.add(EvaluationPin(scope=scope, evaluator="e", versions=versions))
            scheme = EvaluationPin(scope=f"{scope}:stage:1", evaluator="ai 1", versions={})
            session.add(scheme)
    return number


async def pins(board: Board, posting_id: int) -> dict[str, Any]:
    answer = await board.call("recruiter", "GET", f"/postings/{posting_id}/pins")
    found: dict[str, Any] = answer.json()
    return found


async def renew(board: Board, posting_id: int, reason: str, who: str = "recruiter") -> int:
    path = f"/postings/{posting_id}/pins/renew"
    return (await board.call(who, "POST", path, json={"reason": reason})).status_code


async def test_renewing_lets_the_next_answer_decide_and_keeps_what_counted(board: Board) -> None:
    number = await posting(board)
    first = await marked(board, number, OLD)
    found = await pins(board, number)
    assert (found["present"]["versions"], found["schemes"]) == (OLD, {"1": "ai 1"})
    assert await renew(board, number, "the  model was replaced") == 200
    between = await pins(board, number)
    assert between["present"] == {"evaluator": None, "versions": {}}
    assert (between["since"], between["schemes"]) == (None, {})
    assert between["prompts"] == VERSION
    second = await marked(board, number, NEW)
    after = await pins(board, number)
    assert after["present"] == {"evaluator": "e", "versions": NEW}
    uses = {one["interview_id"]: one for one in after["interviews"]}
    assert (uses[first]["marked"]["versions"], uses[first]["is_present"]) == (OLD, False)
    assert (uses[second]["marked"]["versions"], uses[second]["is_present"]) == (NEW, True)
    (renewal,) = after["renewals"]
    assert renewal["reason"] == "the model was replaced"
    assert (renewal["before"]["versions"], renewal["prompts"]) == (
        OLD | {"stage 1": "ai 1"},
        "questions-0",
    )
    async with board.maker() as session:
        query = select(AuditEntry).where(AuditEntry.action == "posting.renew_pins")
        (entry,) = (await session.scalars(query)).all()
    assert (entry.subject, entry.detail["versions"]) == (
        f"posting:{number}",
        OLD | {"stage 1": "ai 1"},
    )
    assert entry.actor_id == board.people["recruiter"].id


@pytest.mark.parametrize(
    ("who", "reason", "status"),
    [
        ("admin", "a new model", 200),
        ("interviewer", "a new model", 403),
        ("candidate", "a new model", 403),
        ("recruiter", "", 400),
        ("recruiter", "   ", 422),
        ("recruiter", "x" * 501, 400),
    ],
)
async def test_who_plans_renews_and_says_why(
    board: Board, who: str, reason: str, status: int
) -> None:
    number = await posting(board)
    assert await renew(board, number, reason, who) == status
    assert len((await pins(board, number))["renewals"]) == (status == 200)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("What counts now", "prompt: 1", "a new model", "nothing marked yet")),
        ("ko", ("현재 기준", "갱신 기록", "a new model")),
    ],
)
async def test_the_page_shows_all_of_it(
    board: Board, language: str, words: tuple[str, ...]
) -> None:
    number = await posting(board)
    await marked(board, number, OLD)
    await renew(board, number, "a new model")
    cookie = f"{session_cookie(board.config, board.people['recruiter'])}; language={language}"
    answer = await board.client.get(f"/postings/{number}/pins", headers={"cookie": cookie})
    assert answer.status_code == 200
    for text in words:
        assert text in answer.text
