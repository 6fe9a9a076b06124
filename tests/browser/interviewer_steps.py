"""What an interviewer does beside an interview, and after it."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Hand
from tests.browser.people import sign_in
from tests.browser.whole import Whole

WORDS: Final = {
    "ko": {
        "push": "질문 보내기",
        "saved": "저장됨",
        "over": "면접이 끝났습니다",
    },
    "en": {
        "push": "Push the question",
        "saved": "Saved",
        "over": "The interview is over",
    },
}
_SLOW_MS: Final = 60_000


class Interviewer:
    """One person at the dashboard."""

    def __init__(self, page: Page, hand: Hand, language: str, whole: Whole) -> None:
        self.page, self.hand, self.whole = page, hand, whole
        self.language, self.words = language, WORDS[language]

    def comes_to_the_room(self) -> None:
        """From the wall, through the tile of the room."""
        sign_in(
            self.page, self.whole, "interviewer", self.language, password=self.whole.site.password
        )
        room = self.page.locator(f"[data-room={self.whole.room.code}] a")
        with self.page.expect_navigation():
            self.hand.press(room)
        self.page.wait_for_selector("body[data-line=up]")

    def starts_the_interview(self) -> None:
        """The one that waits; the page becomes its desk by itself."""
        with self.page.expect_navigation():
            self.hand.press(self.page.locator("form.waiting button"))
        self.page.locator("#marking").wait_for(timeout=_SLOW_MS)
        self.page.wait_for_selector("body[data-line=up]")

    def pushes(self, question: str) -> None:
        """A question of their own; it is in the plan and the room has it."""
        self.hand.write(self.page.locator("#typed"), question)
        self.hand.press(self.page.get_by_role("button", name=self.words["push"]))
        expect(self.page.locator("#plan")).to_contain_text(question, timeout=_SLOW_MS)

    def marks_this_moment(self, kind: str, text: str) -> None:
        """One tap, and words on it."""
        self.hand.press(self.page.locator(f"[data-mark={kind}]"))
        self.hand.write(self.page.locator(f"#markers .{kind} textarea").first, text)
        self.sees_it_saved()

    def notes_on(self, line: Locator, text: str) -> str:
        """A note on a sentence; the words that it quotes."""
        expect(line).to_be_visible(timeout=_SLOW_MS)  # it is being read
        self.hand.press(line.locator("[data-note]"))
        note = self.page.locator("#markers .note").first
        expect(note.locator("textarea")).to_be_focused()
        self.page.keyboard.type(text)
        self.sees_it_saved()
        return note.locator("blockquote").inner_text()

    def rates_everything(self, level: int) -> None:
        """Each criterion of each question on this page that was asked."""
        groups = self.page.locator(".rate[open] .criterion:not(:disabled)")
        groups.first.wait_for()
        for group in groups.all():
            self.hand.choose(group.locator(f"label.step:has(input[value='{level}'])"))
        self.sees_it_saved()

    def sees_it_saved(self) -> None:
        expect(self.page.locator("#saved")).to_have_text(self.words["saved"], timeout=_SLOW_MS)

    def sees_the_end(self) -> None:
        """The room is free, and says so."""
        expect(self.page.locator("#said")).to_contain_text(self.words["over"], timeout=_SLOW_MS)

    def locks_the_ratings(self) -> None:
        """On their page; only then a machine's marks are shown."""
        self.page.goto(f"{self.whole.url}/interviews/{self.whole.interview}/ratings")
        expect(self.page.locator("#sealed")).to_be_visible()
        self.rates_everything(4)
        with self.page.expect_navigation():
            self.hand.press(self.page.locator("form[data-lock] button"))
        expect(self.page.locator("#panel")).to_be_visible()

    def opens_the_report(self) -> None:
        """As soon as it is written."""
        self.whole.wait_for_the_report()
        self.page.goto(f"{self.whole.url}/interviews/{self.whole.interview}/report")

    def plays(self, button: Locator) -> None:
        """From the press to the stretch's own end."""
        begin_s = int(button.get_attribute("data-from") or "") / 1_000
        self.hand.press(button)
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(button).to_have_attribute("aria-pressed", "false", timeout=_SLOW_MS)
        player = self.page.locator(f"#{button.get_attribute('data-play')}")
        assert player.evaluate("player => player.error") is None
        assert player.evaluate("player => player.currentTime") > begin_s
