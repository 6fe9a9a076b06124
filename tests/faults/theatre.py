"""A running central and rooms that write to it through bad networks."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import psycopg

from tests.fakes.fault_proxy import FaultProxy
from tests.faults.source import Orders
from tests.faults.source_room import SourceRoom
from tests.story.stack import Site, admit

CONNECT_S = 60.0


@asynccontextmanager
async def source_rooms(
    site: Site, count: int, chance: random.Random, *, records_s: float, utterance_s: float
) -> AsyncIterator[list[SourceRoom]]:
    """Rooms that have each delivered their first records."""
    async with AsyncExitStack() as stack:
        rooms = []
        for number in range(1, count + 1):
            folder = site.data / "rooms" / f"source-{number}"
            room = await stack.enter_async_context(
                source_room(site, folder, chance, records_s=records_s, utterance_s=utterance_s)
            )
            rooms.append(room)
        async with asyncio.timeout(CONNECT_S):
            for room in rooms:
                await room.delivered(1)
        yield rooms


@asynccontextmanager
async def source_room(
    site: Site, folder: Path, chance: random.Random, *, records_s: float, utterance_s: float
) -> AsyncIterator[SourceRoom]:
    """One room, admitted, with an interview that is assigned to it; its folder's name is its code."""
    code = folder.name
    await admit(site.config, code, folder)
    interview, turn = await _interview(site.config.database.url, code)
    async with AsyncExitStack() as stack:
        proxy = await stack.enter_async_context(FaultProxy(site.gateway).serving())
        Orders(
            address=proxy.address,
            interview_id=interview,
            turn_key=turn,
            seed=chance.randrange(2**32),
            records_s=records_s,
            utterance_s=utterance_s,
        ).write(folder)
        yield await stack.enter_async_context(SourceRoom(code, folder, proxy).running())


async def _interview(url: str, code: str) -> tuple[str, str]:
    """A live interview with one open turn: (its id, the turn's key)."""
    turn = str(uuid.uuid4())
    async with await psycopg.AsyncConnection.connect(url) as conn:
        cursor = await conn.execute(
            "with person as (insert into users (email, username, role, password_hash)"
            "  values (%(name)s || '@example.org', %(name)s, 'candidate', '-') returning id),"
            " held as (insert into interviews (candidate_id, room_id, position, language, status,"
            "  start_time, recording_consent, scoring_consent)"
            "  select person.id, rooms.id, 'engineer', 'en', 'live', now(), true, true"
            "  from person, rooms where code = %(room)s returning id)"
            " insert into turns (interview_id, turn_key, position, asked_text, asked_at,"
            "  asked_mono_ns) select id, %(turn)s, 0, 'Why?', now(), 0 from held"
            " returning interview_id",
            {"name": uuid.uuid4().hex, "room": code, "turn": turn},
        )
        row = await cursor.fetchone()
    assert row is not None
    return str(row[0]), turn


async def settle(url: str, patience_s: float) -> list[str]:
    """Wait until every job is done; what is wrong with the transcripts then."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        try:
            async with asyncio.timeout(patience_s):
                while (await _numbers(conn, _OPEN))[0]:  # noqa: ASYNC110 - rows have no event
                    await asyncio.sleep(0.5)
        except TimeoutError:
            return [f"{(await _numbers(conn, _OPEN))[0]} jobs are not done"]
        dead, untold, twice = await _numbers(conn, _SPOKEN)
    wrong = {
        f"{dead} jobs died": dead,
        f"{untold} utterances have no transcript": untold,
        f"{twice} utterances have more than one transcript": twice,
    }
    return [sentence for sentence, count in wrong.items() if count]


async def _numbers(conn: psycopg.AsyncConnection, query: str) -> tuple[int, ...]:
    row = await (await conn.execute(query.encode())).fetchone()
    assert row is not None
    return tuple(int(one) for one in row)


_OPEN = "select count(*) from jobs where state in ('queued', 'running')"
_SPOKEN = """
    select (select count(*) from jobs where state = 'dead'),
      (select count(*) from jobs j where j.kind = 'transcribe'
        and not exists (select 1 from transcripts t where t.utterance_key = j.key)),
      (select count(*) from (select 1 from transcripts where utterance_key is not null
        group by utterance_key having count(*) > 1) twice)
"""
