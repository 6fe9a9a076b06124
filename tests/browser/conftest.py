from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import EXECUTABLE, chromium
from tests.browser.people import sign_in
from tests.browser.site import Site, running_site
from tests.fakes.kiosk_agent import KioskAgent
from tests.fakes.servers import Servers

BUILD = Path(__file__).parents[2] / "central" / "dashboard" / "static" / "build"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for each file; skips where it is not installed.

    Not for the run: while Playwright is open its event loop runs in this thread, and no
    asynchronous test of another file could.
    """
    if not EXECUTABLE.exists():
        pytest.skip(f"no {EXECUTABLE}: apt-get install chromium")
    if not BUILD.is_dir():
        pytest.skip("the pages are not built: npm ci && npm run build")
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def site(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A furnished dashboard. Tests share it: what one changes it takes back."""
    with _furnished(servers, tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def own_site(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A furnished dashboard of one file's own: what that file does cannot be taken back."""
    with _furnished(servers, tmp_path_factory.mktemp("site")) as running:
        yield running


@contextmanager
def _furnished(servers: Servers, folder: Path) -> Iterator[Site]:
    with (
        servers.database() as url,
        running_site(url, servers.nats_url, folder) as running,
    ):
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of a fresh context; a script error or a refused resource fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console", lambda message: wrong.append(message.text) if message.type == "error" else None
    )
    yield opened
    context.close()
    refused = ("status of 4", "Status Error Code 4")  # tests of refusals look at these themselves
    assert not [line for line in wrong if not any(one in line for one in refused)]


@pytest.fixture
def room(page: Page, site: Site) -> Iterator[Page]:
    """The live room's page, connected."""
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-1")
    page.wait_for_selector("body[data-line=up]")
    yield page
    page.goto("about:blank")


@pytest.fixture
def agent() -> Iterator[KioskAgent]:
    with KioskAgent().running() as running:
        yield running


@pytest.fixture
def kiosk(browser: Browser, agent: KioskAgent) -> Iterator[Page]:
    """The page on a full HD screen, in English."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.add_init_script(
        """window.sockets = []; window.WebSocket = class extends WebSocket {
        constructor(...given) { super(...given); window.sockets.push(this); } };"""
    )
    agent.show(language="en", room_name="Interview room A")
    page.goto(agent.url)
    yield page
    context.close()
