"""Alarms open once, count what happens again, and clear."""

from __future__ import annotations

import psycopg
import pytest

from central.storage.alarms import clear_alarm, raise_alarm
from central.storage.rooms import insert_room

pytestmark = pytest.mark.integration


async def test_an_alarm_opens_once_and_counts(database_url: str) -> None:
    async with await psycopg.AsyncConnection.connect(database_url) as conn:
        room = await insert_room(conn, "r101", "Room 101")
        first = await raise_alarm(conn, room, "token_reused", {"from": "a"})
        again = await raise_alarm(conn, room, "token_reused", {"from": "b"})
        cursor = await conn.execute("select times, detail ->> 'from' from alarms")
        assert (first, again, await cursor.fetchall()) == (True, False, [(2, "b")])


async def test_a_cleared_alarm_opens_anew(database_url: str) -> None:
    async with await psycopg.AsyncConnection.connect(database_url) as conn:
        await raise_alarm(conn, None, "site_key_missing", {})
        assert await clear_alarm(conn, None, "site_key_missing")
        assert not await clear_alarm(conn, None, "site_key_missing")
        assert await raise_alarm(conn, None, "site_key_missing", {})


async def test_rooms_have_alarms_of_their_own(database_url: str) -> None:
    async with await psycopg.AsyncConnection.connect(database_url) as conn:
        rooms = [await insert_room(conn, code, code) for code in ("r1", "r2")]
        assert [await raise_alarm(conn, room, "silent", {}) for room in (*rooms, None)] == [
            True
        ] * 3
        assert await clear_alarm(conn, rooms[0], "silent")
        assert not await raise_alarm(conn, rooms[1], "silent", {})
