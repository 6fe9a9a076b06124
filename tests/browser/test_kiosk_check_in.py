"""The candidate's code by touch, by keyboard and when it is wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from edge_agent.interview.check_in import CheckInWay
from edge_agent.interview.steps import CheckedIn
from tests.browser.chromium import accessibility_faults
from tests.fakes.kiosk_agent import KioskAgent

pytestmark = pytest.mark.browser


def asked(agent: KioskAgent, left: int = 5, **more: object) -> None:
    """The check-in screen."""
    state = {"tries_left": left, "wrong": left < 5}
    agent.show(phase="waiting", language_chosen=True, check_in=state, **more)


def test_six_touches_are_the_code(kiosk: Page, agent: KioskAgent) -> None:
    asked(agent, candidate_name="Haneul")
    expect(kiosk.get_by_role("heading")).to_have_text("Please enter your code")
    assert "Haneul" not in kiosk.content()
    for letter in "ACC":
        kiosk.get_by_role("button", name=letter, exact=True).click()
    kiosk.get_by_role("button", name="Delete").click()
    expect(kiosk.get_by_role("status").get_by_text("Entered: A C")).to_be_attached()
    assert agent.pressed.empty()
    for letter in "D347":
        kiosk.get_by_role("button", name=letter, exact=True).click()
    assert agent.next_press() == CheckedIn(CheckInWay.CODE, "ACD347")


def test_a_keyboard_types_it_too_and_says_what_no_code_has(kiosk: Page, agent: KioskAgent) -> None:
    asked(agent)
    expect(kiosk.locator(".check-in-screen")).to_be_focused()
    kiosk.keyboard.type("aO")
    expect(kiosk.get_by_role("alert")).to_contain_text("No code contains O.")
    kiosk.keyboard.type("x")
    kiosk.keyboard.press("Backspace")
    kiosk.keyboard.type("cd347")
    assert agent.next_press() == CheckedIn(CheckInWay.CODE, "ACD347")


def test_a_wrong_code_says_what_to_do_and_after_five_staff_help(
    kiosk: Page, agent: KioskAgent
) -> None:
    asked(agent)
    expect(kiosk.locator(".check-in-screen")).to_be_focused()
    kiosk.keyboard.type("acd346")
    agent.next_press()
    asked(agent, 4)
    told = kiosk.get_by_role("alert")
    expect(told).to_contain_text("This is not the code. Please look at it again; you have 4 more")
    expect(kiosk.locator(".cells i").first).to_have_text("")
    asked(agent, 1)
    expect(told).to_contain_text("one more try")
    asked(agent, 0)
    expect(kiosk.get_by_role("heading")).to_have_text("Please ask a member of staff")
    expect(kiosk.get_by_role("button", name="A", exact=True)).to_be_hidden()
    kiosk.keyboard.type("acd347")
    agent.show(phase="consenting", check_in=None)
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("Before we begin")
    assert agent.pressed.empty()


def test_the_camera_is_asked_for_codes_while_this_screen_is_open(
    kiosk: Page, agent: KioskAgent
) -> None:
    asked(agent)
    for _ in range(2):
        agent.scans.get(timeout=5)
    agent.show(phase="consenting", check_in=None)
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("Before we begin")
    kiosk.wait_for_timeout(2_000)
    assert agent.scans.qsize() <= 1


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
@pytest.mark.parametrize("left", [5, 0])
def test_the_screen_is_accessible_and_its_keys_are_large(
    browser: Browser, agent: KioskAgent, language: str, scheme: str, left: int
) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 720},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    asked(agent, left, language=language)
    page.goto(agent.url)
    page.wait_for_selector("body[data-screen=check-in]")
    page.wait_for_timeout(150)
    assert accessibility_faults(page) == []
    for target in page.locator("main button:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 60
        assert box["y"] + box["height"] <= 720
    context.close()
