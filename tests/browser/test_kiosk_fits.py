"""Every screen of the kiosk fits the screens that rooms have: nothing is scrolled or cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import accessibility_faults, keep
from tests.browser.screenshots import LANGUAGES, SCREENS
from tests.fakes.kiosk_agent import KioskAgent

pytestmark = pytest.mark.browser

SIZES = ((1920, 1080), (1440, 810), (1366, 768), (1024, 768))
EDGE = 4
OUTSIDE = """edge => [...document.querySelectorAll("#bar > *, #banners *, main *")]
  .filter(one => one.checkVisibility() && !one.closest("svg, .captions .window, .gaze .field"))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && box.height && !(
    box.top >= (one.matches("button") ? edge : 0) && box.left >= 0
    && box.right <= innerWidth && box.bottom <= innerHeight))
  .map(([one, box]) => `${one.tagName}.${one.className} ${[box.left, box.top, box.right, box.bottom]
    .map(Math.round)} ${one.textContent.slice(0, 30)}`)"""
SQUEEZED = """() => [...document.querySelectorAll("button, main p, main h1, main label, main dd")]
  .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
  .map(one => `${one.className}: ${one.textContent.slice(0, 30)} is wider than its box`)"""

SMALL = """() => [...document.querySelectorAll("button, label.option")]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 63.5)
  .map(one => `${one.textContent} is lower than a finger needs`)"""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_scrolled_or_cut_off(
    browser: Browser, agent: KioskAgent, language: str, size: tuple[int, int]
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="light" if language == "ko" else "dark",
    )
    page = context.new_page()
    page.goto(agent.url)
    faults: dict[str, list[str]] = {}
    for screen in SCREENS:
        agent.show(language=language, room_name="3층 면접실 A", **screen.state(language))
        page.wait_for_function("lang => document.documentElement.lang === lang", arg=language)
        page.wait_for_timeout(150)
        screen.act(page)
        page.wait_for_timeout(100)
        faults[screen.name] = found_on(page)
        if size == SIZES[0]:
            faults[screen.name] += accessibility_faults(page)
        keep(page, f"kiosk-{screen.name}-{language}-{size[0]}x{size[1]}")
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}


def found_on(page: Page) -> list[str]:
    found: list[str] = [
        *page.evaluate(OUTSIDE, EDGE),
        *page.evaluate(SQUEEZED),
        *page.evaluate(SMALL),
    ]
    if page.evaluate("document.documentElement.scrollHeight > innerHeight"):
        found.append("it has to be scrolled")
    return found
