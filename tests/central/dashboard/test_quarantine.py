"""Refused records: seen by admins and IT, taken out by admins only, and written down who did."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from central.dashboard.pages import quarantine_words
from central.storage import audit
from central.storage.tables import Alarm, Quarantine, Room
from daedam.v1 import record_pb2, room_pb2
from tests.fakes.board import Board, session_cookie

pytestmark = pytest.mark.integration

PAYLOAD = b"<script>alert(1)</script>\x00\xff"


async def refuse(board: Board, count: int = 1) -> list[int]:
    """As the gateway stores them; the room's alarm is open."""
    async with board.maker.begin() as session:
        room = (await session.scalars(select(Room))).one()
        rows = [
            Quarantine(
                room_id=room.id, spool_id="spool", seq=seq, interview_ref="<b>7</b>", kind=4,
                reason="oversize", detail="<i>too large</i>", payload=PAYLOAD,
            )
            for seq in range(count)
        ]  # fmt: skip
        session.add_all(rows)
        session.add(Alarm(room_id=room.id, kind="record_quarantined", detail={}))
        await session.flush()
        return [row.id for row in rows]


async def alarms(board: Board) -> list[tuple[bool, int | None]]:
    """Whether each is over, and by whom."""
    async with board.maker() as session:
        found = await session.scalars(select(Alarm).order_by(Alarm.id))
        return [(one.cleared_at is not None, one.cleared_by) for one in found]


async def page(board: Board, who: str, path: str) -> tuple[int, str]:
    cookie = session_cookie(board.config, board.people[who])
    answer = await board.client.get(path, headers={"cookie": f"{cookie}; language=en"})
    return answer.status_code, answer.text


@pytest.mark.parametrize("who", ["candidate", "interviewer", "recruiter"])
async def test_nobody_else_sees_refused_records(board: Board, who: str) -> None:
    (record,) = await refuse(board)
    assert (await page(board, who, "/quarantine"))[0] == 403
    for method, path in (
        ("GET", "/quarantine"),
        ("GET", f"/quarantine/{record}/payload"),
        ("POST", f"/quarantine/{record}/review"),
    ):
        assert (await board.call(who, method, path)).status_code == 403


async def test_the_payload_is_for_admins_as_a_file_and_written_down(board: Board) -> None:
    (record,) = await refuse(board)
    path = f"/quarantine/{record}/payload"
    assert (await board.call("it", "GET", path)).status_code == 403
    assert (await page(board, "it", path))[0] == 403
    answer = await board.call("admin", "GET", path)
    assert answer.content == PAYLOAD
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    async with board.maker() as session:
        written = [(one.actor, one.action, one.subject) for one in await audit.latest(session)]
    assert written.count(("admin", "quarantine.download", f"quarantine:{record}")) == 1


async def test_the_alarm_ends_with_the_last_review_and_who_looked_first_stays(
    board: Board,
) -> None:
    first, second = await refuse(board, 2)
    assert (await board.call("it", "POST", f"/quarantine/{first}/review")).status_code == 204
    assert (await alarms(board))[0][0] is False
    assert (await board.call("admin", "POST", f"/quarantine/{first}/review")).status_code == 204
    await board.call("admin", "POST", f"/quarantine/{second}/review")
    assert await alarms(board) == [(True, board.people["admin"].id)]
    shown = (await board.call("it", "GET", "/quarantine", params={"reviewed": "true"})).json()
    assert {one["id"]: one["reviewed_by"] for one in shown} == {
        str(first): "it",
        str(second): "admin",
    }
    assert (await board.call("it", "GET", "/quarantine", params={"reviewed": "false"})).json() == []


async def test_a_flood_is_reviewed_up_to_what_was_shown(board: Board) -> None:
    records = await refuse(board, 5)
    cookie = session_cookie(board.config, board.people["it"])
    got = await board.client.get("/quarantine?room=seoul-1", headers={"cookie": cookie})
    token = got.cookies["csrftoken"]
    answer = await board.client.post(
        "/quarantine/review",
        data={"room": "seoul-1", "up_to": str(records[3]), "_csrf_token": token},
        headers={"cookie": f"{cookie}; csrftoken={token}"},
    )
    assert answer.status_code == 303
    left = (await board.call("it", "GET", "/quarantine", params={"reviewed": "false"})).json()
    assert [one["id"] for one in left] == [str(records[4])]
    assert (await alarms(board))[0][0] is False


async def test_what_a_room_sent_is_text_on_the_page_and_nothing_else(board: Board) -> None:
    await refuse(board)
    status, text = await page(board, "it", "/quarantine")
    assert status == 200
    assert "&lt;i&gt;too large&lt;/i&gt;" in text
    assert "<i>too large" not in text
    assert "Too large" in text
    assert "/payload" not in text
    assert "/payload" in (await page(board, "admin", "/quarantine"))[1]


@pytest.mark.parametrize("record", ["0", "99999", "x", "-1", "9" * 30, "1%27"])
async def test_a_record_that_is_not_there_is_said_so(board: Board, record: str) -> None:
    for method, path in (("GET", "payload"), ("POST", "review")):
        answer = await board.call("admin", method, f"/quarantine/{record}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "record_unknown")


def test_every_kind_and_reason_has_its_words() -> None:
    kinds = set(record_pb2.RecordKind.values()) - {record_pb2.RECORD_KIND_UNSPECIFIED}
    assert set(quarantine_words.KINDS) == kinds
    reasons = {
        name.removeprefix("REJECT_REASON_").lower()
        for name in room_pb2.RejectReason.keys()  # noqa: SIM118 - not a mapping
    } - {"unspecified"}
    assert set(quarantine_words.REASONS) == reasons
