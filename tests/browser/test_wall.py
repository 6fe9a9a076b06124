"""Fifty rooms on one screen, those first that need somebody, each a few keys away."""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.scene import ROOMS
from tests.browser.site import Site, running_site
from tests.fakes.servers import Servers

pytestmark = pytest.mark.browser
COUNT = 50
LOST = "camera: camera 0: cannot be opened"


@pytest.fixture(scope="module")
def large_site(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with (
        servers.database() as url,
        running_site(url, servers.nats_url, tmp_path_factory.mktemp("site")) as running,
    ):
        with psycopg.connect(url) as conn:
            for number in range(COUNT - len(ROOMS)):
                _add(conn, number)
        yield running


def _add(conn: psycopg.Connection, number: int) -> None:
    name = f"본관 {number // 10 + 1}층 면접실 {number % 10 + 1}"
    health = json.dumps({"fps": 29.9, "faults": [LOST] if number == 7 else []})
    conn.execute(
        "with room as (insert into rooms (code, name) values (%s, %s) returning id)"
        " insert into agents (room_id, uuid, version, connected, last_seen, health)"
        " select id, %s, '0.1.0', true, now(), %s from room",
        (f"hall-{number:02}", name, f"hall-agent-{number}", health),
    )


@pytest.fixture
def wall(browser: Browser, large_site: Site, language: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme="dark" if language == "en" else "light",
    )
    page = context.new_page()
    sign_in(page, large_site, "interviewer", language)
    page.wait_for_selector("body[data-line=up]")
    yield page
    context.close()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_fifty_rooms_stand_on_one_screen(wall: Page) -> None:
    expect(wall.locator(".tile")).to_have_count(COUNT)
    assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert wall.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_faults(wall) == []


@pytest.mark.parametrize(
    ("language", "camera", "microphone"),
    [
        ("ko", "카메라 연결이 끊겼습니다", "마이크가 6초째 조용합니다"),
        ("en", "The camera is lost", "The microphone has been silent for 6 s"),
    ],
)
def test_who_needs_somebody_comes_first_and_says_why_in_the_readers_language(
    wall: Page, camera: str, microphone: str
) -> None:
    tiles = wall.locator(".tile")
    expect(tiles.nth(0).locator(".fault-words")).to_have_text(microphone)  # a candidate sits there
    expect(tiles.nth(1).locator(".fault-words")).to_have_text(camera)
    names = wall.locator(".tile[data-state=ready] h2").all_inner_texts()
    assert names.index("본관 2층 면접실 2") < names.index("본관 2층 면접실 10")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_room_is_a_few_keys_away(wall: Page) -> None:
    wall.keyboard.press("/")
    wall.keyboard.type("hall-23")
    expect(wall.locator(".tile:visible")).to_have_count(1)
    with wall.expect_navigation():
        wall.keyboard.press("Enter")
    assert wall.url.endswith("/rooms/hall-23")
