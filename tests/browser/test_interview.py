"""One whole interview in the browser, from the idle screen to the report: central's processes, a room's
agent, its kiosk under a candidate's hands, and the dashboard under an interviewer's.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.candidate_steps import Candidate
from tests.browser.chromium import accessibility_faults
from tests.browser.hands import Finger, Hand, Keys, Mouse
from tests.browser.interviewer_steps import Interviewer
from tests.browser.whole import Whole, opened, whole_stack

pytestmark = [pytest.mark.browser, pytest.mark.story, pytest.mark.timeout(300)]


@dataclass(frozen=True, slots=True)
class Case:
    """`read`: what is said becomes text, and the candidate reads it back. Without weights the recogniser
    reads English only.
    """

    language: str
    at_the_kiosk: Hand
    at_the_desk: Hand
    pushed: str
    marked: str
    read: bool


KOREAN = Case(
    "ko", Finger(), Mouse(), "그 시험은 지금도 돌고 있나요?", "원인을 수치로 말했다.", read=False
)
ENGLISH = Case(
    "en", Keys(), Keys(), "Does that test still run today?", "Names the cause.", read=True
)


ADDED = "today"


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(KOREAN, id="korean-by-touch"),
        pytest.param(ENGLISH, id="english-by-keyboard", marks=pytest.mark.soak),
    ],
)
def test_an_interview_goes_from_the_idle_screen_to_the_report(
    browser: Browser, models: Path, tmp_path: Path, case: Case
) -> None:
    tmp_path.chmod(0o711)
    with (
        whole_stack(
            tmp_path,
            models,
            language=case.language,
            keys=("hard_problem",),
            answers=2,
            policy="eu" if case.read else None,
        ) as whole,
        opened(browser, wide=True) as (kiosk, kiosk_wrong),
        opened(browser, wide=False) as (desk, desk_wrong),
    ):
        code = whole.get(f"/interviews/{whole.interview}")["check_in_code"]
        candidate = Candidate(kiosk, case.at_the_kiosk, case.language, code)
        interviewer = Interviewer(desk, case.at_the_desk, case.language, whole)
        kiosk.goto(whole.room.kiosk_url)
        candidate.sees_nobody_waiting()
        held(case, whole, candidate, interviewer)
        reviewed(case, whole, interviewer)
        assert kiosk_wrong == []
        assert desk_wrong == []


def held(case: Case, whole: Whole, candidate: Candidate, interviewer: Interviewer) -> None:
    """From the interviewer's start to the candidate's farewell."""
    desk = interviewer.page
    interviewer.comes_to_the_room()
    interviewer.starts_the_interview()
    candidate.goes_as_far_as_the_first_question()
    candidate.hears_the_question()
    first, second = whole.spoken_s

    def beside_the_first() -> None:
        interviewer.marks_this_moment("strong", case.marked)
        interviewer.pushes(case.pushed)
        kept(interviewer.page, f"whole-desk-{case.language}")
        kept(candidate.page, f"whole-kiosk-{case.language}")

    candidate.speaks(first, beside_the_first)
    candidate.hears_the_question(case.pushed)
    expect(desk.locator("#phase .place")).to_contain_text("2")

    def beside_the_second() -> None:
        if case.read:
            said = desk.locator("#lines .line.user").first
            interviewer.notes_on(said, "Ask how.")
        interviewer.rates_everything(3)

    candidate.speaks(second, beside_the_second)
    if case.read:
        candidate.reads_what_was_understood(ADDED)
    candidate.sees_the_end()
    interviewer.sees_the_end()
    assert accessibility_faults(desk) == []


def reviewed(case: Case, whole: Whole, interviewer: Interviewer) -> None:
    """Locked, read, and listened to."""
    desk = interviewer.page
    interviewer.locks_the_ratings()
    interviewer.opens_the_report()
    expect(desk.locator(".marker.strong")).to_contain_text(case.marked)
    expect(desk.locator(".asked audio")).to_have_count(2)
    said = whole.get(f"/interviews/{whole.interview}/transcripts")
    assert any(line["speaker"] == "User" and line["accepted"] for line in said) == case.read
    if case.read:
        corrected = [line for line in said if line["corrected"]]
        assert [line["corrected"] for line in corrected] == [f"{corrected[0]['text']} {ADDED}"]
        expect(desk.locator(".corrected ins")).to_have_text(ADDED)
        expect(desk.locator(".verdict.right")).to_have_count(2)
        expect(desk.locator(".marker.note")).to_contain_text("Ask how.")
        interviewer.plays(desk.locator(".marker.note .play"))
    else:
        interviewer.plays(desk.locator(".marker.strong .play"))
    kept(desk, f"whole-report-{case.language}")
    assert accessibility_faults(desk) == []


def kept(page: Page, name: str) -> None:
    """Pictures for people to look at: `DAEDAM_PICTURES=folder`."""
    folder = os.environ.get("DAEDAM_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")
