"""Administrators read who did what: filtered, page by page, and in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import central
from central.dashboard.pages.audit_words import ACTIONS
from central.dashboard.pages.trail import PAGE
from central.storage import audit
from central.storage.tables import AuditEntry
from tests.fakes.board import Board, browser

pytestmark = pytest.mark.integration
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ALL = ("alarm.see", "interview.stage", "interview.cancel", "room.token")


@pytest.fixture
async def board(board: Board) -> Board:
    """With four entries, a day apart, by two people and nobody."""
    actors = [
        board.people["recruiter"].id,
        board.people["recruiter"].id,
        None,
        board.people["it"].id,
    ]
    async with board.maker.begin() as session:
        for day, (action, actor) in enumerate(zip(ALL, actors, strict=True)):
            session.add(
                AuditEntry(
                    at=NOON + timedelta(days=day),
                    actor_id=actor,
                    action=action,
                    subject=f"interview:{day}",
                    detail={"day": day},
                )
            )
            await session.flush()
    return board


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"actor": "recruiter"}, ALL[1::-1]),
        ({"action": "room.token"}, ALL[3:]),
        ({"subject": "interview:2"}, ALL[2:3]),
        ({"since": NOON + timedelta(days=1), "until": NOON + timedelta(days=3)}, ALL[2:0:-1]),
        ({"actor": "recruiter", "action": "room.token"}, ()),
    ],
)
async def test_entries_are_found_by_who_what_and_when(
    board: Board, given: dict[str, Any], found: tuple[str, ...]
) -> None:
    async with board.maker() as session:
        lines = await audit.latest(session, **given)
    assert tuple(line.action for line in lines if line.action in ALL) == found


async def test_the_page_says_it_in_words_and_links_to_more(board: Board) -> None:
    page = await browser(board, "admin", "en")
    whole = (await page.get("/audit")).text
    for words in ("Changed an interview&#39;s stage", "interview:1", "nobody signed in", "day 2"):
        assert words in whole, words
    one_day = (await page.get("/audit?since=2026-03-05&until=2026-03-05")).text
    assert "interview:1" in one_day
    assert "interview:2" not in one_day
    assert "No entries" in (await page.get("/audit?actor=nobody")).text
    assert (await page.get("/audit?since=yesterday&until=9999-12-31")).status_code == 200


async def test_the_page_goes_on_with_what_was_asked(board: Board) -> None:
    async with board.maker.begin() as session:
        for number in range(PAGE + 5):
            audit.write(session, actor_id=None, action="user.locked", subject=f"user:{number}")
            await session.flush()
    page = await browser(board, "admin", "en")
    first = (await page.get("/audit?action=user.locked")).text
    assert first.count('class="time"') == PAGE
    older = re.search(r'href="(/audit\?action=user.locked[^"]*before=\d+)"', first)
    assert older is not None
    rest = (await page.get(older[1].replace("&amp;", "&"))).text
    assert rest.count('class="time"') == 5
    assert "user:0<" in rest


async def test_programs_find_the_same_and_go_on(board: Board) -> None:
    query = {"actor": "recruiter", "since": "2026-03-04T00:00:00Z", "until": "2026-03-06T00:00:00Z"}
    told = (await board.call("admin", "GET", "/audit", params=query)).json()
    assert [one["action"] for one in told] == [*ALL[1::-1]]
    rest = await board.call("admin", "GET", "/audit", params=query | {"before": told[0]["id"]})
    assert [one["subject"] for one in rest.json()] == ["interview:0"]
    one = await board.call("admin", "GET", "/audit?subject=interview:2&limit=1")
    assert [(line["actor"], line["action"]) for line in one.json()] == [(None, ALL[2])]


@pytest.mark.parametrize("role", ["candidate", "interviewer", "recruiter", "it"])
async def test_nobody_else_reads_it(board: Board, role: str) -> None:
    assert (await (await browser(board, role)).get("/audit")).status_code == 403


def test_every_action_that_is_written_down_has_its_words() -> None:
    written = {
        code
        for file in Path(central.__file__).parent.rglob("*.py")
        for code in re.findall(
            r"(?:action=|ACTION: Final = |note\([^()]*?|_note(?:_record)?\([^()]*?|\(|if \w+ else )"
            r'"((?:alarm|command|consensus|document|interview|posting|quarantine|question|ratings'
            r'|resume|room|settings|transcript|user|video)\.(?!html)[a-z_]+)"',
            file.read_text(encoding="utf-8"),
        )
    }
    assert len(written) > 30
    assert written - set(ACTIONS) == set()
