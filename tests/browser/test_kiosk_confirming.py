"""A candidate reads what was understood and corrects it: by touch in Korean, by keyboard in English."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from edge_agent.interview.presses import (
    ConfirmingLeft,
    SentenceCorrected,
    StillReading,
    WordsMisheard,
    WordsRight,
)
from edge_agent.interview.steps import Input
from tests.browser.chromium import accessibility_faults
from tests.fakes.kiosk_agent import CONFIRMING, KioskAgent

pytestmark = pytest.mark.browser

ENGLISH: dict[str, Any] = CONFIRMING | {
    "question": "Which outage was the hardest, and how did you solve it?",
    "sentences": [
        {"utterance_id": "u1", "text": "the order service failed", "written": ""},
        {"utterance_id": "u2", "text": "we deployed cooper net is again", "written": ""},
    ],
}


def pressed(agent: KioskAgent) -> Input:
    """The next press that says more than that somebody reads: that is said as often as time wills."""
    while (press := agent.next_press()) == StillReading():
        pass
    return press


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_finger_corrects_and_confirms_in_korean(
    browser: Browser, agent: KioskAgent, scheme: Any
) -> None:
    agent.show(phase="confirming", language="ko", confirming=CONFIRMING)
    context = browser.new_context(
        viewport={"width": 1920, "height": 1080}, has_touch=True, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(agent.url)
    expect(page.get_by_role("heading")).to_have_text(CONFIRMING["question"])
    expect(page.locator("main")).to_contain_text("이렇게 들었습니다")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="쿠버 네티 수를 다시 배포했습니다").tap()
    field = page.get_by_role("textbox", name="고친 문장")
    expect(field).to_be_focused()
    assert accessibility_faults(page) == []
    field.fill("쿠버네티스를 다시 배포했습니다.")
    page.get_by_role("button", name="고쳤습니다").tap()
    corrected = SentenceCorrected("t1", "u2", "쿠버네티스를 다시 배포했습니다.")
    assert pressed(agent) == corrected
    both = page.locator(".sentence.changed")
    expect(both).to_contain_text("쿠버네티스를 다시 배포했습니다.")
    expect(both).to_contain_text("들린 대로: 쿠버 네티 수를 다시 배포했습니다.")
    assert accessibility_faults(page) == []
    for one in page.get_by_role("button").all():
        box = one.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    page.get_by_role("button", name="맞습니다", exact=True).tap()
    assert pressed(agent) == WordsRight("t1")
    context.close()


def test_the_keyboard_alone_corrects_and_takes_it_back_in_english(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="confirming", language="en", confirming=ENGLISH)
    expect(kiosk.get_by_role("heading")).to_be_focused()
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Enter")
    field = kiosk.get_by_role("textbox", name="The sentence in your words")
    expect(field).to_be_focused()
    expect(field).to_have_value("we deployed cooper net is again")
    kiosk.keyboard.press("Control+A")
    kiosk.keyboard.type("we deployed Kubernetes again")
    kiosk.keyboard.press("Enter")
    expect(kiosk.locator(".sentence.changed")).to_be_focused()
    presses = [pressed(agent)]
    while presses[-1] != SentenceCorrected("t1", "u2", "we deployed Kubernetes again"):
        presses.append(pressed(agent))  # it is sent while it is written
    kiosk.keyboard.press("Enter")
    kiosk.get_by_role("button", name="As we heard it").press("Enter")
    assert pressed(agent) == SentenceCorrected("t1", "u2", "we deployed cooper net is again")
    expect(kiosk.locator(".sentence.changed")).to_have_count(0)
    kiosk.get_by_role("button", name="Something was misheard").press("Enter")
    assert pressed(agent) == WordsMisheard("t1")
    assert accessibility_faults(kiosk) == []


def test_what_is_being_written_is_sent_before_it_is_confirmed(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="confirming", language="en", confirming=ENGLISH)
    kiosk.get_by_role("button", name="the order service failed").click()
    kiosk.get_by_role("textbox", name="The sentence in your words").fill(
        "the ordering service failed"
    )
    kiosk.get_by_role("button", name="This is right").click()
    assert pressed(agent) == SentenceCorrected("t1", "u1", "the ordering service failed")
    assert pressed(agent) == WordsRight("t1")


def test_a_page_that_is_loaded_again_has_what_was_written_and_the_next_answer_begins_afresh(
    kiosk: Page, agent: KioskAgent
) -> None:
    written = [ENGLISH["sentences"][0] | {"written": "the ordering service failed"}]
    agent.show(phase="confirming", language="en", confirming=ENGLISH | {"sentences": written})
    expect(kiosk.locator(".sentence.changed")).to_contain_text("We heard: the order service failed")
    kiosk.reload()
    expect(kiosk.locator(".sentence.changed")).to_contain_text("the ordering service failed")
    agent.show(confirming=ENGLISH | {"turn_id": "t2", "position": 1})
    expect(kiosk.locator(".sentence")).to_have_count(2)
    expect(kiosk.locator(".sentence.changed")).to_have_count(0)
    expect(kiosk.get_by_text("2 of 3")).to_be_visible()


def test_words_come_while_one_is_written_and_disturb_nothing(
    kiosk: Page, agent: KioskAgent
) -> None:
    first = ENGLISH["sentences"][:1]
    coming = ENGLISH | {"sentences": first, "arriving": True}
    agent.show(phase="confirming", language="en", confirming=coming)
    expect(kiosk.locator("main")).to_contain_text("still being written down")
    expect(kiosk.get_by_role("button", name="This is right")).to_be_hidden()
    kiosk.get_by_role("button", name="the order service failed").click()
    kiosk.keyboard.type("!")
    agent.show(confirming=ENGLISH)
    expect(kiosk.locator(".sentence:visible")).to_have_count(1)
    expect(kiosk.get_by_role("textbox")).to_be_focused()
    expect(kiosk.get_by_role("button", name="This is right")).to_be_visible()


@pytest.mark.parametrize(
    ("link", "told"),
    [("online", "being written down"), ("offline", "the words have not arrived")],
)
def test_without_words_it_says_so_and_holds_nobody(
    kiosk: Page, agent: KioskAgent, link: str, told: str
) -> None:
    nothing = ENGLISH | {"sentences": [], "arriving": True, "left_ms": 14_000}
    agent.show(phase="confirming", language="en", link=link, confirming=nothing)
    expect(kiosk.locator("main")).to_contain_text(told)
    expect(kiosk.locator("main")).to_contain_text("in 14 s")
    kiosk.get_by_role("button", name="Finish without checking").click()
    assert pressed(agent) == ConfirmingLeft()
    assert accessibility_faults(kiosk) == []


def test_who_is_quiet_is_asked_and_a_touch_is_an_answer(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="confirming", language="en", confirming=ENGLISH | {"left_ms": 40_000})
    expect(kiosk.get_by_role("status").filter(has_text="Are you still reading?")).to_be_visible()
    kiosk.wait_for_timeout(5_100)
    kiosk.locator("main h1").click()
    assert agent.next_press() == StillReading()


def test_markup_in_a_sentence_is_text(kiosk: Page, agent: KioskAgent) -> None:
    hostile = [{"utterance_id": "u1", "text": "<img src=x> & <b>bold</b>", "written": ""}]
    agent.show(phase="confirming", language="en", confirming=ENGLISH | {"sentences": hostile})
    expect(kiosk.locator(".sentence .own")).to_have_text("<img src=x> & <b>bold</b>")
    expect(kiosk.locator(".sentence img")).to_have_count(0)
