"""From an empty room to somebody who has chosen a language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from edge_agent.interview.steps import LanguageChosen
from tests.browser.chromium import accessibility_faults
from tests.fakes.kiosk_agent import KioskAgent

pytestmark = pytest.mark.browser
NOBODY = "Nobody is expected in this room right now."


@pytest.mark.parametrize("touch", ["pointer", "key", "button"])
def test_where_nobody_is_assigned_a_touch_says_so_calmly(
    kiosk: Page, agent: KioskAgent, touch: str
) -> None:
    expect(kiosk.get_by_text("Waiting for an interview")).to_be_visible()
    touch_the_screen(kiosk, touch)
    expect(kiosk.get_by_role("status").get_by_text(NOBODY)).to_be_visible()
    expect(kiosk.get_by_role("button", name="Touch the screen")).to_be_visible()
    assert agent.pressed.empty()
    agent.show(phase="waiting")
    expect(kiosk.get_by_text(NOBODY)).to_be_hidden()


@pytest.mark.parametrize("touch", ["pointer", "key", "button"])
def test_where_a_candidate_is_assigned_a_touch_asks_for_the_language(
    kiosk: Page, agent: KioskAgent, touch: str
) -> None:
    agent.show(phase="waiting", candidate_name="Haneul")
    expect(kiosk.get_by_text("Ready for an interview")).to_be_visible()
    assert "Haneul" not in kiosk.content()
    touch_the_screen(kiosk, touch)
    expect(kiosk.get_by_role("button", name="English")).to_be_focused()
    assert agent.pressed.empty()


def test_everything_follows_the_language_that_was_chosen(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="waiting", candidate_name="하늘")
    touch_the_screen(kiosk, "pointer")
    kiosk.get_by_role("button", name="한국어").click()
    assert agent.next_press() == LanguageChosen("ko")
    expect(kiosk.get_by_role("heading")).to_have_text("하늘 님, 안녕하세요")
    agent.show(language="ko", language_chosen=True, phase="consenting")
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("시작하기 전에 알려 드립니다")
    kiosk.get_by_role("button", name="English").click()
    assert agent.next_press() == LanguageChosen("en")
    agent.show(language="en")
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("Before we begin")


def test_a_page_that_is_opened_again_asks_no_second_time(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="waiting", candidate_name="Haneul", language_chosen=True)
    expect(kiosk.get_by_role("heading")).to_have_text("Hello, Haneul")
    kiosk.reload()
    expect(kiosk.get_by_role("heading")).to_have_text("Hello, Haneul")


def test_who_walks_away_leaves_an_idle_screen(browser: Browser, agent: KioskAgent) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.clock.install()
    agent.show(phase="waiting", language="en", candidate_name="Haneul")
    page.goto(agent.url)
    touch_the_screen(page, "key")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading")).to_have_text("Hello, Haneul")
    page.clock.fast_forward("01:50")
    expect(page.get_by_role("heading")).to_have_text("Hello, Haneul")
    page.clock.fast_forward("00:15")
    expect(page.get_by_text("Ready for an interview")).to_be_visible()
    assert "Haneul" not in page.content()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_language_screen_is_accessible(
    browser: Browser, agent: KioskAgent, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    agent.show(phase="waiting", language="ko")
    page.goto(agent.url)
    touch_the_screen(page, "key")
    expect(page.get_by_role("button", name="한국어")).to_be_focused()
    assert accessibility_faults(page) == []
    context.close()


def touch_the_screen(page: Page, how: str) -> None:
    page.wait_for_selector("body[data-screen=idle]")
    match how:
        case "pointer":
            page.locator("main").click(position={"x": 600, "y": 40})
        case "key":
            page.keyboard.press("Enter" if page.locator(":focus").count() == 0 else "a")
        case "button":
            page.locator("main button").click()
