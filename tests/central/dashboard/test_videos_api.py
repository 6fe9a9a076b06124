"""A video is uploaded, refused or watched; what it holds lies nowhere in the clear."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from central.interview.commands import AnalyseVideo
from central.policy import load
from central.steward.videos import assign_videos, delete_files
from central.storage import videos
from central.storage.pool import open_pool
from central.vault.uploads import Uploads
from tests.fakes.board import Board

pytestmark = pytest.mark.integration

MP4 = b"\x00\x00\x00\x20ftypisom" + os.urandom(300_000)
AGREED = {"consent": "true", "ai_scoring": "true"}


@pytest.fixture
async def open_board(board: Board) -> Board:
    (board.config.data_dir / "secrets" / "upload.key").write_bytes(os.urandom(32))
    return board


async def send(
    board: Board, interview: str, content: bytes, who: str = "recruiter", **query: Any
) -> Any:
    path = f"/interviews/{interview}/video"
    return await board.call(who, "POST", path, content=content, params={**AGREED, **query})


async def test_an_upload_is_sealed_given_to_a_virtual_room_and_deleted_when_it_is_done(
    open_board: Board, database_url: str
) -> None:
    board = open_board
    interview = await board.interview()
    answer = await send(board, interview, MP4, preset="high_performance")
    assert answer.status_code == 202, answer.text
    told = answer.json()
    assert (told["state"], told["media"], told["size_bytes"]) == ("queued", "mp4", len(MP4))
    files = [one for one in (board.config.data_dir / "vault").rglob("*") if one.is_file()]
    assert len(files) == 1
    assert MP4[5_000:5_100] not in files[0].read_bytes()

    policies = load("kr")
    pool = await open_pool(database_url, 1)
    async with pool.connection() as conn:
        await conn.set_autocommit(True)
        assert (
            await assign_videos(conn, board.config.videos, policies) == 0
        )  # no virtual room is there
        row = await (
            await conn.execute(
                "insert into rooms (code, name, kind) values ('v1', 'Videos', 'virtual') returning id"
            )
        ).fetchone()
        assert row is not None
        room_id = row[0]
        await conn.execute(
            "insert into agents (room_id, uuid, connected) values (%s, 'a', true)", (room_id,)
        )
        assert await assign_videos(conn, board.config.videos, policies) == 1
        found = await (
            await conn.execute("select id, body from room_commands where room_id = %s", (room_id,))
        ).fetchone()
        assert found is not None
        order = msgspec.convert(found[1], AnalyseVideo)
        assert order.plan.interview_id == interview
        assert order.plan.policy == policies.named(None)
        assert (order.preset, order.answer_starts_ms) == ("high_performance", (0,))
        assert order.sha256 == hashlib.sha256(MP4).hexdigest()
        video = await videos.assigned(conn, int(order.video_id), room_id)
        assert video is not None
        assert await videos.assigned(conn, int(order.video_id), room_id + 1) is None
        content = Uploads.of(board.config).open(video.name, video.wrapped, video.upload_key_id, 100)
        assert b"".join([piece async for piece in content]) == MP4[100:]
        assert await videos.note_progress(conn, video.id, room_id, 400)
        watched = await board.call("candidate", "GET", f"/interviews/{interview}/video")
        assert (watched.json()["state"], watched.json()["done_ratio"]) == ("analysing", 0.4)
        await videos.settle(conn, found[0], "done", "")
        assert await delete_files(conn, Uploads.of(board.config).store) == 1
        await conn.set_autocommit(False)
    await pool.close()
    assert not [one for one in (board.config.data_dir / "vault").rglob("*") if one.is_file()]
    watched = await board.call("recruiter", "GET", f"/interviews/{interview}/video")
    assert (watched.json()["state"], watched.json()["done_ratio"]) == ("done", 1.0)


@pytest.mark.parametrize(
    ("content", "query", "status", "code"),
    [
        (b"MZ" + bytes(100), {}, 415, "video_type"),
        (b"", {}, 415, "video_type"),
        (MP4, {"consent": "false"}, 422, "video_consent"),
        (MP4, {"starts_ms": [5_000, 1_000]}, 422, "video_starts"),
        (MP4, {"starts_ms": [0, 1, 2, 3]}, 422, "video_starts"),
        (MP4, {"preset": "everything"}, 400, "invalid"),
    ],
)
async def test_what_cannot_be_taken_is_refused_with_a_code(
    open_board: Board, content: bytes, query: dict[str, Any], status: int, code: str
) -> None:
    interview = await open_board.interview()
    answer = await send(open_board, interview, content, **query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    watched = await open_board.call("recruiter", "GET", f"/interviews/{interview}/video")
    assert watched.json()["code"] == "video_unknown"


async def test_another_candidates_interview_does_not_exist(open_board: Board) -> None:
    interview = await open_board.interview()
    answer = await send(open_board, interview, MP4, who="other")
    assert (answer.status_code, answer.json()["code"]) == (404, "interview_unknown")
    assert (await send(open_board, interview, MP4, who="candidate")).status_code == 202
    again = await send(open_board, interview, MP4)
    assert (again.status_code, again.json()["code"]) == (409, "video_there")


async def test_a_video_that_is_too_large_leaves_nothing(open_board: Board, tmp_path: Path) -> None:
    """Also where it does not say how large it is."""
    board = open_board
    small = msgspec.structs.replace(board.config.videos, most_bytes=200_000)
    board.serve(msgspec.structs.replace(board.config, videos=small))
    interview = await board.interview()

    async def endless() -> AsyncIterator[bytes]:
        for at in range(0, len(MP4), 10_000):
            yield MP4[at : at + 10_000]

    for content in (MP4, endless()):
        answer = await board.call(
            "recruiter", "POST", f"/interviews/{interview}/video", content=content, params=AGREED
        )
        assert (answer.status_code, answer.json()["code"]) == (413, "video_too_large")
    left = board.config.data_dir / "vault"
    assert not left.exists() or not [one for one in left.rglob("*") if one.is_file()]
    watched = await board.call("recruiter", "GET", f"/interviews/{interview}/video")
    assert watched.json()["code"] == "video_unknown"


async def test_a_site_without_an_upload_key_says_so(board: Board) -> None:
    interview = await board.interview()
    answer = await send(board, interview, MP4)
    assert (answer.status_code, answer.json()["code"]) == (503, "video_off")
