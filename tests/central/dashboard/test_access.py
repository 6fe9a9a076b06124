"""Nobody gets further than their role, and every refusal says why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from central.dashboard.auth import keys, roles, tokens
from central.dashboard.auth.tokens import Claims
from central.storage import users
from tests.fakes.board import Board

pytestmark = pytest.mark.integration

PUBLIC = {"/api/v1/register", "/api/v1/token"}


def api_routes(board: Board) -> list[tuple[str, str]]:
    """Every (method, path) that OpenAPI describes."""
    paths = board.app.openapi_schema.to_schema()["paths"]
    return [
        (method.upper(), path)
        for path, item in paths.items()
        for method in item
        if method in {"get", "post", "put", "patch", "delete"}
    ]


async def test_every_described_route_refuses_strangers(board: Board) -> None:
    routes = api_routes(board)
    assert len(routes) >= 20
    for method, path in routes:
        if path in PUBLIC:
            continue
        answer = await board.client.request(method, path.replace("{interview_id}", "1"))
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in"), path
        assert answer.headers["content-type"] == "application/problem+json"


async def test_every_route_of_the_app_names_its_roles(board: Board) -> None:
    roles.check_all(board.app)


async def test_no_staff_route_lets_a_candidate_in(board: Board) -> None:
    mine = {
        "/users/me", "/interviews", "/interviews/{interview_id}",
        "/interviews/{interview_id}/questions", "/interviews/{interview_id}/transcripts",
        "/interviews/{interview_id}/report", "/turns/{turn_id}/audio",
        "/transcripts/{transcript_id}/sound",
    }  # fmt: skip
    token = await board.token("candidate")
    for method, path in api_routes(board):
        if path in PUBLIC or (method == "GET" and path.removeprefix("/api/v1") in mine):
            continue
        if path.endswith("/interviews/{interview_id}/video"):
            continue  # a candidate's own, both ways
        answer = await board.client.request(
            method,
            path.replace("{interview_id}", "1").replace("{code}", "seoul-1"),
            headers={"authorization": f"Bearer {token}"},
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed"), path


@pytest.mark.parametrize("part", ["", "/report", "/questions", "/transcripts"])
async def test_another_candidates_interview_does_not_exist(board: Board, part: str) -> None:
    interview = await board.interview("candidate")
    answer = await board.call("other", "GET", f"/interviews/{interview}{part}")
    assert (answer.status_code, answer.json()["code"]) == (404, "interview_unknown")


async def test_a_candidate_sees_neither_planned_questions_nor_rubrics(board: Board) -> None:
    interview = await board.interview("candidate")
    own = await board.call("candidate", "GET", f"/interviews/{interview}/questions")
    staff = await board.call("interviewer", "GET", f"/interviews/{interview}/questions")
    assert own.json() == []
    assert len(staff.json()) == 2
    assert staff.json()[0]["rubric_json"]["criteria"]


def bearer(board: Board, claims: Claims, *, issued: datetime, key: bytes | None = None) -> Any:
    secret = board.config.path(board.config.dashboard.session_secret)
    signed = tokens.issue(claims, key or keys.load(secret).token, now=issued, minutes=60)
    return {"authorization": f"Bearer {signed}"}


async def test_an_expired_token_says_so(board: Board) -> None:
    old = datetime.now(UTC) - timedelta(minutes=61)
    headers = bearer(board, Claims(board.people["admin"].id, 0), issued=old)
    answer = await board.client.get("/api/v1/users/me", headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {
        "type": "urn:daedam:problem:token_expired",
        "title": "token expired",
        "status": 401,
        "detail": "The access token has expired; get a new one.",
        "code": "token_expired",
        "instance": "/api/v1/users/me",
    }


async def test_an_expired_token_says_so_in_korean(board: Board) -> None:
    old = datetime.now(UTC) - timedelta(minutes=61)
    headers = bearer(board, Claims(board.people["admin"].id, 0), issued=old)
    answer = await board.client.get(
        "/api/v1/users/me", headers=headers | {"accept-language": "ko-KR"}
    )
    assert answer.json()["detail"].startswith("접근 토큰이 만료")


async def test_a_token_of_another_key_is_refused(board: Board) -> None:
    claims = Claims(board.people["admin"].id, 0)
    headers = bearer(board, claims, issued=datetime.now(UTC), key=b"k" * 32)
    answer = await board.client.get("/api/v1/users/me", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")


async def test_ending_an_accounts_sessions_ends_its_tokens(board: Board) -> None:
    headers = {"authorization": f"Bearer {await board.token('interviewer')}"}
    async with board.maker.begin() as session:
        await users.end_sessions(session, board.people["interviewer"].id, actor_id=None)
    answer = await board.client.get("/api/v1/users/me", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")


@pytest.mark.parametrize("broken", ["0x1", "-1", "9" * 25, "１", "1;drop"])
async def test_what_cannot_be_an_id_is_the_id_of_nothing(board: Board, broken: str) -> None:
    answer = await board.call("admin", "GET", f"/interviews/{broken}")
    assert (answer.status_code, answer.json()["code"]) == (404, "interview_unknown")
