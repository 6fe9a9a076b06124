"""Signing in: wrong passwords are counted, registration makes candidates."""

from __future__ import annotations

import pytest

from tests.fakes.board import PASSWORD, Board

pytestmark = pytest.mark.integration


async def attempt(board: Board, login: str, password: str) -> tuple[int, str]:
    answer = await board.client.post(
        "/api/v1/token", data={"username": login, "password": password}
    )
    return answer.status_code, answer.json().get("code", "")


async def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(board: Board) -> None:
    for _ in range(5):
        assert await attempt(board, "interviewer", "nonsense") == (401, "wrong_password")
    assert await attempt(board, "interviewer", PASSWORD) == (429, "account_locked")
    assert (await attempt(board, "recruiter", PASSWORD))[0] == 200


async def test_the_right_password_forgets_the_wrong_ones(board: Board) -> None:
    for _ in range(2):
        for _ in range(4):
            await attempt(board, "interviewer", "nonsense")
        assert (await attempt(board, "interviewer", PASSWORD))[0] == 200


async def test_an_unknown_name_reads_like_a_wrong_password(board: Board) -> None:
    assert await attempt(board, "nobody", PASSWORD) == (401, "wrong_password")


async def test_the_email_signs_in_too(board: Board) -> None:
    answer = await board.call("Admin@Example.org", "GET", "/users/me")
    assert answer.json()["username"] == "admin"


REGISTRATION = {
    "email": "new@example.org",
    "username": "newcomer",
    "password": "long enough words",
}


async def test_registration_makes_a_candidate_that_can_sign_in(board: Board) -> None:
    answer = await board.client.post("/api/v1/register", json=REGISTRATION)
    assert (answer.status_code, answer.json()["role"]) == (201, "candidate")
    assert "password" not in answer.text
    assert (await attempt(board, "newcomer", REGISTRATION["password"]))[0] == 200


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"role": "admin"}, 400, "invalid"),
        ({"password": "short"}, 422, "password_length"),
        ({"password": "x" * 73}, 422, "password_length"),
        ({"email": "not an address"}, 400, "invalid"),
        ({"email": "ADMIN@example.org"}, 409, "user_exists"),
        ({"username": "Admin"}, 409, "user_exists"),
    ],
)
async def test_a_bad_registration_says_what_is_wrong(
    board: Board, change: dict[str, str], status: int, code: str
) -> None:
    answer = await board.client.post("/api/v1/register", json=REGISTRATION | change)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_an_account_without_a_password_cannot_sign_in(board: Board) -> None:
    new = {"email": "walk@in.example", "username": "walk-in", "role": "candidate"}
    assert (await board.call("recruiter", "POST", "/users", json=new)).status_code == 201
    assert await attempt(board, "walk-in", "!") == (401, "wrong_password")


async def test_only_an_admin_makes_other_roles(board: Board) -> None:
    new = {"email": "x@in.example", "username": "xx", "role": "it", "password": "long enough w"}
    refused = await board.call("recruiter", "POST", "/users", json=new)
    assert (refused.status_code, refused.json()["code"]) == (403, "role_not_allowed")
    assert (await board.call("admin", "POST", "/users", json=new)).status_code == 201
