"""Rooms, tokens and revocation, as admins and IT have them on pages and in the API."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from central.fleet import tokens
from central.fleet.rooms import add_agent
from central.fleet.root import create_authority
from central.storage import audit
from central.storage.engine import psycopg_of
from tests.fakes.board import Board, browser, form

pytestmark = pytest.mark.integration


@pytest.fixture
def board(board: Board) -> Board:
    """With an authority."""
    authority = create_authority(board.config.data_dir / "authority")
    place = board.config.path(board.config.gateway.rooms_ca)
    place.parent.mkdir(parents=True)
    place.write_bytes(authority.certificate)
    return board


async def enrolled(board: Board, folder: Path, code: str = "seoul-1") -> str:
    """An agent in the room, let in as a file; its UUID."""
    authority = create_authority(board.config.data_dir / "authority")
    async with board.maker() as session:
        files = await add_agent(await psycopg_of(session), authority, code, folder)
        await session.commit()
    return files.agent_uuid


@pytest.mark.parametrize("role", ["admin", "it"])
async def test_a_token_is_made_for_a_room_and_stored_as_a_hash(board: Board, role: str) -> None:
    answer = await board.call(role, "POST", "/rooms/seoul-1/token", json={})
    assert answer.status_code == 201, answer.text
    token = tokens.parse(answer.json()["token"])
    assert token is not None
    async with board.maker() as session:
        conn = await psycopg_of(session)
        cursor = await conn.execute("select enrolment_tokens::text from enrolment_tokens")
        rows = await cursor.fetchall()
        (line,) = await audit.latest(session, limit=1)
    assert all(token.secret not in row[0] for row in rows)
    assert (line.actor, line.action, line.subject) == (role, "room.token", "room:seoul-1")
    assert token.secret not in str(line.detail)


@pytest.mark.parametrize("role", ["candidate", "interviewer", "recruiter"])
async def test_others_let_nobody_in(board: Board, role: str) -> None:
    for method, path in (
        ("POST", "/rooms/seoul-1/token"),
        ("POST", "/rooms/seoul-1/revoke"),
        ("POST", "/rooms"),
        ("GET", "/admissions"),
    ):
        answer = await board.call(role, method, path, json={})
        assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")
    page = await browser(board, role)
    assert (await page.get("/enrolment")).status_code == 403
    assert (await page.post("/enrolment/seoul-1/token", data=form(page))).status_code == 403


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/rooms/nowhere/token", {}, 404, "room_unknown"),
        ("/rooms/seoul-1/token", {"minutes": 0}, 422, "bad_minutes"),
        ("/rooms/seoul-1/token", {"minutes": 10_000}, 422, "bad_minutes"),
        ("/rooms/nowhere/revoke", {}, 404, "room_unknown"),
        ("/rooms/seoul-1/revoke", {"agent": "somebody"}, 404, "agent_unknown"),
        ("/rooms", {"code": "Not A Code", "name": "x"}, 422, "bad_room_code"),
        ("/rooms", {"code": "r9", "name": "  "}, 422, "room_name"),
    ],
)
async def test_what_cannot_be_is_refused_by_its_code(
    board: Board, path: str, body: dict[str, object], status: int, code: str
) -> None:
    answer = await board.call("it", "POST", path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_revoking_ends_streams_at_once_and_is_in_the_trail(
    board: Board, tmp_path: Path
) -> None:
    agent = await enrolled(board, tmp_path / "agent")
    answer = await board.call("admin", "POST", "/rooms/seoul-1/revoke", json={})
    assert answer.json() == {"agents": [agent]}
    assert board.bus.announced == [("room.seoul-1.revoked", agent)]
    listed = (await board.call("admin", "GET", "/admissions")).json()
    assert [(one["agent"], one["standing"]) for one in listed if one["agent"]] == [
        (agent, "revoked")
    ]
    async with board.maker() as session:
        (line,) = await audit.latest(session, limit=1)
    assert (line.action, line.detail) == ("room.revoke", {"agents": [agent]})


async def test_the_page_adds_a_room_shows_a_token_once_and_revokes_after_asking(
    board: Board, tmp_path: Path
) -> None:
    page = await browser(board, "it")
    added = await page.post("/enrolment", data=form(page, code="r101", name="Room 101"))
    assert (added.status_code, added.headers["location"]) == (303, "/enrolment?done=added")
    shown = await page.post("/enrolment/r101/token", data=form(page))
    found = re.search(r"dae1\.[0-9a-f]{12}\.[\w-]{43}\.[0-9a-f]{64}", shown.text)
    assert found
    assert shown.headers["cache-control"] == "no-store"
    listing = (await page.get("/enrolment")).text
    assert "Room 101" in listing
    assert found[0] not in listing
    agent = await enrolled(board, tmp_path / "agent", "r101")
    asked = await page.get("/enrolment/r101/revoke")
    assert "<form" in asked.text
    assert board.bus.announced == []
    done = await page.post("/enrolment/r101/revoke", data=form(page))
    assert done.status_code == 303
    assert board.bus.announced == [("room.r101.revoked", agent)]


async def test_a_wrong_code_is_said_in_the_form_and_what_was_typed_stays(board: Board) -> None:
    page = await browser(board, "admin")
    answer = await page.post("/enrolment", data=form(page, code="Raum 1", name="Name<script>"))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="Raum 1"' in answer.text
    assert "Name&lt;script&gt;" in answer.text


async def test_a_page_without_its_key_changes_nothing(board: Board) -> None:
    page = await browser(board, "admin")
    answer = await page.post("/enrolment/seoul-1/token", data={})
    assert answer.status_code == 403
    assert "dae1." not in answer.text
