"""A real gateway over real PostgreSQL and NATS, with rooms admitted to it: for tests of the border."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from central.bus.bus import Bus
from central.config import Config, Database, Gateway, Nats
from central.fleet.rooms import AgentFiles, add_agent, add_room
from central.fleet.root import create_authority
from central.gateway.serve import serve
from central.storage.pool import Pool, open_pool
from central.supervisor.notify import Notify


@dataclass(slots=True)
class Listening(Notify):
    """Hears where the gateway listens."""

    address: asyncio.Future[str] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def ready(self, address: str = "") -> None:
        self.address.set_result(address)


@dataclass(slots=True)
class Site:
    """What a test needs of central. `gateway()` runs one on a free port."""

    config: Config
    pool: Pool
    bus: Bus
    room: str
    room_id: int
    agent: AgentFiles

    @asynccontextmanager
    async def gateway(self) -> AsyncIterator[str]:
        """The address of a gateway that runs inside the block."""
        notify = Listening()
        task = asyncio.create_task(serve(self.config, notify))
        both: set[asyncio.Future[Any]] = {task, notify.address}
        await asyncio.wait(both, timeout=15, return_when="FIRST_COMPLETED")
        if task.done():
            await task
        try:
            yield notify.address.result()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def add_agent(self, room: str, directory: Path) -> AgentFiles:
        """Another room with an agent of its own."""
        authority = create_authority(self.config.data_dir / "authority")
        async with self.pool.connection() as conn:
            await add_room(conn, room, f"Room {room}")
            return await add_agent(conn, authority, room, directory)

    async def fetch(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        async with self.pool.connection() as conn:
            cursor = await conn.execute(query, values)
            return await cursor.fetchall() if cursor.description else []

    async def interview(self, *, room_id: int | None = -1, language: str = "en") -> int:
        """A scheduled interview with one question; in this site's room unless told otherwise."""
        name = uuid.uuid4().hex
        room = self.room_id if room_id == -1 else room_id
        rows = await self.fetch(
            "with person as (insert into users (email, username, role, password_hash)"
            "  values (%s, %s, 'candidate', 'x') returning id)"
            " insert into interviews (candidate_id, room_id, position, language)"
            " select id, %s, 'engineer', %s from person returning id",
            f"{name}@example.org",
            name,
            room,
            language,
        )
        return int(rows[0][0])

    async def question(self, interview_id: int) -> int:
        """A typed question of the interview."""
        rows = await self.fetch(
            "insert into interview_questions"
            " (interview_id, ordinal, text, category, difficulty, source, rubric)"
            " values (%s, 0, 'Why?', 'technical', 'easy', 'typed', '{}') returning id",
            interview_id,
        )
        return int(rows[0][0])

    async def turn(self, interview_id: int, key: str, *, utterances: int | None = None) -> int:
        """A turn that was asked; ended where `utterances` says how many it has."""
        rows = await self.fetch(
            "insert into turns (interview_id, turn_key, position, asked_text, asked_at,"
            " asked_mono_ns, ended_at, expected_utterances)"
            " values (%s, %s, 0, 'Why?', now(), 0, case when %s then now() end, %s) returning id",
            interview_id,
            key,
            utterances is not None,
            utterances,
        )
        return int(rows[0][0])

    async def command(self, body: str, kind: str, lasts_s: float = 60) -> int:
        """A command to this site's room, as JSON."""
        rows = await self.fetch(
            "insert into room_commands (room_id, kind, body, expires_at)"
            " values (%s, %s, %s::jsonb, now() + make_interval(secs => %s)) returning id",
            self.room_id,
            kind,
            body,
            lasts_s,
        )
        return int(rows[0][0])


@asynccontextmanager
async def running_site(
    database_url: str, nats_url: str, directory: Path, **gateway: Any
) -> AsyncIterator[Site]:
    """A site with one room and one agent; no gateway runs yet."""
    authority = create_authority(directory / "authority")
    tls = directory / "tls"
    tls.mkdir(parents=True)
    issued = authority.issue_server(["localhost", "127.0.0.1"])
    assert issued.private_key is not None
    (tls / "gateway.crt").write_bytes(issued.certificate)
    (tls / "gateway.key").write_bytes(issued.private_key)
    (tls / "rooms-ca.crt").write_bytes(authority.certificate)
    config = Config(
        data_dir=directory,
        database=Database(url=database_url),
        nats=Nats(url=nats_url),
        gateway=Gateway(**{"port": 0, "enrolment_port": 0, **gateway}),
    )
    room = f"r{uuid.uuid4().hex[:12]}"
    pool = await open_pool(database_url, 4)
    try:
        async with await Bus.connect(nats_url, "test") as bus:
            async with pool.connection() as conn:
                room_id = await add_room(conn, room, "Room 101")
                agent = await add_agent(conn, authority, room, directory / "agent")
            yield Site(config, pool, bus, room, room_id, agent)
    finally:
        await pool.close()
