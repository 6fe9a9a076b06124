"""A candidate pauses and goes on, and may answer a disturbed question again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from edge_agent.interview.presses import (
    AnswerAgainPressed,
    DonePressed,
    PausePressed,
    ResumePressed,
)
from tests.browser.chromium import accessibility_faults
from tests.fakes.kiosk_agent import QUESTION, KioskAgent

pytestmark = pytest.mark.browser


def test_a_pause_hides_the_question_and_one_key_goes_on(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="thinking", question=QUESTION, think_ms=30_000)
    kiosk.get_by_role("button", name="Pause").click()
    assert agent.next_press() == PausePressed()
    agent.show(phase="paused")
    expect(kiosk.get_by_role("heading")).to_have_text("Paused")
    expect(kiosk.locator("main")).to_contain_text("Nothing is recorded or measured now")
    assert str(QUESTION["text"]) not in kiosk.locator("main").inner_text()
    expect(kiosk.get_by_role("button", name="Go on")).to_be_focused()
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == ResumePressed()
    assert accessibility_faults(kiosk) == []


def test_a_pause_that_has_to_wait_says_so_and_can_be_taken_back(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="answering", question=QUESTION, pause_waits=True)
    kiosk.get_by_role("button", name="Pausing after this answer").click()
    assert agent.next_press() == ResumePressed()


@pytest.mark.parametrize("phase", ["idle", "waiting", "consenting", "finished"])
def test_where_no_time_counts_there_is_nothing_to_pause(
    kiosk: Page, agent: KioskAgent, phase: str
) -> None:
    agent.show(phase=phase)
    expect(kiosk.get_by_role("button", name="Call a person")).to_be_visible()
    expect(kiosk.get_by_role("button", name="Pause")).to_have_count(0)


def test_a_disturbance_offers_another_try_at_once_and_afterwards(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="answering", question=QUESTION)
    expect(kiosk.get_by_role("button", name="Answer again now")).to_be_hidden()
    agent.show(offers_again=True)
    kiosk.get_by_role("button", name="Answer again now").click()
    assert agent.next_press() == AnswerAgainPressed()
    assert accessibility_faults(kiosk) == []

    agent.show(phase="offering", phase_elapsed_ms=20_000)
    expect(kiosk.locator("main")).to_contain_text("It was not your fault")
    expect(kiosk.locator("main")).to_contain_text("in 40 s")
    expect(kiosk.get_by_role("button", name="Answer again")).to_be_focused()
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == AnswerAgainPressed()
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == DonePressed("t-7")
    assert accessibility_faults(kiosk) == []


def test_a_question_that_is_asked_again_says_why(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="asking", question=QUESTION, again="noise")
    expect(kiosk.get_by_text("Sorry for the disturbance.")).to_be_visible()
