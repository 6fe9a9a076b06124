"""The candidate's page against the agent's own kiosk server."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from edge_agent.flow import CalibrationOutcome
from edge_agent.interview.presses import DoesNotKnowPressed, DonePressed, RepeatPressed, SkipPressed
from edge_agent.interview.steps import (
    CalibrationBegun,
    CalibrationEnded,
    CheckedIn,
    Consented,
    LanguageChosen,
)
from tests.browser.chromium import accessibility_faults
from tests.fakes.kiosk_agent import IDLE, POINT, QUESTION, KioskAgent

pytestmark = pytest.mark.browser
KEPT_UNTIL = "Everything is deleted on 28 May 2027; later only while a review or a claim is open."
LAST_RESORT = "pocketsphinx (English only, last resort)"


def test_the_keyboard_alone_leads_through_the_interview(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="waiting", candidate_name="Haneul")
    expect(kiosk.get_by_text("Ready for an interview")).to_be_visible()
    kiosk.keyboard.press("x")
    expect(kiosk.get_by_role("button", name="English")).to_be_focused()
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == LanguageChosen("en")
    agent.show(language_chosen=True)
    expect(kiosk.get_by_role("heading")).to_have_text("Hello, Haneul")
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == CheckedIn()

    agent.show(phase="consenting")
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("Before we begin")
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Enter")
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("Please choose")
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Space")
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("ArrowRight")
    kiosk.keyboard.press("Tab")
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == Consented(recording=True, ai_scoring=False)

    agent.show(phase="calibrating")
    expect(kiosk.locator("main")).to_contain_text("gaze will not be assessed")
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == CalibrationBegun()
    agent.show(calibration=POINT)
    expect(kiosk.get_by_role("heading")).to_have_text("Look at the dot")
    kiosk.keyboard.press("Enter")  # still held down from before: it ends nothing
    kiosk.keyboard.press("Tab")
    expect(kiosk.get_by_role("button", name="Skip and continue")).to_be_focused()
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == CalibrationEnded(CalibrationOutcome.SKIPPED)

    agent.show(phase="asking", question=QUESTION)
    expect(kiosk.get_by_role("heading")).to_have_text(str(QUESTION["text"]))
    agent.show(phase="answering")
    expect(kiosk.get_by_role("button", name="I’m done")).to_be_focused()
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == DonePressed("t-7")


def test_emotion_is_asked_for_apart_and_nothing_is_chosen_beforehand(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="consenting", emotion_notice_version="emotion-2026-11")
    expect(kiosk.get_by_text("Notice 2026-12")).to_be_visible()
    kiosk.get_by_role("button", name="Continue").click()
    expect(kiosk.locator("fieldset")).to_have_count(3)
    expect(kiosk.get_by_text("Notice emotion-2026-11")).to_be_visible()
    kiosk.locator("input[name=recording][value=yes]").check(force=True)
    kiosk.locator("input[name=ai_scoring][value=yes]").check(force=True)
    kiosk.get_by_role("button", name="Continue").click()
    expect(kiosk.locator("p.hint")).to_have_text("Please choose in each")
    expect(kiosk.locator("input[name=emotion]").first).to_be_focused()
    kiosk.locator("input[name=emotion][value=no]").check(force=True)
    kiosk.get_by_role("button", name="Continue").click()
    assert agent.next_press() == Consented(recording=True, ai_scoring=True, emotion=False)


def test_neither_consent_is_chosen_beforehand_and_both_are_asked(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="consenting")
    kiosk.get_by_role("button", name="Continue").click()
    expect(kiosk.get_by_role("radio")).to_have_count(4)
    expect(kiosk.get_by_role("radio", checked=True)).to_have_count(0)
    kiosk.get_by_role("button", name="Continue").click()

    expect(kiosk.get_by_text("Please choose both")).to_be_visible()
    assert agent.pressed.empty()


def test_the_notice_can_be_read_again_and_what_was_chosen_stays(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="consenting")
    kiosk.get_by_role("button", name="Continue").click()
    kiosk.locator("input[name=recording][value=no]").check(force=True)
    kiosk.get_by_role("button", name="Read the notice again").click()
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("Before we begin")
    kiosk.get_by_role("button", name="Continue").click()
    expect(kiosk.locator("input[name=recording][value=no]")).to_be_checked()


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ({}, KEPT_UNTIL),
        ({"until": ""}, "As the employer’s rules say; you can ask for deletion at any time."),
        ({"en": "Half a year.", "until": ""}, "Half a year."),
        ({"en": "Half a year."}, f"Half a year. {KEPT_UNTIL}"),
    ],
)
def test_the_notice_says_how_long_things_are_kept(
    kiosk: Page, agent: KioskAgent, kept: dict[str, str], told: str
) -> None:
    agent.show(phase="consenting", kept=IDLE["kept"] | kept)
    expect(kiosk.locator(".plain-points li").last).to_have_text(told)


def test_while_answering_the_candidate_can_hear_it_again_skip_or_say_that_they_do_not_know(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(phase="answering", question=QUESTION)
    kiosk.get_by_role("button", name="Repeat the question").click()
    assert agent.next_press() == RepeatPressed()
    kiosk.get_by_role("button", name="Skip this question").click()
    assert agent.next_press() == SkipPressed("t-7")
    kiosk.get_by_role("button", name="I don’t know").click()
    assert agent.next_press() == DoesNotKnowPressed("t-7")


def test_who_has_thought_enough_can_start_now(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="thinking", question=QUESTION, think_ms=30_000)
    start = kiosk.get_by_role("button", name="Start now")
    expect(start).to_be_focused()
    kiosk.keyboard.press("Enter")
    assert agent.next_press() == DonePressed("t-7")
    agent.show(phase="answering")
    expect(start).to_be_hidden()


def test_the_rooms_voice_can_be_made_softer_and_louder(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="answering", question=QUESTION, volume_percent=70, language="en")
    volume = kiosk.get_by_role("group", name="Volume")
    expect(volume.get_by_role("status")).to_have_text("Volume 70%")
    volume.get_by_role("button", name="Softer").click()
    assert agent.volumes.get(timeout=5) == 55
    agent.show(volume_percent=100)
    expect(volume.get_by_role("button", name="Louder")).to_be_disabled()
    agent.show(volume_percent=None)
    expect(volume).to_be_hidden()


def test_captions_name_their_engine_and_warn_of_the_last_resort(
    kiosk: Page, agent: KioskAgent
) -> None:
    caption = {"stable": "So I proposed", "tail": "that we", "engine": LAST_RESORT}
    agent.show(phase="answering", question=QUESTION, said=["It was last year."], caption=caption)

    expect(kiosk.locator(".captions .words").first).to_contain_text("It was last year.")
    expect(kiosk.locator(".captions .tail")).to_have_text("that we")
    expect(kiosk.locator(".captions .engine")).to_contain_text(LAST_RESORT)
    expect(kiosk.locator(".captions .warning")).to_be_visible()


def test_captions_can_be_hidden_and_come_back(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="answering", question=QUESTION, said=["It was last year."])
    kiosk.get_by_role("button", name="Hide captions").click()
    expect(kiosk.get_by_text("It was last year.")).to_be_hidden()
    agent.show(said=["It was last year.", "In May."])
    expect(kiosk.get_by_text("In May.")).to_be_hidden()
    kiosk.get_by_role("button", name="Show captions").click()

    expect(kiosk.get_by_text("In May.")).to_be_visible()


def test_staffs_notice_and_faults_leave_the_buttons_on_screen(
    kiosk: Page, agent: KioskAgent
) -> None:
    agent.show(
        phase="answering",
        question=QUESTION | {"text": str(QUESTION["text"]) * 3},
        notice="We will bring you some water.",
        faults=["camera: no picture for 2 s"],
        still_there=True,
    )
    expect(kiosk.locator(".banner.staff")).to_contain_text("We will bring you some water.")
    expect(kiosk.locator(".banner.fault")).to_contain_text("The camera gives no picture")
    expect(kiosk.locator(".status")).to_have_text("Still thinking? Take your time.")

    done = kiosk.get_by_role("button", name="I’m done").bounding_box()
    assert done is not None
    assert done["y"] + done["height"] <= 1080


def test_the_end_says_where_the_answers_are(kiosk: Page, agent: KioskAgent) -> None:
    counts = agent.state["counts"]
    agent.show(phase="finished", counts=counts | {"records_appended": 9, "records_acked": 7})
    expect(kiosk.locator("main")).to_contain_text("2 records are kept safely in this room")
    agent.show(counts=counts | {"records_appended": 9, "records_acked": 9})

    expect(kiosk.locator("main")).to_contain_text("delivered safely")


def test_the_end_counts_down_to_the_wipe(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="finished", phase_elapsed_ms=29_500, finished_shown_ms=60_000)
    expect(kiosk.get_by_text("This screen is wiped in 30 s.")).to_be_visible()
    agent.show(phase_elapsed_ms=60_000)
    expect(kiosk.get_by_text("This screen is wiped in 0 s.")).to_be_visible()


def test_nothing_of_the_last_candidate_remains(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="answering", candidate_name="Haneul", question=QUESTION, said=["Secret."])
    expect(kiosk.get_by_text("Secret.")).to_be_visible()
    agent.show(phase="idle", candidate_name="", question=None, said=[])

    expect(kiosk.get_by_text("Waiting for an interview")).to_be_visible()
    assert "Secret" not in kiosk.content()


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_every_screen_is_accessible_and_its_targets_large(
    browser: Browser, agent: KioskAgent, language: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 1920, "height": 1080},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    agent.show(language=language, candidate_name="Haneul")
    page.goto(agent.url)
    faults: dict[str, list[str]] = {}
    for phase in (
        "idle", "waiting", "consenting", "calibrating", "asking", "thinking", "answering", "finished",
    ):  # fmt: skip
        asked = QUESTION if phase in ("asking", "thinking", "answering") else None
        agent.show(phase=phase, question=asked, think_ms=30_000, language_chosen=True)
        page.wait_for_selector(f"body[data-phase={phase}]")
        page.wait_for_timeout(150)
        faults[phase] = accessibility_faults(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults[phase].append("it is wider than the screen")
        for target in page.locator("main button:visible, main label.option:visible").all():
            box = target.bounding_box()
            if box is None or box["height"] < 64:
                faults[phase].append(f"{target.inner_text()} is {box} px")
        folder = os.environ.get("DAEDAM_PICTURES")
        if folder:
            page.screenshot(path=Path(folder) / f"kiosk-{phase}-{language}-{scheme}.png")
    context.close()

    assert {phase: found for phase, found in faults.items() if found} == {}
    assert wrong == []
