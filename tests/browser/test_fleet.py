"""A hundred rooms as IT sees them: what is wrong first, found by words, walked through by keys, live."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from central.bus.events import RoomChanged
from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site, running_site
from tests.fakes.servers import Servers

pytestmark = pytest.mark.browser
ROOMS = 100
GB = 1_000_000_000


@pytest.fixture(scope="module")
def site(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: a hundred rooms are in nobody else's way."""
    folder = tmp_path_factory.mktemp("fleet")
    with servers.database() as url, running_site(url, servers.nats_url, folder) as running:
        with psycopg.connect(url, autocommit=True) as conn:
            for number in range(1, ROOMS + 1):
                add_room(conn, number)
            conn.execute(
                "insert into alarms (room_id, kind, detail) select id, 'camera_frozen',"
                ' \'{"severity": "red", "seconds": 41}\' from rooms where code = \'f-007\''
            )
            conn.execute(
                "insert into alarms (room_id, kind, detail, times) select id, 'token_reused',"
                " '{\"token\": \"k3f9\"}', 3 from rooms where code = 'f-050'"
            )
        yield running


def health(**given: Any) -> str:
    now_ns = time.time_ns()
    whole = {
        "fps": 29.9, "wanted_fps": 30, "frozen_ms": 12, "silent_ms": 0, "level_dbfs": -41.5,
        "records_appended": 48_213, "records_acked": 48_210, "oldest_unsent_ms": 0,
        "spool_bytes": 1_200, "spool_limit_bytes": 268_435_456, "disk_free_bytes": 182 * GB,
        "certificate_ends_wall_ns": now_ns + 5 * 86_400 * GB, "clock_skew_ms": -8,
        "uptime_ms": 400_000_000, "vision_restarts": 0, "frames_captured": 900_000,
        "frames_analysed": 899_871, "vision_provider": "mediapipe-cpu", "vision_profile": "cpu",
        "vision_fallback": "", "phase": "idle",
        "cpu_ratio": 0.18, "memory_ratio": 0.41, "temperature_celsius": 52.0, "faults": [],
        "settings_version": 0, "received_wall_ns": now_ns,
    }  # fmt: skip
    return json.dumps(whole | given)


TROUBLES: dict[int, dict[str, Any]] = {
    7: {"frozen_ms": 41_000},
    13: {"silent_ms": 900_000, "level_dbfs": -96.0},
    21: {"faults": ["microphone: gives no sound; looking for it"], "level_dbfs": None},
    34: {"disk_free_bytes": 3 * GB, "temperature_celsius": 91.0},
    55: {"fps": 11.2},
    61: {"vision_fallback": "CUDAExecutionProvider falls back: libcudnn.so.9 does not load"},
    89: {"oldest_unsent_ms": 95_000, "records_acked": 41_000},
}


def add_room(conn: psycopg.Connection[Any], number: int) -> None:
    conn.execute(
        "insert into rooms (code, name) values (%s, %s)",
        (f"f-{number:03}", f"면접실 {number}"),
    )
    if number % 40 == 0:
        return  # nobody was there yet
    away = number in {3, 77}
    conn.execute(
        "insert into agents (room_id, uuid, version, connected, last_seen, health)"
        " select id, %s, %s, %s, now() + %s * interval '1 second', %s from rooms where code = %s",
        (
            f"agent-f-{number}",
            "0.1.0" if number % 9 else "0.0.9",
            not away,
            -7_300 if away else 3_600,  # seen in an hour: a test may take a while
            health(**TROUBLES.get(number, {})),
            f"f-{number:03}",
        ),
    )


def keep(page: Page, name: str) -> None:
    """Pictures for people to look at: `DAEDAM_PICTURES=folder`."""
    folder = os.environ.get("DAEDAM_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def fleet(page: Page, site: Site) -> Iterator[Page]:
    sign_in(page, site, "it")
    page.goto(f"{site.url}/fleet")
    page.wait_for_selector("body[data-line=up]")
    yield page
    page.goto("about:blank")


def test_the_worst_room_stands_first_with_a_shape_and_a_word(fleet: Page) -> None:
    rows = fleet.locator(".table.fleet tbody tr")
    expect(rows).to_have_count(ROOMS + 6)
    words = rows.locator("td:first-child .state").all_inner_texts()
    order = ["Needs somebody now", "Needs a look", "Never seen", "Ready"]
    assert words == sorted(words, key=order.index)
    assert set(words) == set(order)
    icons = {
        row.get_attribute("href")
        for word in order
        for row in fleet.locator(".fleet-counts li", has_text=word).locator("use").all()
    }
    assert len(icons) == 4


def test_typing_finds_a_problem_and_keys_walk_to_its_room(fleet: Page) -> None:
    fleet.keyboard.press("/")
    fleet.keyboard.type("free on the disk")
    expect(fleet.locator(".table.fleet tbody tr:visible")).to_have_count(1)
    fleet.keyboard.press("ArrowDown")
    expect(fleet.locator("#room-f-034")).to_be_focused()
    with fleet.expect_navigation():
        fleet.keyboard.press("Enter")
    expect(fleet.locator("h1")).to_contain_text("면접실 34")
    expect(fleet.locator(".problems")).to_contain_text("3 GB are free on the disk")
    expect(fleet.locator(".problems")).to_contain_text("The PC is at 91 °C")


def test_focus_and_words_stay_while_the_table_is_fetched_again(fleet: Page, site: Site) -> None:
    fleet.fill("#fleet-filter", "f-01")
    fleet.keyboard.press("ArrowDown")
    fleet.keyboard.press("ArrowDown")
    before = fleet.evaluate("document.activeElement.id")
    fleet.evaluate("document.querySelector('.table.fleet').dataset.old = '1'")
    site.tell(RoomChanged("f-010", connected=True))
    fleet.wait_for_selector(".table.fleet:not([data-old])")
    fleet.wait_for_timeout(100)
    assert fleet.evaluate("document.activeElement.id") == before
    expect(fleet.locator(".table.fleet tbody tr:visible")).to_have_count(10)


def test_a_room_turns_red_and_green_again_without_a_reload(fleet: Page, site: Site) -> None:
    row = fleet.locator("tr", has=fleet.locator("#room-f-002"))
    expect(row.locator(".state").first).to_have_text("Ready")
    for given, word in (({"frozen_ms": 60_000}, "Needs somebody now"), ({}, "Ready")):
        with psycopg.connect(site.database_url, autocommit=True) as conn:
            conn.execute(
                "update agents set health = %s where uuid = 'agent-f-2'", (health(**given),)
            )
        site.tell(RoomChanged("f-002", connected=True))
        expect(row.locator(".state").first).to_have_text(word)


def test_sorting_and_showing_are_links_that_work_without_script(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "it")
    page.goto(f"{site.url}/fleet")
    with page.expect_navigation():  # all of it, not only what has come so far
        page.click("#show-trouble")
    troubled = page.locator(".table.fleet tbody tr").count()
    with page.expect_navigation():
        page.click("#sort-name")
    codes = page.locator(".table.fleet td.name .sub").all_inner_texts()
    context.close()
    assert 0 < troubled < ROOMS
    numbers = [int(code.removeprefix("f-")) for code in codes if code.startswith("f-")]
    assert numbers == sorted(numbers)
    assert len(codes) == troubled


def test_an_alarm_says_how_often_and_who_has_seen_it(fleet: Page, site: Site) -> None:
    row = fleet.locator("tr", has_text="An enrolment token was used a second time")
    expect(row.locator("td").nth(4)).to_have_text("3")
    row.get_by_role("button", name="I have seen it").click()
    expect(fleet.locator(".message").first).to_contain_text("you have seen it")
    expect(row).to_contain_text("정민호")
    row.get_by_role("button", name="Close").click()
    expect(fleet.locator(".message").first).to_contain_text("The alarm is closed")
    expect(fleet.locator("#fleet-room")).to_contain_text("Closed alarms")


def test_a_setting_is_saved_with_who_set_it(fleet: Page, site: Site) -> None:
    fleet.goto(f"{site.url}/fleet/settings")
    fleet.fill("[id='set-camera.fps']", "25")
    fleet.get_by_role("button", name="Save").click()
    expect(fleet.locator(".message").first).to_contain_text("Saved")
    fleet.goto(f"{site.url}/fleet/rooms/f-002")
    origin = fleet.locator("[id='from-camera.fps']")
    expect(origin).to_contain_text("25, set for every room · 정민호")
    expect(fleet.locator("#delivery")).to_contain_text("is on its way")
    fleet.fill("[id='set-camera.fps']", "20")
    fleet.get_by_role("button", name="Save").click()
    expect(origin).to_contain_text("20, set for this room")


def test_typing_a_setting_survives_what_happens_in_the_room(fleet: Page, site: Site) -> None:
    fleet.goto(f"{site.url}/fleet/rooms/f-004")
    fleet.wait_for_selector("body[data-line=up]")
    fleet.fill("[id='set-microphone.device']", "Jab")
    fleet.evaluate("document.querySelector('.fleet-state').dataset.old = '1'")
    site.tell(RoomChanged("f-004", connected=True))
    fleet.wait_for_selector(".fleet-state:not([data-old])")
    fleet.keyboard.type("ra")
    assert fleet.input_value("[id='set-microphone.device']") == "Jabra"


@pytest.mark.parametrize("path", ["/fleet", "/fleet/settings", "/fleet/rooms/f-002"])
def test_an_interviewer_sees_only_whether_a_room_is_ready(
    page: Page, site: Site, path: str
) -> None:
    sign_in(page, site, "interviewer")
    answer = page.goto(site.url + path)
    assert answer is not None
    assert answer.status == 403


def test_a_room_in_which_an_interview_would_fail_is_not_ready_on_the_wall(
    page: Page, site: Site
) -> None:
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms")
    expect(page.locator("[data-room=f-007] .state").first).to_have_text("Not ready")
    expect(page.locator("[data-room=f-007]")).not_to_contain_text("picture")
    expect(page.locator("[data-room=f-005] .state").first).to_have_text("Ready")


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_the_fleet_is_accessible(browser: Browser, site: Site, language: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    sign_in(page, site, "it", language)
    faults: dict[str, list[str]] = {}
    paths = ("/fleet", "/fleet/rooms/f-034", "/fleet/rooms/f-040", "/fleet/settings")
    for name, width in ((path, width) for path in paths for width in (1440, 1024)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(site.url + name)
        page.wait_for_timeout(250)
        found = accessibility_faults(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("wider than the window")
        keep(page, f"{name.strip('/').replace('/', '-')}-{language}-{width}")
        if found:
            faults[f"{name} {width}"] = found
    context.close()
    assert faults == {}
