"""The page of policy profiles says what each lets a room measure, and why."""

from __future__ import annotations

import msgspec
import pytest

from central.config import Policy
from tests.fakes.board import Board, browser

pytestmark = pytest.mark.integration

OWN = """
version = "7"
pause_in_answer = false
title = { ko = "본사", en = "Head office" }
reason = { ko = "노사 합의", en = "Works <b>agreement</b>" }
kept = { ko = "여섯 달", en = "Six months" }
[channels]
gaze = "with_scoring"
expression = "off"
posture = "off"
hands = "off"
people = "on"
emotion = "off"
"""


@pytest.fixture
def board(board: Board) -> Board:
    """A site that has a profile of its own, and goes by it."""
    folder = board.config.data_dir / "policies"
    folder.mkdir()
    (folder / "head-office.toml").write_text(OWN, encoding="utf-8")
    policy = Policy(profile="head-office", folder=folder)
    board.serve(msgspec.structs.replace(board.config, policy=policy))
    return board


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ("본사", "노사 합의", "여섯 달", "AI 채점에 동의한 경우", "질문 사이에만", "일리노이주")),
        ("en", (
            "Head office", "this site&#39;s own", "Works &lt;b&gt;agreement&lt;/b&gt;", "Six months",
            "With the consent to AI scoring", "With a consent of its own", "between questions only",
            "the receipt has general words", "AI Act article 5(1)(f)",
        )),
    ],
)  # fmt: skip
async def test_the_page_shows_every_profile_with_its_reason(
    board: Board, language: str, words: tuple[str, ...]
) -> None:
    for role in ("recruiter", "admin"):
        shown = (await (await browser(board, role, language)).get("/policies")).text
        assert [one for one in words if one not in shown] == []
        assert shown.index("head-office") < shown.index("us-il"), "the site's own comes first"


async def test_programs_read_the_same(board: Board) -> None:
    told = (await board.call("recruiter", "GET", "/policies")).json()
    assert [one["name"] for one in told] == ["eu", "head-office", "kr", "us-il"]
    own = next(one for one in told if one["is_default"])
    assert own["profile"]["channels"]["gaze"] == "with_scoring"
    assert own["profile"]["pause_in_answer"] is False


@pytest.mark.parametrize("role", ["candidate", "interviewer", "it"])
async def test_others_have_no_page_of_policies(board: Board, role: str) -> None:
    assert (await (await browser(board, role)).get("/policies")).status_code == 403
