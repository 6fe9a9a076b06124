"""What a candidate does at the kiosk, a step for each screen. A new screen is one more step in `BEFORE`,
or a step of its own between two questions.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Hand

WORDS: Final = {
    "ko": {
        "begin": "시작하기",
        "go": "계속",
        "no_practice": "연습 건너뛰기",
        "skip": "건너뛰고 계속",
        "done": "답변을 마쳤습니다",
        "start": "지금 답변하기",
        "over": "면접이 끝났습니다",
        "right": "맞습니다",
        "delivered": "안전하게 전달되었습니다",
    },
    "en": {
        "begin": "Begin",
        "go": "Continue",
        "no_practice": "Skip the practice",
        "skip": "Skip and continue",
        "done": "I’m done",
        "start": "Start now",
        "over": "The interview is over",
        "right": "This is right",
        "delivered": "delivered safely",
    },
}
_SLOW_MS: Final = 60_000
"""A busy machine reads a question aloud late."""


class Candidate:
    """One person before the kiosk's page."""

    def __init__(self, page: Page, hand: Hand, language: str, code: str = "") -> None:
        self.page, self.hand, self.code = page, hand, code
        self.language, self.words = language, WORDS[language]

    @property
    def screen(self) -> str:
        """The name of what is shown."""
        return str(self.page.locator("body").get_attribute("data-screen"))

    @property
    def phase(self) -> str:
        """Of the interview."""
        return str(self.page.locator("body").get_attribute("data-phase"))

    def button(self, name: str) -> Locator:
        """By the name of its step in `WORDS`."""
        return self.page.get_by_role("button", name=self.words[name], exact=True)

    def sees_nobody_waiting(self) -> None:
        """The idle screen, before an interview is there."""
        self.page.wait_for_selector("body[data-screen=idle][data-phase=idle]", timeout=_SLOW_MS)

    def goes_as_far_as_the_first_question(self) -> None:
        """Every screen before it, in whichever order this room shows them."""
        self.page.wait_for_selector("body:not([data-phase=idle])", timeout=_SLOW_MS)
        while (screen := self.screen) != "question":
            BEFORE[screen](self)
            self.page.wait_for_selector(f"body:not([data-screen={screen}])", timeout=_SLOW_MS)

    def hears_the_question(self, text: str = "") -> None:
        """Until it may be answered."""
        if text:
            expect(self.page.get_by_role("heading", name=text)).to_be_visible(timeout=_SLOW_MS)
        self.page.wait_for_selector(
            "body[data-phase=thinking], body[data-phase=answering]", timeout=_SLOW_MS
        )
        if self.phase == "thinking":
            self.hand.press(self.button("start"))
        self.page.wait_for_selector("body[data-phase=answering]", timeout=_SLOW_MS)

    def speaks(self, spoken_s: float, meanwhile: Callable[[], None] = lambda: None) -> None:
        """The replayed voice, while somebody else does something; then "I'm done"."""
        until_s = time.monotonic() + spoken_s + 1.0
        meanwhile()
        self.page.wait_for_timeout(max(0.0, until_s - time.monotonic()) * 1_000)
        self.hand.press(self.button("done"))
        self.page.wait_for_selector("body:not([data-phase=answering])", timeout=_SLOW_MS)

    def reads_what_was_understood(self, added: str) -> None:
        """`added` at the end of the first sentence; everything else is right."""
        self.page.wait_for_selector("body[data-phase=confirming]", timeout=_SLOW_MS)
        self.button("right").wait_for(timeout=_SLOW_MS)
        self.hand.press(self.page.locator(".sentence").first)
        self.page.keyboard.type(f" {added}")
        self.page.keyboard.press("Enter")
        while self.phase == "confirming":
            eyebrow = self.page.locator(".eyebrow").inner_text()
            self.hand.press(self.button("right"))
            self.page.wait_for_function(
                "before => document.body.dataset.phase !== 'confirming'"
                " || document.querySelector('.eyebrow')?.innerText !== before",
                arg=eyebrow,
            )

    def sees_the_end(self) -> None:
        """The farewell, and that every answer has arrived."""
        self.page.wait_for_selector("body[data-phase=finished]", timeout=_SLOW_MS)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(self.words["over"])
        expect(self.page.locator("main")).to_contain_text(self.words["delivered"], timeout=_SLOW_MS)


def touch(who: Candidate) -> None:
    """Wakes the screen."""
    who.hand.press(who.page.locator("main button.large"))


def choose_language(who: Candidate) -> None:
    who.hand.press(who.page.locator(f"button.tongue-choice[lang={who.language}]"))


def type_the_code(who: Candidate) -> None:
    """On the keys of the screen."""
    for letter in who.code:
        who.hand.press(who.page.get_by_role("button", name=letter, exact=True))


def begin(who: Candidate) -> None:
    """The welcome."""
    who.hand.press(who.button("begin"))


def consent(who: Candidate) -> None:
    """To everything that is asked, after the notice."""
    who.hand.press(who.button("go"))
    for choice in who.page.locator("fieldset.choice").all():
        who.hand.choose(choice.locator("label.option:has(input[value=yes])"))
    who.hand.press(who.button("go"))


def skip_calibration(who: Candidate) -> None:
    """Gaze is then not assessed."""
    who.hand.press(who.button("skip"))


def try_devices(who: Candidate) -> None:
    """Camera and sound."""
    who.hand.press(who.button("go"))


def skip_practice(who: Candidate) -> None:
    """A question that counts for nothing."""
    who.hand.press(who.button("no_practice"))


BEFORE: Final[dict[str, Callable[[Candidate], None]]] = {
    "idle": touch,
    "language": choose_language,
    "check-in": type_the_code,
    "waiting": begin,
    "consenting": consent,
    "checking": try_devices,
    "practising": skip_practice,
    "calibrating": skip_calibration,
}
