"""From the event to the pixel: what happens in a room is on the page."""

from __future__ import annotations

import random
import time

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from central.bus.events import (
    CaptionChanged,
    CommandChanged,
    Readings,
    TranscriptAdded,
    TurnChanged,
)
from tests.browser.measured import measures_at
from tests.browser.people import sign_in
from tests.browser.scene import LAST_RESORT, WHISPER
from tests.browser.site import Site

pytestmark = pytest.mark.browser


def readings(site: Site, *, away: bool = False, second: float = 3.0) -> Readings:
    measured = measures_at(second, away, random.Random(1)).items()
    return Readings(
        room="seoul-1",
        interview_id=str(site.scene.live),
        wall_ns=time.time_ns(),
        phase="answering",
        turn_id="2",
        question_id="6",
        position=1,
        question_count=4,
        phase_elapsed_ms=65_000,
        speaking=True,
        measures={name: (value, float(share or 0)) for name, (value, share) in measured},
    )


def follows(page: Page, selector: str, wall_ns: int) -> None:
    """Returns when the element shows an event of that time. How soon is `make bench NAME=live`'s."""
    page.wait_for_function(
        "([s, ns]) => Number(document.querySelector(s)?.dataset.wallNs ?? 0) >= ns",
        arg=[selector, wall_ns - 1_000],
    )


def test_a_caption_is_there(room: Page, site: Site) -> None:
    said = CaptionChanged(
        "seoul-1",
        str(site.scene.live),
        "2",
        "그래서 두 방법을",
        "모두 만들어",
        LAST_RESORT,
        time.time_ns(),
    )
    site.tell(said)

    follows(room, "#caption", said.wall_ns)
    expect(room.locator("#caption")).to_contain_text("그래서 두 방법을 모두 만들어")
    expect(room.locator("#caption .engine")).to_have_text(LAST_RESORT)


def test_charts_and_numbers_follow_the_room(room: Page, site: Site) -> None:
    now = readings(site)
    site.tell(now)

    follows(room, "figure[data-group=head]", now.wall_ns)
    expect(room.locator("figure[data-group=head] .number").first).to_contain_text("°")
    expect(room.locator("figure[data-group=head] .covered")).to_have_text("measured 100%")
    expect(room.locator("#phase .place")).to_have_text("Question 2 of 4")
    expect(room.locator("#phase .time")).to_have_text("1:05")


def test_what_is_not_measured_is_said_and_not_drawn_as_zero(room: Page, site: Site) -> None:
    site.tell(readings(site, away=True))

    expect(room.locator("figure[data-group=head] .number").first).to_have_text("–")
    expect(room.locator("figure[data-group=head] .covered")).to_have_text("not measured")
    expect(room.locator("figure[data-group=voice] .covered")).to_have_text("measured 100%")


def test_a_final_sentence_joins_the_transcript_once(room: Page, site: Site) -> None:
    before = room.locator("#lines li").count()
    said = TranscriptAdded(
        "seoul-1",
        str(site.scene.live),
        "2",
        "9001",
        "u-9001",
        "User",
        "응답 시간이 줄었습니다.",
        WHISPER,
        True,
        time.time_ns(),
    )
    site.tell(said)
    site.tell(said)

    follows(room, "#lines li[data-id='9001']", said.wall_ns)
    expect(room.locator("#lines li")).to_have_count(before + 1)
    expect(room.locator("#caption")).to_be_hidden()


@pytest.mark.parametrize(
    ("who", "why", "shown"),
    [
        ("room", "played", "The room's own voice"),
        ("", "nothing", "Speaker unknown"),
        ("interviewer", "channel", "Interviewer's voice"),
    ],
)
def test_who_spoke_stands_beside_the_words(
    room: Page, site: Site, who: str, why: str, shown: str
) -> None:
    key = f"93{len(who)}"
    said = TranscriptAdded(
        "seoul-1", str(site.scene.live), "2", key, f"u-{key}", "User", "words", WHISPER,
        accepted=who != "room", wall_ns=time.time_ns(), said_by=who, said_by_why=why,
    )  # fmt: skip
    site.tell(said)
    expect(room.locator(f"#lines li[data-id='{key}'] .said-by")).to_have_text(shown)


def test_a_late_sentence_stands_where_it_was_said(room: Page, site: Site) -> None:
    interview, now_ns = str(site.scene.live), time.time_ns()
    asked = TurnChanged("seoul-1", interview, "77", "6", 2, "asked", "And then?", now_ns)
    said = TranscriptAdded(
        "seoul-1",
        interview,
        "2",
        "9002",
        "u-9002",
        "User",
        "Said before.",
        WHISPER,
        True,
        now_ns - 1_000_000_000,
    )
    site.tell(asked)
    expect(room.locator("#lines li").last).to_contain_text("And then?")
    site.tell(said)

    expect(room.locator("#lines li").nth(-2)).to_contain_text("Said before.")


def test_what_somebody_types_survives_what_happens_in_the_room(room: Page, site: Site) -> None:
    room.fill("#typed", "What would you do diff")
    interview = str(site.scene.live)
    site.tell(CommandChanged("seoul-1", "1", "skip_question", "done", ""))
    site.tell(TurnChanged("seoul-1", interview, "78", "6", 3, "asked", "Next?", time.time_ns()))
    expect(room.locator("#lines li").last).to_contain_text("Next?")
    room.wait_for_timeout(600)
    room.keyboard.type("erently?")

    assert room.input_value("#typed") == "What would you do differently?"


def test_what_was_said_while_the_line_was_down_joins_the_transcript_once(
    page: Page, site: Site
) -> None:
    fetched: list[tuple[str | None, str]] = []
    with_line = page.context.new_page()
    held: list[WebSocketRoute] = []

    def through(route: WebSocketRoute) -> None:
        held.append(route)
        route.connect_to_server()

    with_line.route_web_socket("**/live/rooms/**", through)
    sign_in(with_line, site, "interviewer")
    with_line.goto(f"{site.url}/rooms/seoul-4")
    with_line.wait_for_selector("body[data-line=up]")
    with_line.on("request", lambda one: fetched.append((one.headers.get("hx-target"), one.url)))
    lines = with_line.locator("#lines li")
    before = lines.count()
    interview = str(site.scene.live_en)

    def tell(number: int, ago_s: float) -> None:
        at_ns = time.time_ns() - int(ago_s * 1e9)
        text = f"Sentence {number}."
        site.tell(
            TranscriptAdded(
                "seoul-4", interview, "2", str(number), f"u-{number}", "User", text, WHISPER, True,
                at_ns,
            )
        )  # fmt: skip

    tell(9101, 1)
    expect(lines).to_have_count(before + 1)
    held[-1].close()
    tell(9102, 0.5)
    expect(lines).to_have_count(before + 2, timeout=5_000)
    with_line.wait_for_timeout(500)
    expect(lines.last).to_contain_text("Sentence 9102.")
    expect(lines).to_have_count(before + 2)
    assert len(held) == 2
    again = [one for one in fetched if "lines" in (one[0] or "lines").split()]
    assert again == [], "what was missed came by the line; the page was not asked for again"
    with_line.close()


def test_the_wall_follows_every_room(page: Page, site: Site) -> None:
    sign_in(page, site, "interviewer")
    page.wait_for_selector("body[data-line=up]")
    now = readings(site)
    site.tell(now)

    follows(page, "[data-room=seoul-1]", now.wall_ns)
    expect(page.locator("[data-room=seoul-1] .phase-name")).to_have_text("Answering")
    first = page.locator(".tile").first
    expect(first).to_have_attribute("data-state", "fault")


def test_a_hundred_readings_leave_the_page_as_large_as_it_was(room: Page, site: Site) -> None:
    def elements_after(count: int) -> int:
        for step in range(count):
            last = readings(site, second=step / 10)
            site.tell(last)
        follows(room, "figure[data-group=head]", last.wall_ns)
        return int(room.evaluate("document.querySelectorAll('*').length"))

    before = elements_after(30)
    assert elements_after(100) <= before + 10
