"""An interview in whose first answer gateway and dashboard are killed and both sides reload."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.candidate_steps import Candidate
from tests.browser.hands import Finger, Mouse
from tests.browser.interviewer_steps import Interviewer
from tests.browser.whole import Whole, opened, whole_stack
from tests.faults.kills import kill

pytestmark = [
    pytest.mark.browser,
    pytest.mark.story,
    pytest.mark.soak,
    pytest.mark.timeout(400),
]
KILL_S = 70.0
TYPED = "typed while it was away"


def test_an_interview_that_is_cut_everywhere_is_whole(
    browser: Browser, models: Path, tmp_path: Path
) -> None:
    tmp_path.chmod(0o711)
    keys = ("hard_problem", "disagreement")
    with (
        whole_stack(tmp_path, models, language="en", keys=keys, answers=2) as whole,
        opened(browser, wide=True) as (kiosk, _),
        opened(browser, wide=False) as (desk, _),
    ):
        code = whole.get(f"/interviews/{whole.interview}")["check_in_code"]
        candidate = Candidate(kiosk, Finger(), "en", code)
        interviewer = Interviewer(desk, Mouse(), "en", whole)
        kiosk.goto(whole.room.kiosk_url)
        interviewer.comes_to_the_room()
        interviewer.starts_the_interview()
        candidate.goes_as_far_as_the_first_question()
        candidate.hears_the_question()
        first, second = whole.spoken_s
        candidate.speaks(first, lambda: everything_is_cut(whole, candidate, interviewer))
        candidate.hears_the_question()
        candidate.speaks(second, lambda: said_once(desk))
        candidate.sees_the_end()
        whole.wait_for_the_report()
        nothing_is_lost_or_doubled(whole)


def everything_is_cut(whole: Whole, candidate: Candidate, interviewer: Interviewer) -> None:
    """What is noted and rated meanwhile is kept, and each side says what is going on."""
    desk, kiosk = interviewer.page, candidate.page
    asked = kiosk.locator("h1.question").inner_text()
    killed(whole, "gateway")
    expect(kiosk.locator(".link")).to_contain_text("the interview goes on")
    expect(candidate.button("done")).to_be_visible()
    killed(whole, "dashboard")
    expect(desk.locator(".line-down")).to_be_visible()
    desk.locator("[data-mark=concern]").click()
    desk.locator("#markers .concern textarea").first.press_sequentially(TYPED)
    desk.locator(".rate[open] label.step:has(input[value='2'])").first.click()
    kiosk.reload()
    expect(kiosk.locator("h1.question")).to_have_text(asked)
    interviewer.sees_it_saved()
    expect(desk.locator(".line-down")).to_be_hidden(timeout=60_000)
    desk.reload()
    expect(desk.locator("#markers .concern textarea")).to_have_value(TYPED)
    expect(desk.locator(".criterion input[value='2']:checked")).to_have_count(1)
    expect(kiosk.locator(".link")).to_have_text("Connected", timeout=60_000)


def killed(whole: Whole, name: str) -> None:
    whole.loop.run(kill(name, whole.site.config.data_dir), KILL_S)


def said_once(desk: Page) -> None:
    """What was said in the answer that was cut stands in the transcript, each sentence once."""
    lines = desk.locator("#lines .line.user")
    lines.first.wait_for(timeout=60_000)
    keys = [line.get_attribute("data-id") for line in lines.all()]
    assert len(keys) == len(set(keys))


def nothing_is_lost_or_doubled(whole: Whole) -> None:
    interview = whole.interview
    report = whole.get(f"/interviews/{interview}/report")
    assert [bool(one["answer"].strip()) for one in report["details"]] == [True, True]
    markers = whole.get(f"/interviews/{interview}/markers")
    assert [(one["kind"], one["text"]) for one in markers] == [("concern", TYPED)]
    lines = whole.get(f"/interviews/{interview}/transcripts")
    said = [line["text"] for line in lines if line["speaker"] == "User" and line["accepted"]]
    assert len(said) == len(set(said))
    assert [line["speaker"] for line in lines].count("AI") == 2
