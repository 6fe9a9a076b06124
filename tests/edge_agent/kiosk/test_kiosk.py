"""The kiosk server: who may in, what it shows, what it hands on."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from edge_agent.config import Kiosk as KioskSettings
from edge_agent.errors import ConfigError
from edge_agent.interview.steps import CheckedIn, Consented, Input
from edge_agent.kiosk.server import Kiosk

pytestmark = pytest.mark.integration


class Page:
    """A kiosk and what was pressed on it."""

    def __init__(self, folder: Path) -> None:
        self.pressed: list[Input] = []
        self.kiosk = Kiosk(KioskSettings(port=0, url_file=folder / "run/url"), self.pressed.append)
        self.kiosk.show({"phase": "idle"})

    @property
    def port(self) -> int:
        return urlsplit(self.kiosk.url).port or 0

    @property
    def query(self) -> str:
        return urlsplit(self.kiosk.url).query

    def socket(self, query: str = "", origin: str = "") -> connect:
        headers = {"Origin": origin} if origin else None
        url = f"ws://127.0.0.1:{self.port}/ws?{query or self.query}"
        return connect(url, additional_headers=headers)

    async def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        def fetch() -> tuple[int, bytes]:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer.status, body

        return await asyncio.to_thread(fetch)


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    page = Page(tmp_path)
    async with page.kiosk.serving():
        yield page


async def receive(client: ClientConnection) -> dict[str, object]:
    async with asyncio.timeout(5):
        state: dict[str, object] = json.loads(await client.recv())
        return state


async def test_the_page_and_its_files_are_served(page: Page) -> None:
    status, body = await page.get(f"/?{page.query}")
    assert status == 200
    assert b"<html" in body
    assert (await page.get("/static/index.html"))[0] == 200
    assert (await page.get("/static/none.js"))[0] == 404
    assert (await page.get("/static/../server.py"))[0] == 404


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/state?token=wrong", {}),
        ("/state?{query}", {"Host": "evil.example"}),
        ("/state?{query}", {"Origin": "http://evil.example"}),
        ("/static/index.html", {"Host": "evil.example"}),
    ],
)
async def test_nobody_else_is_let_in(page: Page, path: str, headers: dict[str, str]) -> None:
    status, body = await page.get(path.format(query=page.query), **headers)
    assert status == 403
    assert b"edge-agent printed" in body


async def test_the_state_is_there_as_json(page: Page) -> None:
    status, body = await page.get(f"/state?{page.query}")
    assert status == 200
    assert json.loads(body) == {"phase": "idle"}


@pytest.mark.parametrize(
    ("query", "origin"), [("token=wrong", ""), ("", "http://evil.example")], ids=["token", "origin"]
)
async def test_a_foreign_socket_is_refused(page: Page, query: str, origin: str) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        async with page.socket(query, origin):
            pass


async def test_a_page_gets_the_state_at_once_and_each_change(page: Page) -> None:
    async with page.socket(origin=f"http://127.0.0.1:{page.port}") as client:
        assert await receive(client) == {"phase": "idle"}
        page.kiosk.show({"phase": "asking"})
        assert await receive(client) == {"phase": "asking"}


async def test_a_slow_page_holds_nobody_up_and_gets_the_latest(page: Page) -> None:
    async with page.socket() as client:
        await receive(client)
        for count in range(10_000):
            page.kiosk.show({"phase": "asking", "count": count})
        states = [await receive(client)]
        while states[-1]["count"] != 9_999:
            states.append(await receive(client))
        assert len(states) <= 2


async def test_presses_reach_the_interview_and_nonsense_does_not(page: Page) -> None:
    async with page.socket() as client:
        for text in (
            "nonsense",
            '{"type": "end_the_world"}',
            '{"type": "consent", "recording": "yes"}',
            '{"type": "check_in"}',
            '{"type": "consent", "recording": true, "ai_scoring": false}',
        ):
            await client.send(text)
        async with asyncio.timeout(5):
            while len(page.pressed) < 2:  # noqa: ASYNC110 - the kiosk calls, it has no event
                await asyncio.sleep(0.01)
    assert page.pressed == [CheckedIn(), Consented(recording=True, ai_scoring=False)]


async def test_the_address_is_written_for_the_browser(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "run/url"
    assert file.read_text().strip() == page.kiosk.url
    assert file.stat().st_mode & 0o037 == 0


async def test_a_taken_port_names_the_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        kiosk = Kiosk(KioskSettings(port=taken.getsockname()[1]), lambda _: None)
        with pytest.raises(ConfigError, match=r"kiosk\.port"):
            async with kiosk.serving():
                pass


async def test_an_open_page_does_not_keep_the_agent_from_stopping(tmp_path: Path) -> None:
    page = Page(tmp_path)
    async with asyncio.timeout(5), page.kiosk.serving():
        client = await page.socket()
        await receive(client)
    await client.close()


@pytest.mark.parametrize(
    ("before", "same"),
    [
        ("http://127.0.0.1:8090/?token=" + "t" * 32 + "\n", True),
        ("http://127.0.0.1:8090/?token=short\n", False),
        ("nonsense", False),
        ("", False),
    ],
)
async def test_a_page_stays_open_over_a_restart_of_the_agent(
    tmp_path: Path, before: str, same: bool
) -> None:
    file = tmp_path / "url"
    file.write_text(before, encoding="utf-8")
    kiosk = Kiosk(KioskSettings(port=0, url_file=file), lambda _: None)
    async with kiosk.serving():
        assert (("token=" + "t" * 32) in kiosk.url) is same
        assert len(kiosk.url.rpartition("=")[2]) == 32
