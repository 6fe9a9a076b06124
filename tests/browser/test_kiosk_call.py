"""A person can be called from every screen, by touch and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from edge_agent.interview.presses import HelpPressed, HelpWithdrawn
from tests.browser.chromium import accessibility_faults
from tests.fakes.kiosk_agent import QUESTION, KioskAgent

pytestmark = pytest.mark.browser
PHASES = ("idle", "waiting", "consenting", "calibrating", "asking", "answering", "finished")


@pytest.mark.parametrize("phase", PHASES)
def test_the_button_is_always_there(kiosk: Page, agent: KioskAgent, phase: str) -> None:
    agent.show(phase=phase, question=QUESTION if phase in {"asking", "answering"} else None)
    button = kiosk.get_by_role("button", name="Call a person")
    button.focus()
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == HelpPressed()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 64


@pytest.mark.parametrize(
    ("stands", "english", "korean"),
    [
        (("asking", "online"), "We are telling staff", "알리고 있습니다"),
        (("asking", "offline"), "staff could not be told yet", "알리지 못했습니다"),
        (("asked", "online"), "Staff have been told", "직원에게 알렸습니다"),
        (("coming", "online"), "Somebody is coming", "오고 있습니다"),
    ],
)
def test_how_a_call_stands_is_said_in_words(
    kiosk: Page, agent: KioskAgent, stands: tuple[str, str], english: str, korean: str
) -> None:
    agent.show(phase="answering", question=QUESTION, help=stands[0], link=stands[1])
    expect(kiosk.locator(".banner.call")).to_contain_text(english)
    expect(kiosk.get_by_role("button", name="Call a person")).to_be_hidden()
    assert accessibility_faults(kiosk) == []
    agent.show(language="ko")
    expect(kiosk.locator(".banner.call")).to_contain_text(korean)


def test_a_call_can_be_taken_back_by_keyboard_until_somebody_comes(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="waiting")
    kiosk.get_by_role("button", name="Call a person").focus()
    agent.show(help="asked")
    back = kiosk.get_by_role("button", name="I am all right now")
    expect(back).to_be_focused()
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == HelpWithdrawn()
    agent.show(help="coming")
    expect(back).to_be_hidden()
    agent.show(help=None)
    expect(kiosk.locator(".banner.call")).to_have_count(0)
