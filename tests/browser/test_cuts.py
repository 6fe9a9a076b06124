"""Lines break beside an interview: nobody loses a word, a note or a rating, nothing is there twice, and
the page says what is going on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from central.bus.events import TranscriptAdded
from tests.browser.people import sign_in
from tests.browser.scene import WHISPER
from tests.browser.site import Site

pytestmark = pytest.mark.browser
WORDS = {
    "ko": {
        "cut": "실시간 연결을 다시 잇는 중",
        "kept": "이 브라우저에 보관",
        "saved": "저장됨",
        "away": "서버가 응답하지 않았습니다",
        "push": "질문 보내기",
    },
    "en": {
        "cut": "Reconnecting to live updates",
        "kept": "kept in this browser",
        "saved": "Saved",
        "away": "The server did not answer",
        "push": "Push the question",
    },
}
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])


@dataclass
class Desk:
    """An interviewer in a live room of their language, of which nothing is noted or rated yet."""

    page: Page
    site: Site
    language: str
    told: int = field(default_factory=lambda: time.time_ns() // 1_000_000)

    @property
    def room(self) -> str:
        return "seoul-1" if self.language == "ko" else "seoul-4"

    @property
    def interview(self) -> int:
        scene = self.site.scene
        return scene.live if self.language == "ko" else scene.live_en

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.language]

    def sees(self, word: str) -> None:
        """This word of `WORDS` where the page says how its line and its notes are."""
        # "Not saved yet" holds "saved" too.
        selector = ".line-down" if word == "cut" else f"#saved[data-state={word}]"
        found = self.page.locator(selector).filter(has_text=self.words[word], visible=True)
        expect(found).to_have_count(1, timeout=15_000)

    def notes(self, kind: str, text: str) -> None:
        self.page.locator(f"[data-mark={kind}]").click()
        self.page.locator(f"#markers .{kind} textarea").first.press_sequentially(text)

    def rates(self, level: int) -> None:
        step = self.page.locator(f".rate[open] .criterion label.step:has(input[value='{level}'])")
        step.first.click()

    def someone_says(self, text: str) -> None:
        """In the room, as the speech worker tells it: written first."""
        self.told += 1
        with psycopg.connect(self.site.database_url) as conn:
            row = conn.execute(
                "insert into transcripts (interview_id, turn_id, utterance_key, speaker, text,"
                " language, ordinal, started_at, ended_at, engine) select interview_id, id, %s,"
                " 'User', %s, %s, 50, now(), now(), %s from turns where interview_id = %s"
                " order by position desc limit 1 returning id",
                (str(self.told), text, self.language, WHISPER, self.interview),
            ).fetchone()
        assert row is not None
        interview, at_ns = str(self.interview), time.time_ns()
        self.site.tell(
            TranscriptAdded(
                self.room, interview, "2", str(row[0]), str(self.told), "User", text, WHISPER,
                True, at_ns,
            )
        )  # fmt: skip

    def has_heard(self, *texts: str) -> None:
        """Each of these sentences once."""
        for text in texts:
            expect(self.page.locator("#lines .text", has_text=text)).to_have_count(
                1, timeout=15_000
            )

    def stored(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Central's markers and ratings of this interview."""
        with psycopg.connect(self.site.database_url) as conn:
            markers = conn.execute(
                "select kind, text from markers where interview_id = %s and not removed order by id",
                (self.interview,),
            ).fetchall()
            ratings = conn.execute(
                "select level from ratings where interview_id = %s order by id", (self.interview,)
            ).fetchall()
        return markers, ratings


@pytest.fixture
def desk(browser: Browser, own_site: Site, language: str) -> Iterator[Desk]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    desk = Desk(page, own_site, language)
    with psycopg.connect(own_site.database_url) as conn:
        conn.execute("delete from markers where interview_id = %s", (desk.interview,))
        conn.execute("delete from ratings where interview_id = %s", (desk.interview,))
    sign_in(page, own_site, "interviewer", language)
    yield desk
    context.close()


def opened(desk: Desk) -> None:
    desk.page.goto(f"{desk.site.url}/rooms/{desk.room}")
    desk.page.wait_for_selector("body[data-line=up]")


@LANGUAGES
def test_a_cut_network_in_mid_answer_costs_no_word(desk: Desk) -> None:
    opened(desk)
    page = desk.page
    desk.someone_says("Before the cut.")
    desk.has_heard("Before the cut.")
    page.context.set_offline(True)
    desk.sees("cut")
    desk.notes("concern", "no figure")
    desk.rates(4)
    desk.sees("kept")
    page.locator("#typed").press_sequentially("And then?")
    page.get_by_role("button", name=desk.words["push"]).click()
    expect(page.locator("#said")).to_contain_text(desk.words["away"])
    desk.someone_says("While it was cut.")

    page.context.set_offline(False)
    desk.sees("saved")
    expect(page.locator(".line-down")).to_be_hidden(timeout=15_000)
    desk.has_heard("Before the cut.", "While it was cut.")
    assert page.input_value("#typed") == "And then?"
    assert desk.stored() == ([("concern", "no figure")], [(4,)])
    page.reload()
    expect(page.locator("#markers .marker")).to_have_count(1)
    assert page.input_value("#typed") == "And then?", "what was not sent outlives a reload"


@LANGUAGES
def test_a_dashboard_that_restarts_costs_no_word(desk: Desk) -> None:
    opened(desk)
    page = desk.page
    desk.site.dashboard.stop()
    try:
        desk.sees("cut")
        desk.notes("strong", "clear")
        desk.rates(5)
        desk.sees("kept")
        desk.someone_says("While it restarted.")
    finally:
        desk.site.dashboard.start()
    desk.sees("saved")
    expect(page.locator(".line-down")).to_be_hidden(timeout=15_000)
    desk.has_heard("While it restarted.")
    assert desk.stored() == ([("strong", "clear")], [(5,)])
    page.reload()
    expect(page.locator("#markers .strong textarea")).to_have_value("clear")


@LANGUAGES
def test_a_page_that_is_closed_offline_is_sent_by_the_next_one(desk: Desk) -> None:
    opened(desk)
    context = desk.page.context
    context.set_offline(True)
    desk.notes("follow_up", "ask how")
    desk.rates(2)
    desk.sees("kept")
    desk.page.close()
    context.set_offline(False)
    desk.page = context.new_page()
    opened(desk)

    desk.sees("saved")
    expect(desk.page.locator("#markers .follow_up textarea")).to_have_value("ask how")
    assert desk.stored() == ([("follow_up", "ask how")], [(2,)])


@LANGUAGES
def test_a_laptop_that_slept_for_a_minute_goes_on_where_it_was(desk: Desk) -> None:
    page, asleep = desk.page, []
    lines: list[WebSocketRoute] = []

    def through(route: WebSocketRoute) -> None:
        """A line that is cut without a word stays open for its browser."""
        number = len(lines)
        lines.append(route)
        server = route.connect_to_server()
        server.on_message(lambda message: None if number in asleep else route.send(message))

    page.route_web_socket("**/live/rooms/**", through)
    page.clock.install()
    opened(desk)
    desk.notes("technical", "a door")
    desk.sees("saved")
    asleep.append(0)
    desk.someone_says("While it slept.")
    page.clock.fast_forward("01:00")

    desk.has_heard("While it slept.")
    expect(page.locator(".line-down")).to_be_hidden(timeout=15_000)
    assert len(lines) == 2
    assert desk.stored() == ([("technical", "a door")], [])


@LANGUAGES
def test_a_page_that_was_frozen_shows_what_came_meanwhile(desk: Desk) -> None:
    opened(desk)
    devtools = desk.page.context.new_cdp_session(desk.page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    desk.someone_says("While it was frozen.")
    time.sleep(1)
    devtools.send("Page.setWebLifecycleState", {"state": "active"})

    desk.has_heard("While it was frozen.")
    desk.notes("integrity", "read aloud")
    desk.sees("saved")
    assert desk.stored() == ([("integrity", "read aloud")], [])
