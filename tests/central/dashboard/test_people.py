"""Administrators make accounts, change and close them; one of them always stays."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from central.errors import Refused
from central.storage import accounts, audit
from central.storage.tables import User
from tests.fakes.board import PASSWORD, Board, browser, form

pytestmark = pytest.mark.integration

NEW = {"full_name": "Han Sora", "email": "sora@example.org", "role": "recruiter", "language": "en"}
OWN = "three words of mine"


async def trail(board: Board) -> list[tuple[str | None, str, str, dict[str, Any]]]:
    async with board.maker() as session:
        lines = await audit.latest(session, limit=10)
    return [(line.actor, line.action, line.subject, line.detail) for line in lines]


async def invited(board: Board, admin: httpx.AsyncClient, **given: str) -> tuple[int, str]:
    """The id of a new account, and its first password."""
    answer = await admin.post("/users", data=form(admin, **(NEW | given)))
    assert answer.status_code == 200, answer.text
    found = re.search(r"readonly[^>]*>([a-z0-9-]+)</textarea>", answer.text)
    number = re.search(r'href="/users/(\d+)"', answer.text)
    assert found is not None
    assert number is not None
    return int(number[1]), found[1]


async def sign_in(board: Board, login: str, password: str) -> tuple[httpx.AsyncClient, str]:
    """A browser after it sent the form, and where that led."""
    page = httpx.AsyncClient(transport=board.transport, base_url="http://board")
    await page.get("/login")
    answer = await page.post("/login", data=form(page, login=login, password=password))
    return page, answer.headers.get("location", "")


def chosen(page: httpx.AsyncClient, login: str, password: str, again: str = OWN) -> dict[str, str]:
    return form(page, login=login, password=password, chosen=OWN, again=again)


async def test_a_first_password_is_used_once_to_choose_ones_own(board: Board) -> None:
    admin = await browser(board, "admin", "en")
    user_id, first = await invited(board, admin)
    assert first not in (await admin.get(f"/users/{user_id}")).text
    token = {"username": "sora", "password": first}
    refused = await board.client.post("/api/v1/token", data=token)
    assert (refused.status_code, refused.json()["code"]) == (403, "password_initial")

    page, led = await sign_in(board, "sora", first)
    assert led == "/password?login=sora"
    assert (await page.get("/rooms")).headers["location"].startswith("/login")
    answer = await page.post("/password", data=chosen(page, "sora", first))
    assert (answer.status_code, answer.headers["location"]) == (303, "/rooms")
    assert (await page.get("/rooms")).status_code == 200

    assert (await sign_in(board, "sora", first))[1] == ""
    assert (await sign_in(board, "sora", OWN))[1] == "/rooms"
    assert (None, "user.create", f"user:{user_id}") not in [line[:3] for line in await trail(board)]
    assert ("sora", "user.password", f"user:{user_id}", {}) in await trail(board)


@pytest.mark.parametrize(
    ("password", "again", "status"),
    [("wrong password", OWN, 401), (PASSWORD, "three words of me", 422)],
)
async def test_a_password_is_not_changed_where_something_is_wrong(
    board: Board, password: str, again: str, status: int
) -> None:
    page = await browser(board, "interviewer")
    answer = await page.post("/password", data=chosen(page, "interviewer", password, again))
    assert answer.status_code == status
    assert (await sign_in(board, "interviewer", PASSWORD))[1] == "/rooms"


async def test_ones_own_password_ends_every_other_session(board: Board) -> None:
    page, elsewhere = await browser(board, "interviewer"), await browser(board, "interviewer")
    await page.post("/password", data=chosen(page, "interviewer", PASSWORD))
    assert (await page.get("/rooms")).status_code == 200
    assert (await elsewhere.get("/rooms")).headers["location"].startswith("/login")


async def test_the_present_password_is_no_new_one(board: Board) -> None:
    page = await browser(board, "interviewer", "en")
    sent = form(page, login="interviewer", password=PASSWORD, chosen=PASSWORD, again=PASSWORD)
    answer = await page.post("/password", data=sent)
    assert answer.status_code == 422
    assert "another password" in answer.text


async def test_a_role_counts_at_once_and_is_written_down(board: Board) -> None:
    admin, page = await browser(board, "admin"), await browser(board, "interviewer")
    number = board.people["interviewer"].id
    assert (await page.get("/rooms")).status_code == 200
    answer = await admin.post(f"/users/{number}/role", data=form(admin, role="it"))
    assert answer.headers["location"] == f"/users/{number}?done=role"
    assert (await page.get("/rooms")).status_code == 403
    detail = {"from": "interviewer", "to": "it"}
    assert ("admin", "user.role", f"user:{number}", detail) in await trail(board)


async def test_who_is_switched_off_is_signed_out_until_switched_on(board: Board) -> None:
    page, number = await browser(board, "interviewer"), board.people["interviewer"].id
    off = await board.call("admin", "PUT", f"/users/{number}/active", json={"is_active": False})
    assert off.json()["user"]["is_active"] is False
    assert (await page.get("/rooms")).headers["location"].startswith("/login")
    assert (await sign_in(board, "interviewer", PASSWORD))[1] == ""
    on = await board.call("admin", "PUT", f"/users/{number}/active", json={"is_active": True})
    assert on.json()["user"]["is_active"] is True
    assert (await page.get("/rooms")).headers["location"].startswith("/login")
    assert (await sign_in(board, "interviewer", PASSWORD))[1] == "/rooms"
    assert [line[1] for line in await trail(board) if line[0] == "admin"][:2] == [
        "user.reactivate",
        "user.deactivate",
    ]


async def test_a_reset_password_ends_sessions_and_is_used_once(board: Board) -> None:
    page, number = await browser(board, "interviewer"), board.people["interviewer"].id
    first = (await board.call("admin", "POST", f"/users/{number}/password")).json()["password"]
    assert (await page.get("/rooms")).headers["location"].startswith("/login")
    assert (await sign_in(board, "interviewer", PASSWORD))[1] == ""
    assert (await sign_in(board, "interviewer", first))[1] == "/password?login=interviewer"
    shown = (await board.call("admin", "GET", f"/users/{number}")).json()
    assert shown["password"] == "initial"
    assert first not in str(await trail(board))


async def test_sessions_end_everywhere(board: Board) -> None:
    page, number = await browser(board, "interviewer"), board.people["interviewer"].id
    answer = await board.call("admin", "POST", f"/users/{number}/end-sessions")
    assert answer.status_code == 204
    assert (await page.get("/rooms")).headers["location"].startswith("/login")


@pytest.mark.parametrize(
    ("path", "body"), [("role", {"role": "recruiter"}), ("active", {"is_active": False})]
)
async def test_the_last_administrator_stays(board: Board, path: str, body: Any) -> None:
    number = board.people["admin"].id
    refused = await board.call("admin", "PUT", f"/users/{number}/{path}", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "last_admin")
    own = await board.call("admin", "POST", f"/users/{number}/password")
    assert (own.status_code, own.json()["code"]) == (409, "own_password")

    second = board.people["recruiter"].id
    await board.call("admin", "PUT", f"/users/{second}/role", json={"role": "admin"})
    assert (await board.call("admin", "PUT", f"/users/{number}/{path}", json=body)).is_success


@pytest.mark.parametrize("change", [{"is_active": False}, {"password_hash": "!"}])
async def test_who_cannot_sign_in_is_no_second_administrator(
    board: Board, change: dict[str, Any]
) -> None:
    async with board.maker.begin() as session:
        query = update(User).where(User.id == board.people["recruiter"].id)
        await session.execute(query.values(role="admin", **change))
    number = board.people["admin"].id
    refused = await board.call("admin", "PUT", f"/users/{number}/role", json={"role": "it"})
    assert (refused.status_code, refused.json()["code"]) == (409, "last_admin")


async def test_of_two_administrators_who_switch_each_other_off_one_stays(board: Board) -> None:
    one, other = board.people["admin"].id, board.people["recruiter"].id
    async with board.maker.begin() as session:
        await session.execute(update(User).where(User.id == other).values(role="admin"))

    async def off(user_id: int, actor_id: int) -> None:
        async with board.maker.begin() as session:
            await accounts.set_active(session, user_id, is_active=False, actor_id=actor_id)

    async with asyncio.timeout(10):
        outcomes = await asyncio.gather(off(other, one), off(one, other), return_exceptions=True)
    refused = [one.code for one in outcomes if isinstance(one, Refused)]
    assert (refused, outcomes.count(None)) == (["last_admin"], 1)


async def test_the_page_finds_lists_and_says_what_is_wrong(board: Board) -> None:
    admin = await browser(board, "admin", "en")
    shown = (await admin.get("/users?text=INTERVIEWER")).text
    assert "interviewer@example.org" in shown
    assert "recruiter@example.org" not in shown
    only = (await admin.get("/users?role=it")).text
    assert "it@example.org" in only
    assert "recruiter@example.org" not in only
    for given, words in (
        ({"email": "nobody"}, "Give an e-mail"),
        ({"email": "admin@example.org"}, "taken"),
        ({"role": "emperor"}, "Give an e-mail"),
    ):
        answer = await admin.post("/users", data=form(admin, **(NEW | given)))
        assert words in answer.text
        assert 'value="Han Sora"' in answer.text
    number = board.people["admin"].id
    refused = await admin.post(f"/users/{number}/active", data=form(admin, active="no"))
    assert refused.status_code == 409
    assert "another administrator first" in refused.text


@pytest.mark.parametrize("role", ["candidate", "interviewer", "recruiter", "it"])
async def test_only_administrators_see_accounts(board: Board, role: str) -> None:
    page, number = await browser(board, role), board.people["admin"].id
    for path in ("/users", f"/users/{number}"):
        assert (await page.get(path)).status_code == 403
    for path in ("role", "active", "password", "end-sessions"):
        assert (await page.post(f"/users/{number}/{path}", data=form(page))).status_code == 403


async def test_a_page_of_accounts_goes_on_after_the_last_name(board: Board) -> None:
    async with board.maker() as session:
        first = await accounts.find(session, limit=4)
        rest = await accounts.find(session, after=first[-1].account.username, limit=10)
    names = [one.account.username for one in (*first, *rest)]
    assert names == sorted(board.people)
