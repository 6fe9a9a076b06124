"""Sessions of browsers: set by the login form, protected against other sites, not for the API."""

from __future__ import annotations

import httpx
import pytest

from central.storage import users
from tests.fakes.board import PASSWORD, Board, session_cookie

pytestmark = pytest.mark.integration


async def sign_in(board: Board, password: str = PASSWORD, *, token: bool = True) -> httpx.Response:
    await board.client.get("/login")
    form = {"login": "interviewer", "password": password, "next": "/rooms"}
    if token:
        form["_csrf_token"] = board.client.cookies["csrftoken"]
    return await board.client.post("/login", data=form)


async def test_the_form_begins_a_session_in_a_cookie_that_scripts_cannot_read(board: Board) -> None:
    answer = await sign_in(board)
    assert (answer.status_code, answer.headers["location"]) == (303, "/rooms")
    cookie = next(one for one in answer.headers.get_list("set-cookie") if "daedam_session" in one)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "interviewer" not in cookie
    assert (await board.client.get("/rooms")).status_code == 200


async def test_a_form_from_another_site_is_refused(board: Board) -> None:
    answer = await sign_in(board, token=False)
    assert answer.status_code == 403
    assert "daedam_session" not in board.client.cookies


async def test_a_wrong_password_is_said_in_the_form(board: Board) -> None:
    answer = await sign_in(board, "nonsense")
    assert answer.status_code == 401
    assert "<form" in answer.text


async def test_without_a_session_a_page_leads_to_the_login_and_back(board: Board) -> None:
    answer = await board.client.get("/rooms/seoul-1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=/rooms/seoul-1"


async def test_a_session_is_no_key_to_the_api(board: Board) -> None:
    cookie = session_cookie(board.config, board.people["admin"])
    answer = await board.client.get("/api/v1/users/me", headers={"cookie": cookie})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


async def test_a_token_is_no_session(board: Board) -> None:
    headers = {"authorization": f"Bearer {await board.token('admin')}"}
    assert (await board.client.get("/rooms", headers=headers)).status_code == 303


async def test_a_forged_or_ended_session_is_nobodys(board: Board) -> None:
    cookie = session_cookie(board.config, board.people["interviewer"])
    assert (await board.client.get("/rooms", headers={"cookie": cookie})).status_code == 200
    for forged in (cookie[:-8] + "AAAAAAA=", cookie[:-30], f"{cookie[:40]}B{cookie[41:]}", "=%%"):
        header = {"cookie": f"daedam_session={forged.partition('=')[2]}"}
        assert (await board.client.get("/rooms", headers=header)).status_code == 303, forged
    async with board.maker.begin() as session:
        await users.end_sessions(session, board.people["interviewer"].id, actor_id=None)
    assert (await board.client.get("/rooms", headers={"cookie": cookie})).status_code == 303


async def test_a_page_of_another_role_is_refused_as_a_page(board: Board) -> None:
    cookie = session_cookie(board.config, board.people["candidate"])
    answer = await board.client.get("/rooms", headers={"cookie": cookie})
    assert answer.status_code == 403
    assert answer.headers["content-type"].startswith("text/html")
