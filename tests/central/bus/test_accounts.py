"""Each role says and hears what its work needs, and nothing else, at a real nats-server."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import nats
import pytest

from central.bus import subjects
from central.bus.accounts import ACCOUNTS, inbox
from central.bus.bus import Bus
from central.bus.captions import CaptionReply, CaptionRequest
from central.bus.seeds import make_missing, read
from central.embedded.nats import NatsServer
from central.errors import ConfigError, StartError

pytestmark = pytest.mark.integration

LIVE = subjects.live
SAYS = [
    ("gateway", subjects.job("transcribe")),
    ("gateway", LIVE("r1", "readings")),
    ("gateway", subjects.caption("ko")),
    ("speech", subjects.job("evaluate")),
    ("speech", LIVE("r1", "transcript")),
    ("language", subjects.job("report")),
    ("language", LIVE("r1", "marks")),
    ("language", LIVE("r1", "report")),
    ("dashboard", subjects.command("r1")),
    ("dashboard", LIVE("r1", "notice")),
    ("dashboard", LIVE("r1", "interview")),
    ("dashboard", subjects.ANSWER_SOUND),
    ("tools", subjects.command("r1")),
]
MAY_NOT_SAY = [
    ("speech", LIVE("r1", "marks")),
    ("speech", subjects.command("r1")),
    ("language", LIVE("r1", "notice")),
    ("language", subjects.caption("ko")),
    ("dashboard", LIVE("r1", "transcript")),
    ("dashboard", LIVE("r1", "marks")),
    ("steward", LIVE("r1", "readings")),
    ("tools", LIVE("r1", "notice")),
    ("gateway", "_INBOX_dashboard.x"),
]
HEARS = [
    ("gateway", subjects.command("*")),
    ("gateway", LIVE("r1", "transcript")),
    ("speech", subjects.job("transcribe")),
    ("speech", subjects.caption("*")),
    ("language", subjects.job("evaluate")),
    ("dashboard", subjects.ALL_LIVE),
]
MAY_NOT_HEAR = [
    ("speech", subjects.ALL_LIVE),
    ("language", subjects.caption("*")),
    ("steward", subjects.ALL_LIVE),
    ("tools", ">"),
    ("gateway", LIVE("r1", "marks")),
    ("dashboard", f"{inbox('gateway')}.>"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[NatsServer, str]]:
    server = NatsServer(tmp_path_factory.mktemp("nats"), for_tests=True)
    server.prepare()
    process = subprocess.Popen(server.command(), stderr=subprocess.DEVNULL)
    try:
        until_s = time.monotonic() + 20
        while (url := server.url(process.pid)) is None:
            assert time.monotonic() < until_s
            time.sleep(0.02)
        yield server, url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


class Client:
    """A role's bare connection, and what the server refused it."""

    def __init__(self, client: Any, refused: list[str]) -> None:
        self.nats = client
        self.refused = refused

    async def said(self, subject: str) -> bool:
        """Whether the server took a message to `subject`."""
        await self.nats.publish(subject, b"")
        return await self._was_allowed()

    async def hears(self, subject: str) -> bool:
        """Whether the server lets it listen."""
        await self.nats.subscribe(subject, cb=_ignore)
        return await self._was_allowed()

    async def _was_allowed(self) -> bool:
        for _ in range(
            5
        ):  # the refusal comes before the flush's answer, its callback perhaps later
            await self.nats.flush(timeout=5)
            await asyncio.sleep(0.01)
            if any("permissions violation" in one.lower() for one in self.refused):
                return False
        return True


@pytest.fixture
async def connect(server: tuple[NatsServer, str]) -> AsyncIterator[Any]:
    open_clients: list[Any] = []

    async def as_role(role: str) -> Client:
        refused: list[str] = []

        async def note(error: Exception) -> None:
            refused.append(str(error))

        client = await nats.connect(
            server[1].replace(server[1].partition("//")[2].partition("@")[0] + "@", ""),
            nkeys_seed_str=read(server[0].seeds, role),
            inbox_prefix=inbox(role).encode(),
            error_cb=note,
            allow_reconnect=False,
        )
        open_clients.append(client)
        return Client(client, refused)

    yield as_role
    for one in open_clients:
        await one.close()


@pytest.mark.parametrize(("role", "subject"), SAYS)
async def test_a_role_may_say_what_its_work_needs(connect: Any, role: str, subject: str) -> None:
    assert await (await connect(role)).said(subject)


@pytest.mark.parametrize(("role", "subject"), MAY_NOT_SAY)
async def test_a_role_may_say_nothing_else(connect: Any, role: str, subject: str) -> None:
    assert not await (await connect(role)).said(subject)


@pytest.mark.parametrize(("role", "subject"), HEARS)
async def test_a_role_may_hear_what_its_work_needs(connect: Any, role: str, subject: str) -> None:
    assert await (await connect(role)).hears(subject)


@pytest.mark.parametrize(("role", "subject"), MAY_NOT_HEAR)
async def test_a_role_may_hear_nothing_else(connect: Any, role: str, subject: str) -> None:
    assert not await (await connect(role)).hears(subject)


async def test_captions_are_asked_and_answered_between_roles(
    server: tuple[NatsServer, str],
) -> None:
    place = "nats://" + server[1].rpartition("@")[2]
    seeds = server[0].seeds
    async with (
        await Bus.connect(place, "speech", seeds) as speech,
        await Bus.connect(place, "gateway", seeds) as gateway,
    ):

        async def read_it(_: CaptionRequest) -> CaptionReply:
            return CaptionReply("hello", "engine")

        await speech.serve_captions("en", read_it)
        request = CaptionRequest("en", 1, 16_000, b"streaminfo", (b"one",))
        reply = None
        for _ in range(100):  # the server may not know of the listener at once
            reply = reply or await gateway.request_caption("en", request, 5)
            await asyncio.sleep(0 if reply else 0.02)
        assert reply == CaptionReply("hello", "engine")


async def test_a_stranger_is_told_which_key_is_not_known(
    server: tuple[NatsServer, str], tmp_path: Path
) -> None:
    make_missing(tmp_path)
    with pytest.raises(StartError, match="does not know the key of gateway"):
        await Bus.connect("nats://" + server[1].rpartition("@")[2], "gateway", tmp_path)


async def test_a_missing_seed_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gateway\.seed cannot be read"):
        await Bus.connect("nats://127.0.0.1:1", "gateway", tmp_path)


def test_seeds_are_made_once_and_are_private(tmp_path: Path) -> None:
    first = make_missing(tmp_path)
    assert make_missing(tmp_path) == first
    assert set(first) == set(ACCOUNTS)
    assert all((tmp_path / f"{role}.seed").stat().st_mode & 0o777 == 0o600 for role in first)


async def _ignore(_: Any) -> None:
    return
