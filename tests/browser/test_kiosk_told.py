"""What is read aloud on request, and what came of the calibration, in words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from edge_agent.interview.steps import Consented
from tests.fakes.kiosk_agent import POINT, QUESTION, KioskAgent

pytestmark = pytest.mark.browser


def test_the_notice_is_read_aloud_as_it_stands_and_stops_with_the_choice(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="consenting")
    kiosk.get_by_role("button", name="Read aloud").click()
    text, language = agent.read.get(timeout=5)
    assert language == "en"
    for shown in kiosk.locator("main .plain-points li").all():
        assert shown.inner_text() in text
    kiosk.get_by_role("button", name="Stop reading").click()
    assert agent.read.get(timeout=5) == ("", "en")
    expect(kiosk.get_by_role("button", name="Stop reading")).to_be_hidden()
    kiosk.get_by_role("button", name="Continue").click()
    kiosk.get_by_role("button", name="Read aloud").click()
    text, language = agent.read.get(timeout=5)
    for shown in kiosk.locator("main .ask, main .refused").all():
        assert shown.inner_text() in text
    for name in ("recording", "ai_scoring"):
        kiosk.locator(f"input[name={name}][value=yes]").check(force=True)
    kiosk.get_by_role("button", name="Continue").click()
    assert agent.read.get(timeout=5) == ("", "en")
    assert agent.next_press() == Consented(recording=True, ai_scoring=True)


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("calibrated", "Your eyes were measured well."),
        ("failed", "could not be measured well. Gaze will not be assessed"),
        ("skipped", "You skipped it. Gaze will not be assessed"),
    ],
)
def test_what_came_of_the_calibration_is_said_as_the_question_begins(
    kiosk: Page, agent: KioskAgent, outcome: str, told: str
) -> None:
    agent.show(phase="calibrating", calibration=POINT)
    expect(kiosk.locator(".dot")).to_have_count(1)
    agent.show(phase="asking", question=QUESTION, calibration=None, calibrated=outcome)
    expect(kiosk.get_by_text(told)).to_be_visible()
    expect(kiosk.get_by_text(told)).to_be_hidden(timeout=15_000)
