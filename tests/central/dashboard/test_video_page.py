"""The page that takes a video in: whose it is, and what is refused before a byte of it is kept."""

from __future__ import annotations

import os

import pytest

from central.dashboard.pages.video import starts_ms
from central.errors import Refused
from tests.fakes.board import Board, browser

pytestmark = pytest.mark.integration

MP4 = b"\x00\x00\x00\x20ftypisom" + os.urandom(300_000)
AGREED = {"consent": "true"}


@pytest.fixture
def board(board: Board) -> Board:
    """With an upload key."""
    (board.config.data_dir / "secrets" / "upload.key").write_bytes(os.urandom(32))
    return board


async def test_a_file_is_taken_in_and_the_page_follows_it(board: Board) -> None:
    path = f"/interviews/{await board.interview()}/video"
    page = await browser(board, "recruiter")
    assert "data-upload" in (await page.get(path)).text
    query = {"consent": "true", "start": ["0:00", "1:05", ""]}
    token = {"x-csrftoken": page.cookies["csrftoken"]}
    sent = await page.post(path, content=MP4, params=query, headers=token)
    assert (sent.status_code, sent.text) == (202, "")
    shown = (await page.get(path)).text
    assert 'data-state="queued"' in shown
    assert "data-upload" not in shown
    told = (await board.call("recruiter", "GET", path)).json()
    assert (told["state"], told["preset"]) == ("queued", "balanced")


@pytest.mark.parametrize(
    ("content", "query", "status", "says"),
    [
        (b"MZ" + bytes(100), AGREED, 415, "Only MP4, WebM and MOV videos"),
        (MP4, {}, 422, "only where the candidate agreed"),
        (MP4, {**AGREED, "start": "soon"}, 422, "minutes and seconds"),
        (MP4, {**AGREED, "start": ["0:30", "0:10"]}, 422, "rising start times"),
    ],
)
async def test_what_is_refused_says_why(
    board: Board, content: bytes, query: dict[str, str], status: int, says: str
) -> None:
    path = f"/interviews/{await board.interview()}/video"
    page = await browser(board, "candidate")
    token = {"x-csrftoken": page.cookies["csrftoken"]}
    sent = await page.post(path, content=content, params=query, headers=token)
    assert sent.status_code == status
    assert says in sent.text
    assert "data-upload" in (await page.get(path)).text


async def test_it_needs_a_login_a_role_the_own_interview_and_the_forms_token(board: Board) -> None:
    path = f"/interviews/{await board.interview()}/video"
    page = await browser(board, "candidate")
    token = page.cookies["csrftoken"]
    forged = "a" * 64 + token[64:]
    for headers in ({}, {"x-csrftoken": forged}):
        answer = await page.post(path, content=MP4, params=AGREED, headers=headers)
        assert answer.status_code == 403
    planted = await browser(board, "candidate")
    planted.cookies.set("csrftoken", forged, domain="board.local", path="/")
    answer = await planted.post(path, content=MP4, params=AGREED, headers={"x-csrftoken": forged})
    assert answer.status_code == 403
    form = {"_csrf_token": token}
    answer = await page.post(path, params=AGREED, data=form, files={"file": MP4})
    assert answer.status_code == 403, "a form's body is not even read"
    stranger = await board.client.post(path, content=MP4, params=AGREED)
    assert (stranger.status_code, stranger.headers["location"]) == (303, "/login")
    assert (await (await browser(board, "it")).get(path)).status_code == 403
    for method in ("GET", "POST"):
        other = await browser(board, "other")
        headers = {"x-csrftoken": other.cookies["csrftoken"]}
        got = await other.request(method, path, content=MP4, params=AGREED, headers=headers)
        assert got.status_code == 404
    assert "data-state" not in (await page.get(path)).text


async def test_a_candidate_reads_no_question_before_it_is_asked(board: Board) -> None:
    path = f"/interviews/{await board.interview()}/video"
    assert "What did you do" in (await (await browser(board, "interviewer")).get(path)).text
    own = (await (await browser(board, "candidate")).get(path)).text
    assert "What did you do" not in own
    assert "start-2" in own


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([], (0,)),
        (["", ""], (0,)),
        (["0:00", "1:05", " "], (0, 65_000)),
        (["65", "1:00:05"], (65_000, 3_605_000)),
    ],
)
def test_start_times_are_minutes_and_seconds(texts: list[str], found: tuple[int, ...]) -> None:
    assert starts_ms(texts) == found


@pytest.mark.parametrize("texts", [["1:05", "", "2:00"], ["-1"], ["1.5"], ["\u0661"], ["1:2:3:4"]])
def test_a_time_that_cannot_be_read_is_refused(texts: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        starts_ms(texts)
    assert refused.value.code == "time_unreadable"
