"""A kiosk that takes no more codes rises where staff look, and is let go when the candidate is in."""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Page, expect

from central.bus.events import RoomChanged
from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site
from tests.browser.test_check_in import not_checked_in

pytestmark = pytest.mark.browser
LINE = "check_in: 5 wrong codes; staff let the candidate in"
RINGS = """window.rings = 0; window.AudioContext = class {
  constructor() { window.rings += 1; this.currentTime = 0; this.destination = {}; }
  createGain() { return { gain: {}, connect() {} }; }
  createOscillator() { return { frequency: {}, connect() {}, start() {}, stop() {} }; }
  close() { return Promise.resolve(); }
};"""


def tell(site: Site, *faults: str) -> None:
    """As the gateway does with a heartbeat."""
    with psycopg.connect(site.database_url, autocommit=True) as conn:
        conn.execute(
            "update agents set health = health || %s::jsonb where uuid = 'agent-seoul-4'",
            (json.dumps({"faults": faults}),),
        )
    site.tell(RoomChanged("seoul-4", True, faults))


@pytest.fixture
def waiting(site: Site) -> Iterator[None]:
    """A candidate in seoul-4 who has not checked in."""
    with not_checked_in(site, site.scene.live_en):
        yield
    tell(site)


@pytest.mark.usefixtures("waiting")
def test_it_rises_on_the_wall_in_words_and_falls_again(page: Page, site: Site) -> None:
    page.add_init_script(RINGS)
    sign_in(page, site, "interviewer")
    page.wait_for_selector("body[data-line=up]")
    page.click("#call-sound")
    rung = page.evaluate("window.rings")
    tile = page.locator("[data-room=seoul-4]")
    tell(site, LINE)
    expect(page.locator("#said")).to_contain_text("too many wrong codes")
    expect(page.locator(".tile").first).to_have_attribute("data-room", "seoul-4")
    expect(tile).to_have_attribute("data-state", "locked")
    expect(tile).to_contain_text("Check-in locked")
    assert page.evaluate("window.rings") == rung + 1
    assert accessibility_faults(page) == []
    tell(site)
    expect(tile).to_have_attribute("data-state", "live")
    page.evaluate("localStorage.clear()")


@pytest.mark.usefixtures("waiting")
def test_it_makes_no_sound_where_nobody_switched_it_on(page: Page, site: Site) -> None:
    page.add_init_script(RINGS)
    sign_in(page, site, "interviewer")
    page.wait_for_selector("body[data-line=up]")
    tell(site, LINE)
    expect(page.locator("[data-room=seoul-4]")).to_have_attribute("data-state", "locked")
    assert page.evaluate("window.rings") == 0


@pytest.mark.usefixtures("waiting")
def test_the_live_room_says_it_and_lets_the_candidate_in(page: Page, site: Site) -> None:
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-4")
    page.wait_for_selector("body[data-line=up]")
    tell(site, LINE)
    call = page.locator("#help .help-call")
    expect(call).to_contain_text("Too many wrong codes")
    assert accessibility_faults(page) == []
    call.get_by_role("button", name="Let the candidate in").press("Enter")
    expect(page.locator("#guide [role=status]")).to_contain_text("let the candidate in")
    tell(site)
    expect(call).to_have_count(0)


def test_who_is_in_already_is_not_waiting(page: Page, site: Site) -> None:
    """The heartbeat that says it may be older than the check-in."""
    tell(site, LINE)
    sign_in(page, site, "interviewer")
    expect(page.locator("[data-room=seoul-4]")).to_have_attribute("data-state", "live")
    tell(site)
