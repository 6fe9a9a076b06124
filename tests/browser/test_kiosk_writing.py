"""A candidate answers in writing, with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from edge_agent.interview.presses import DonePressed, Typed
from tests.browser.chromium import accessibility_faults
from tests.fakes.kiosk_agent import QUESTION, KioskAgent

pytestmark = pytest.mark.browser


def test_what_is_written_goes_to_the_agent_before_the_answer_is_done(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="answering", question=QUESTION, typed_answers=True)
    field = kiosk.get_by_label("Your answer")
    expect(field).to_be_focused()
    kiosk.keyboard.type("I asked")
    assert agent.next_press() == Typed("I asked")
    kiosk.keyboard.type(" them.")
    kiosk.get_by_role("button", name="I’m done").press("Enter")
    assert agent.next_press() == Typed("I asked them.")
    assert agent.next_press() == DonePressed("t-7")
    expect(kiosk.locator(".captions")).to_have_count(0)
    assert accessibility_faults(kiosk) == []


def test_a_page_that_is_loaded_again_has_what_was_written(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="answering", question=QUESTION, typed_answers=True, typed="So far")
    expect(kiosk.get_by_label("Your answer")).to_have_value("So far")
    kiosk.reload()
    expect(kiosk.get_by_label("Your answer")).to_have_value("So far")


def test_the_next_question_begins_with_an_empty_field(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="answering", question=QUESTION, typed_answers=True, typed="So far")
    agent.show(phase="asking", question=QUESTION | {"question_id": "8", "position": 2}, typed="")
    agent.show(phase="answering")
    expect(kiosk.get_by_label("Your answer")).to_have_value("")
