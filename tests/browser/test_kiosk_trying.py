"""Camera and sound before the first question, and a question that counts for nothing."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from edge_agent.interview.presses import DevicesTried, DonePressed, SentenceWanted, SkipPressed
from edge_agent.vision.viewing import jpeg
from tests.browser.chromium import accessibility_faults
from tests.fakes.kiosk_agent import KioskAgent

pytestmark = pytest.mark.browser
TRYING = {"said": "How did you get here today?", "listening_ms": None, "limit_ms": 45_000}
GREY = jpeg(np.full((360, 640, 3), 128, np.uint8))


def test_the_candidate_sees_themselves_while_this_screen_is_open(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.picture = GREY
    agent.show(phase="checking", trying=TRYING, level_dbfs=-40.0)
    expect(kiosk.get_by_role("img", name="You, as the camera sees you")).to_be_visible()
    expect(kiosk.get_by_text("This picture is not stored.")).to_be_visible()


def test_a_camera_without_a_picture_says_what_to_do(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="checking", trying=TRYING)
    expect(kiosk.get_by_text("See whether its lens is covered")).to_be_visible(timeout=8_000)
    expect(kiosk.get_by_text("The microphone gives no sound.")).to_be_visible()


def test_a_voice_that_is_heard_is_told(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="checking", trying=TRYING, level_dbfs=-40.0)
    expect(kiosk.get_by_text("Please say a few words.")).to_be_visible()
    agent.show(speaking=True, level_dbfs=-20.0)
    told = kiosk.locator(".device.good")
    expect(told).to_contain_text("We hear you well.")
    agent.show(speaking=False)
    expect(told).to_contain_text("We hear you well.")


@pytest.mark.parametrize(
    ("answer", "told"), [("I heard it", "Good."), ("I did not hear it", "Make it louder")]
)
def test_the_candidate_says_whether_they_heard_the_sentence(
    kiosk: Page, agent: KioskAgent, answer: str, told: str
) -> None:
    agent.show(phase="checking", trying=TRYING)
    expect(kiosk.get_by_role("button", name="Play a sentence")).to_be_focused()
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == SentenceWanted()
    kiosk.get_by_role("button", name=answer, exact=True).click()
    expect(kiosk.get_by_text(told)).to_be_visible()
    kiosk.get_by_role("button", name="Continue").click()
    assert agent.next_press() == DevicesTried()


def test_the_practice_question_looks_like_one_and_counts_for_nothing(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="practising", trying=TRYING)
    expect(kiosk.get_by_role("heading")).to_have_text("How did you get here today?")
    expect(kiosk.get_by_text("It is not recorded or marked")).to_be_visible()
    expect(kiosk.get_by_role("button", name="Skip the practice")).to_be_focused()
    agent.show(trying=TRYING | {"listening_ms": 5_000})
    expect(kiosk.get_by_text("40 s left")).to_be_visible()
    expect(kiosk.get_by_role("button", name="I’m done")).to_be_focused()
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == DonePressed("")
    kiosk.get_by_role("button", name="Skip the practice").click()
    assert agent.next_press() == SkipPressed("")


def test_the_practice_answer_has_captions(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="practising", trying=TRYING)
    captions = kiosk.get_by_role("region", name="Your words")
    expect(captions).to_be_hidden()
    heard = {"stable": "", "tail": "by bus", "engine": "Whisper"}
    agent.show(trying=TRYING | {"listening_ms": 5_000}, said=["I came early."], caption=heard)
    expect(captions).to_contain_text("I came early. by bus")
    agent.show(caption=heard | {"engine": "pocketsphinx (English only, last resort)"})
    expect(captions.get_by_text("These captions can be quite wrong.", exact=True)).to_be_visible()
    agent.show(link="offline", said=[], caption=None)
    expect(captions).to_contain_text("There are no captions until the network is back.")


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
@pytest.mark.parametrize("phase", ["checking", "practising"])
def test_both_screens_are_accessible_and_fit(
    browser: Browser, agent: KioskAgent, language: str, scheme: str, phase: str
) -> None:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    agent.picture = GREY
    agent.show(language=language, phase=phase, trying=TRYING | {"listening_ms": 5_000})
    page.goto(agent.url)
    page.wait_for_selector(f"body[data-screen={phase}]")
    if phase == "checking":
        page.locator(".device .button").first.click()
        page.wait_for_selector(".mirror img:visible")
    page.wait_for_timeout(200)
    assert accessibility_faults(page) == []
    for target in page.locator("main button:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 64
        assert box["y"] + box["height"] <= 768
    context.close()
