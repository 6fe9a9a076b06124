"""The steward against a real PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from central.steward.round import DAYS_AHEAD, one_round
from central.storage.caretaking import try_to_lead
from central.storage.partitions import name

pytestmark = pytest.mark.integration


async def _connect(url: str) -> psycopg.AsyncConnection[Any]:
    return await psycopg.AsyncConnection.connect(url, autocommit=True)


async def test_only_one_steward_leads_and_the_next_takes_over(database_url: str) -> None:
    async with await _connect(database_url) as second:
        async with await _connect(database_url) as first:
            assert await try_to_lead(first)
            assert not await try_to_lead(second)
        async with asyncio.timeout(5):  # PostgreSQL lets go of the lock when its process has ended
            while not await try_to_lead(second):  # noqa: ASYNC110 - the lock is what we wait for
                await asyncio.sleep(0.01)


async def test_a_round_makes_a_week_of_partitions(database_url: str) -> None:
    today = datetime.now(UTC).date()
    async with await _connect(database_url) as conn:
        done = await one_round(conn, today)
        assert len(done.partitions) == DAYS_AHEAD - 2
        assert name(today) not in done.partitions
        assert (await one_round(conn, today)).is_quiet()


async def test_a_silent_agent_is_shown_as_disconnected(database_url: str) -> None:
    async with await _connect(database_url) as conn:
        await conn.execute("INSERT INTO rooms (code, name) VALUES ('r1', 'Room 1')")
        await conn.execute(
            "INSERT INTO agents (room_id, uuid, connected, last_seen) VALUES "
            "(1, 'silent', true, now() - interval '1 minute'), (1, 'alive', true, now())"
        )
        done = await one_round(conn, datetime.now(UTC).date())
        rows = await (await conn.execute("SELECT uuid FROM agents WHERE connected")).fetchall()
    assert done.silent_rooms == ("r1",)
    assert rows == [("alive",)]


async def test_a_command_that_no_room_answered_expires(database_url: str) -> None:
    async with await _connect(database_url) as conn:
        await conn.execute("INSERT INTO rooms (code, name) VALUES ('r1', 'Room 1')")
        await conn.execute(
            "INSERT INTO room_commands (room_id, kind, body, expires_at) VALUES "
            "(1, 'start', '{}', now() - interval '1 s'), (1, 'start', '{}', now() + interval '1 h')"
        )
        done = await one_round(conn, datetime.now(UTC).date())
        rows = await (await conn.execute("SELECT state FROM room_commands ORDER BY id")).fetchall()
    assert done.expired_commands == 1
    assert rows == [("expired",), ("open",)]
