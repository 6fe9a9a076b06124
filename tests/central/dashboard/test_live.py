"""Live channels over real NATS, a real server and real WebSockets."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from central.bus.bus import Bus
from central.bus.events import Readings, RoomChanged, TranscriptAdded
from central.config import Config, Dashboard, Database, Nats
from central.dashboard.live.sockets import RECHECK_S
from central.dashboard.serve import serve
from central.errors import StartError
from central.storage import users
from central.storage.engine import create_engine, sessions
from central.storage.tables import User
from central.storage.users import Account
from central.supervisor.notify import Notify
from tests.fakes.board import PASSWORD, config_in, populate, session_cookie

pytestmark = pytest.mark.integration


@dataclass
class HeardNotify(Notify):
    address: asyncio.Future[str] = field(default_factory=asyncio.Future)

    def ready(self, address: str = "") -> None:
        self.address.set_result(address)


@dataclass
class Site:
    config: Config
    address: str
    people: dict[str, Account]
    bus: Bus
    room: str

    def socket(self, path: str, who: str = "interviewer", origin: str | None = None) -> connect:
        headers = {"Cookie": session_cookie(self.config, self.people[who])}
        return connect(
            f"ws://{self.address}{path}",
            origin=origin or f"http://{self.address}",  # type: ignore[arg-type] # a plain string is one
            additional_headers=headers,
        )


@asynccontextmanager
async def running(
    config: Config, database_url: str, nats_url: str, recheck_s: float = RECHECK_S
) -> AsyncIterator[Site]:
    engine = create_engine(database_url)
    people = await populate(sessions(engine))
    await engine.dispose()
    notify = HeardNotify()
    serving = asyncio.ensure_future(serve(config, notify, recheck_s=recheck_s))
    try:
        async with asyncio.timeout(30):
            ready = asyncio.ensure_future(_ready(notify))
            await asyncio.wait([serving, ready], return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            await serving
        async with await Bus.connect(nats_url, "test") as bus:
            room = f"r{uuid.uuid4().hex[:8]}"
            yield Site(config, notify.address.result(), people, bus, room)
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


@pytest.fixture
async def site(database_url: str, nats_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    config = config_in(
        tmp_path,
        database=Database(url=database_url),
        nats=Nats(url=nats_url),
        dashboard=Dashboard(port=0),
    )
    async with running(config, database_url, nats_url) as site:
        yield site


async def _ready(notify: HeardNotify) -> None:
    await notify.address


def said(room: str, number: int) -> TranscriptAdded:
    return TranscriptAdded(room, "7", "t", str(number), f"u{number}", "User", "words", "e", True, 0)


async def events(socket: ClientConnection) -> list[dict[str, Any]]:
    async with asyncio.timeout(5):
        found: list[dict[str, Any]] = json.loads(await socket.recv())
        return found


async def settled() -> None:
    await asyncio.sleep(0.1)


async def test_an_event_reaches_the_rooms_browser_at_once_and_no_other(site: Site) -> None:
    async with (
        site.socket(f"/live/rooms/{site.room}") as one,
        site.socket("/live/rooms/elsewhere") as other,
    ):
        await settled()
        sent = time.monotonic()
        await site.bus.publish(said(site.room, 1))
        (event,) = await events(one)
        assert time.monotonic() - sent < 0.5
        assert (event["type"], event["text"]) == ("transcript", "words")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await other.recv()


async def test_readings_are_coalesced_and_the_latest_wins(site: Site) -> None:
    async with site.socket("/live/rooms") as wall:
        await settled()
        for position in range(40):
            await site.bus.publish(
                Readings(site.room, "7", 0, "answering", "t", "q", position, 3, 0, True, {})
            )
        seen: list[int] = []
        while not seen or seen[-1] != 39:
            seen += [one["position"] for one in await events(wall) if one["room"] == site.room]
        assert len(seen) <= 5


async def test_it_hears_how_rooms_are_but_no_words(site: Site) -> None:
    async with site.socket("/live/rooms", "it") as wall:
        await settled()
        await site.bus.publish(said(site.room, 1))
        await site.bus.publish(RoomChanged(site.room, connected=False, faults=("no camera",)))
        heard = [one for one in await events(wall) if one["room"] == site.room]
        assert [one["type"] for one in heard] == ["room"]


@pytest.mark.parametrize(
    ("who", "origin"), [("candidate", None), ("interviewer", "http://evil.example")]
)
async def test_candidates_and_other_origins_get_no_socket(
    site: Site, who: str, origin: str | None
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with site.socket("/live/rooms", who, origin):
            pass
    assert refused.value.response.status_code == 403


async def test_without_a_session_there_is_no_socket(site: Site) -> None:
    with pytest.raises(InvalidStatus):
        async with connect(f"ws://{site.address}/live/rooms"):
            pass


async def test_a_session_that_ended_closes_its_socket(
    database_url: str, nats_url: str, tmp_path: Path
) -> None:
    config = config_in(
        tmp_path,
        database=Database(url=database_url),
        nats=Nats(url=nats_url),
        dashboard=Dashboard(port=0),
    )
    async with (
        running(config, database_url, nats_url, 0.1) as site,
        site.socket("/live/rooms") as wall,
    ):
        await settled()
        engine = create_engine(database_url)
        async with sessions(engine).begin() as session:
            await users.end_sessions(session, site.people["interviewer"].id, actor_id=None)
        await engine.dispose()
        async with asyncio.timeout(5):
            await wall.wait_closed()
        assert wall.close_code == 4401


async def test_a_browser_that_comes_back_gets_what_it_missed_once(site: Site) -> None:
    async with site.socket(f"/live/rooms/{site.room}?cursor=") as one:
        await settled()
        await site.bus.publish(said(site.room, 1))
        place = ""
        while not place.endswith("-1"):
            place = next(e["cursor"] for e in await events(one) if e["type"] == "cursor")
    await site.bus.publish(said(site.room, 2))
    await settled()
    async with site.socket(f"/live/rooms/{site.room}?cursor={place}") as again:
        missed = [e["transcript_id"] for e in await events(again) if e["type"] == "transcript"]
        assert missed == ["2"]
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await again.recv()


async def test_signing_out_closes_the_sockets_of_that_session_and_ends_its_cookie(
    site: Site,
) -> None:
    base = f"http://{site.address}"
    async with httpx.AsyncClient(base_url=base) as client:
        await client.get("/login")
        form = {"login": "interviewer", "password": PASSWORD, "next": ""}
        token = {"_csrf_token": client.cookies["csrftoken"]}
        await client.post("/login", data={**form, **token})
        kept = client.cookies["daedam_session"]
        cookie = {"Cookie": f"daedam_session={kept}"}
        mine = connect(
            f"ws://{site.address}/live/rooms",
            origin=base,  # type: ignore[arg-type] # a plain string is one
            additional_headers=cookie,
        )
        async with mine as socket, site.socket("/live/rooms") as elsewhere:
            await settled()
            await client.post("/logout", data=token)
            async with asyncio.timeout(5):
                await socket.wait_closed()
            assert socket.close_code == 4401
            await elsewhere.ping()
            assert elsewhere.close_code is None, "another session of the same person goes on"
    async with httpx.AsyncClient(base_url=base) as thief:
        answer = await thief.get("/rooms", headers=cookie)
        assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login")


async def test_who_gets_another_role_is_looked_at_anew(
    database_url: str, nats_url: str, tmp_path: Path
) -> None:
    config = config_in(
        tmp_path,
        database=Database(url=database_url),
        nats=Nats(url=nats_url),
        dashboard=Dashboard(port=0),
    )
    async with (
        running(config, database_url, nats_url, 0.1) as site,
        site.socket("/live/rooms") as wall,
    ):
        await settled()
        engine = create_engine(database_url)
        async with sessions(engine).begin() as session:
            await session.execute(
                update(User).where(User.username == "interviewer").values(role="it")
            )
        await engine.dispose()
        async with asyncio.timeout(5):
            await wall.wait_closed()
        assert wall.close_code == 4401


async def test_every_answer_forbids_what_no_page_needs(site: Site) -> None:
    async with httpx.AsyncClient(base_url=f"http://{site.address}") as client:
        for path in ("/healthz", "/nowhere", "/api/v1/nowhere", "/static/nowhere"):
            headers = (await client.get(path)).headers
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "unsafe-inline" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert "server" not in headers


async def test_a_taken_port_is_a_start_error_that_names_it(site: Site) -> None:
    port = int(site.address.rpartition(":")[2])
    config = Config(data_dir=site.config.data_dir, dashboard=Dashboard(port=port))
    with pytest.raises(StartError, match=f"127.0.0.1:{port}"):
        await serve(config, Notify())


async def test_a_dashboard_beyond_loopback_does_not_start_without_tls(site: Site) -> None:
    settings = Dashboard(host="0.0.0.0", port=0)
    with pytest.raises(StartError, match="TLS"):
        await serve(Config(data_dir=site.config.data_dir, dashboard=settings), Notify())
