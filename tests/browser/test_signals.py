"""The live room's signals: the drawn candidate, every channel with its reason, a calibration."""

from __future__ import annotations

import random
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from central.bus.events import (
    CalibrationChanged,
    CalibrationPoint,
    CalibrationProgress,
    CommandChanged,
    Readings,
)
from tests.browser.chromium import accessibility_faults
from tests.browser.measured import measures_at
from tests.browser.people import sign_in
from tests.browser.site import Site
from tests.browser.test_pages import keep

pytestmark = pytest.mark.browser

MORE = {
    "eyes_closed_ratio": (0.0, 1.0),
    "brow_raise_ratio": (0.29, 1.0),
    "brow_gap_ratio": (0.24, 1.0),
    "shoulder_tilt_deg": (3.0, 0.9),
    "shoulder_width_ratio": (0.5, 0.9),
    "people_count": (2.0, 1.0),
    "screen_x_ratio": (0.4, 0.97),
    "screen_y_ratio": (0.5, 0.97),
    "on_screen_ratio": (1.0, 0.97),
}
UNPLACED = {"screen_x_ratio": (None, 0.0), "on_screen_ratio": (None, 0.0)}


def readings(
    site: Site,
    progress: CalibrationProgress | None = None,
    *,
    second: float = 3.0,
    away: bool = False,
    more: dict[str, tuple[float | None, float]] | None = None,
) -> Readings:
    measured = measures_at(second, away, random.Random(1))
    known = {name: (value, float(share or 0)) for name, (value, share) in measured.items()}
    return Readings(
        room="seoul-1",
        interview_id=str(site.scene.live),
        wall_ns=time.time_ns(),
        phase="calibrating" if progress else "answering",
        turn_id="" if progress else "2",
        question_id="" if progress else "6",
        position=1,
        question_count=4,
        phase_elapsed_ms=65_000,
        speaking=True,
        measures={**known, **MORE, **(more or {})},
        calibration=progress,
    )


def running(stage: str, name: str, position: int) -> CalibrationProgress:
    points = (
        CalibrationPoint("top_left", 40, 36, 0.6, (0.2, 0.28)),
        CalibrationPoint("top_right", 20, 9, None, None),
    )
    return CalibrationProgress(stage, name, position, 10, 2, True, 2_600, 1, points)


def test_the_candidate_is_drawn_and_said_in_a_sentence(room: Page, site: Site) -> None:
    site.tell(readings(site))
    figure = room.locator("#sitter")
    expect(figure.locator("figcaption")).to_contain_text("° to their left")
    expect(figure.locator("figcaption")).to_contain_text("looks at the screen")
    expect(figure.locator("figcaption")).to_contain_text("others in view: 1")
    expect(figure.locator("[role=img]")).to_have_attribute(
        "aria-label", figure.locator("figcaption").text_content() or "?"
    )
    expect(figure.locator(".other").first).to_be_visible()
    expect(figure.locator(".dot")).to_be_visible()
    expect(figure.locator(".features, .head .white").first).to_be_visible()


def test_closed_eyes_and_an_empty_chair_are_drawn_as_such(room: Page, site: Site) -> None:
    shut = {"eyes_closed_ratio": (1.0, 1.0), "gaze_yaw_deg": (None, 0.0)}
    site.tell(readings(site, more={**shut, **UNPLACED}))
    expect(room.locator("#sitter .lid").first).to_be_visible()
    expect(room.locator("#sitter .gaze")).to_be_hidden()
    time.sleep(0.05)
    site.tell(readings(site, away=True, more=dict.fromkeys(MORE, (None, 0.0))))
    expect(room.locator("#sitter .head")).to_have_class("head unseen")
    expect(room.locator("#sitter figcaption")).to_have_text("No face in view.")


def test_every_channel_has_its_value_coverage_or_reason(room: Page, site: Site) -> None:
    room.locator("#every summary").click()
    site.tell(readings(site, more={**UNPLACED, "hands_count": (0.0, 1.0)}))
    row = room.locator
    expect(row("[data-channel=shoulder_tilt_deg] .value")).to_have_text("3.0°")
    expect(row("[data-channel=shoulder_tilt_deg] .why")).to_have_text("90%")
    expect(row("[data-channel=shoulder_tilt_deg] .fill")).to_have_attribute("width", "90")
    expect(row("[data-channel=hands_count] .value")).to_have_text("0")
    expect(row("[data-channel=on_screen_ratio] .value")).to_have_text("–")
    expect(row("[data-channel=on_screen_ratio] .why")).to_have_text("gaze is not calibrated")
    why = "no hand was followed, or switched off"
    expect(row("[data-channel=hand_speed_ratio_s] .why")).to_have_text(why)


def test_a_calibration_is_followed_point_by_point(room: Page, site: Site) -> None:
    section = room.locator("#calibration")
    expect(section.locator(".stage")).to_contain_text("Not calibrated: it was off by 7.3°")
    site.tell(readings(site, CalibrationProgress("offered", left_ms=170_000)))
    expect(section.get_by_role("button", name="Show the points")).to_be_visible()

    site.tell(readings(site, running("point", "top_right", 2)))
    expect(section).to_have_attribute("data-state", "running")
    site.tell(readings(site, running("point", "top_right", 2)))
    expect(section.locator(".stage")).to_contain_text("Point 2 of 5")
    expect(section.locator(".counts")).to_contain_text("attempt 2 · 3 s left · 1 missed")
    expect(section.locator("[data-point=top_right]")).to_have_class("target now seen")
    expect(section.locator("[data-point=top_left] .look")).to_have_attribute("cx", "32.0")
    section.get_by_text("Point by point").click()
    expect(section.locator("[data-row=top_left] .frames")).to_have_text("36 of 40")
    expect(section.locator("[data-row=top_left] .spread")).to_have_text("0.6°")
    assert accessibility_faults(room) == []

    site.tell(readings(site, running("check", "check_1", 7)))
    expect(section.locator(".stage")).to_contain_text("Check point 1 of 4")
    site.tell(CalibrationChanged("seoul-1", str(site.scene.live), "failed"))
    site.tell(readings(site))
    expect(section.get_by_role("button", name="Offer it again")).to_be_visible()


def test_staff_offer_it_with_the_keyboard_and_the_focus_stays_there(room: Page, site: Site) -> None:
    site.tell(readings(site))
    button = room.locator("#calibration").get_by_role("button", name="Offer it again")
    button.focus()
    room.keyboard.press("Enter")
    expect(room.locator("#calibration .stage")).to_contain_text("On its way to the room.")
    expect(room.locator("#calibration h2")).to_be_focused()
    why = "No question is left to calibrate for."
    site.tell(CommandChanged("seoul-1", "1", "calibrate_gaze", "refused", why))
    expect(room.locator("#said")).to_contain_text(why)


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_the_signals_are_accessible(
    browser: Browser, site: Site, language: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 1440, "height": 1400},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda one: wrong.append(one.text) if "Policy" in one.text else None)
    sign_in(page, site, "interviewer", language)
    page.goto(f"{site.url}/rooms/seoul-1")
    page.wait_for_selector("body[data-line=up]")
    page.locator("#every summary").click()
    for second in (3.0, 3.1):
        site.tell(readings(site, running("point", "top_right", 2), second=second))
        page.wait_for_timeout(700)
    keep(page, f"signals-{language}-{scheme}")
    assert accessibility_faults(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert wrong == []
    context.close()
