"""The end: a receipt with a code to scan, two questions, and a screen that one can wipe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from edge_agent.interview.presses import Leave, SurveyGiven
from tests.browser.chromium import accessibility_faults
from tests.fakes.kiosk_agent import RECEIPT, KioskAgent

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_receipt_says_everything_and_fits_the_screen(
    kiosk: Page, agent: KioskAgent, language: str
) -> None:
    agent.show(phase="finished", language=language, receipt=RECEIPT)
    card = kiosk.locator(".receipt")
    said = {
        "en": (
            "No video was stored",
            "an AI marks your answers",
            "deleted on 28 May 2027",
            "review",
        ),
        "ko": (
            "영상은 저장하지 않았습니다",
            "AI 채점에 동의",
            "2027년 5월 28일에 모두 삭제",
            "재검토",
        ),
    }[language]
    for words in said:
        expect(card).to_contain_text(words)
    code = card.get_by_role("img")
    box = code.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 160
    assert kiosk.evaluate("document.documentElement.scrollHeight <= innerHeight")
    leave = kiosk.get_by_role("button", name="Wipe" if language == "en" else "화면 지우기")
    bottom = leave.bounding_box()
    assert bottom is not None
    assert bottom["y"] + bottom["height"] <= 1080
    assert accessibility_faults(kiosk) == []


def test_without_an_address_the_receipt_is_text_alone(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="finished", receipt=RECEIPT | {"url": "", "qr": None})
    expect(kiosk.locator(".receipt")).to_contain_text("What was recorded")
    expect(kiosk.locator(".receipt svg[role=img]")).to_have_count(0)


def test_two_questions_by_keyboard_and_both_are_asked(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="finished", receipt=RECEIPT)
    kiosk.get_by_role("button", name="Send").click()
    expect(kiosk.get_by_text("Please choose both")).to_be_visible()
    first = kiosk.locator("input[name=ease]").first
    first.focus()
    for _ in range(3):
        kiosk.keyboard.press("ArrowRight")
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Space")
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == SurveyGiven(ease=4, fairness=1)
    agent.show(surveyed=True)
    expect(kiosk.get_by_text("Thank you for answering.")).to_be_visible()
    expect(kiosk.get_by_role("button", name="Send")).to_be_hidden()


def test_a_candidate_wipes_the_screen(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="finished", receipt=RECEIPT)
    kiosk.get_by_role("button", name="Wipe this screen").click()
    assert agent.next_press() == Leave()
