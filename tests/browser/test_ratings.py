"""An interviewer rates as they listen; nothing is lost; and they judge before they see a machine's marks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site, running_site
from tests.fakes.servers import Servers

pytestmark = pytest.mark.browser
SAVED = {"ko": "저장됨", "en": "Saved"}
KEPT = {"ko": "이 브라우저에 보관", "en": "kept in this browser"}
RATINGS = "**/desk/**"


@pytest.fixture(scope="module")
def own_site(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of this file's own: what is locked cannot be put back for the others."""
    with (
        servers.database() as url,
        running_site(url, servers.nats_url, tmp_path_factory.mktemp("site")) as running,
    ):
        yield running


def opened(browser: Browser, site: Site, path: str, language: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, site, "interviewer", language)
    page.goto(site.url + path)
    return page


@pytest.mark.parametrize(("language", "level"), [("ko", 4), ("en", 2)])
def test_a_click_outlives_a_dead_dashboard_and_a_reload(
    browser: Browser, own_site: Site, language: str, level: int
) -> None:
    page = opened(browser, own_site, "/rooms/seoul-1", language)
    open_now = page.locator("details.rate[open] .criterion").first
    wanted = open_now.locator(f"input[value='{level}']")
    page.route(RATINGS, lambda route: route.abort())
    wanted.focus()
    page.keyboard.press("Space")
    expect(page.locator("#saved")).to_contain_text(KEPT[language])
    page.reload()
    expect(wanted).to_be_checked()
    expect(page.locator("#saved")).to_contain_text(KEPT[language])

    page.unroute(RATINGS)
    expect(page.locator("#saved")).to_have_text(SAVED[language], timeout=15_000)
    assert page.evaluate("localStorage.length") == 0
    page.context.close()
    elsewhere = opened(browser, own_site, "/rooms/seoul-1", language)
    expect(elsewhere.locator(f"details.rate[open] input[value='{level}']").first).to_be_checked()
    elsewhere.context.close()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_marks_are_sealed_until_the_own_ratings_are_locked(
    browser: Browser, own_site: Site, language: str
) -> None:
    scene = own_site.scene
    interview = scene.finished_ko if language == "ko" else scene.finished_en
    page = opened(browser, own_site, f"/interviews/{interview}/report", language)
    expect(page.locator("#sealed")).to_be_visible()
    expect(page.locator(".mark, .answer mark, .scores")).to_have_count(0)
    faults = accessibility_faults(page)
    page.goto(f"{own_site.url}/interviews/{interview}/ratings")
    for group in page.locator(".rate:has(.answer) .criterion").all():
        group.locator("input[value='3']").focus()
        page.keyboard.press("Space")
    faults += accessibility_faults(page)
    folder = os.environ.get("DAEDAM_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"ratings-{language}.png", full_page=True)
    page.locator("form[data-lock] button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator(".criterion:not(:disabled)")).to_have_count(0)
    faults += accessibility_faults(page)
    page.goto(f"{own_site.url}/interviews/{interview}/report")
    expect(page.locator("#sealed")).to_have_count(0)
    assert page.locator(".mark").count() > 0
    assert faults == []
    page.context.close()
