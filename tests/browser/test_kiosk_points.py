"""The points that a candidate looks at while the room calibrates."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from edge_agent.flow import CalibrationOutcome
from edge_agent.interview.steps import CalibrationEnded
from tests.browser.chromium import accessibility_faults
from tests.fakes.kiosk_agent import POINT, KioskAgent

pytestmark = pytest.mark.browser


def test_a_point_stands_where_the_room_says_and_its_ring_begins_anew(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="calibrating", calibration=POINT)
    dot = kiosk.locator(".dot")
    expect(dot).to_have_count(1)
    for x, y, name in ((0.12, 0.14, "top_left"), (0.88, 0.86, "bottom_right"), (0.5, 0.5, "head")):
        kind = "head" if name == "head" else "point"
        agent.show(calibration=POINT | {"x_ratio": x, "y_ratio": y, "name": name, "kind": kind})
        expect(dot).to_have_attribute("style", f"left: {x * 100:g}%; top: {y * 100:g}%;")
        box = dot.bounding_box()
        assert box is not None
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert middle == pytest.approx((1920 * x, 1080 * y), abs=1.5)
        assert not accessibility_faults(kiosk)
    agent.show(calibration=POINT | {"seen": False})
    expect(kiosk.get_by_role("heading")).to_contain_text("We cannot see your eyes well")
    kiosk.keyboard.press("Escape")
    assert agent.next_press() == CalibrationEnded(CalibrationOutcome.SKIPPED)


def test_points_rest_for_who_wants_no_motion(browser: Browser, agent: KioskAgent) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    agent.show(phase="calibrating", calibration=POINT)
    page.goto(agent.url)
    expect(page.locator(".dot")).to_have_count(1)
    moves = "getComputedStyle(document.querySelector('.dot'), '::after').animationName"
    assert page.evaluate(moves) == "none"
    context.close()


def test_a_window_that_does_not_fill_the_screen_offers_no_points(
    browser: Browser, agent: KioskAgent
) -> None:
    context = browser.new_context(
        viewport={"width": 1000, "height": 700}, screen={"width": 1920, "height": 1080}
    )
    page = context.new_page()
    agent.show(phase="calibrating", language="en")
    page.goto(agent.url)
    expect(page.get_by_role("button", name="Skip and continue")).to_be_focused()
    expect(page.get_by_role("button", name="Begin")).to_be_hidden()
    expect(page.locator("main")).to_contain_text("fills the whole screen")
    context.close()
