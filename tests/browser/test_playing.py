"""A quote plays its sound, in a report, and a sentence in the live room: by mouse, key and finger."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from central.bus.events import TranscriptAdded
from central.bus.sounds import SoundReply, SoundRequest
from central.speech.flac import flac_file
from tests.browser.people import sign_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser

LISTEN = "Listen"
SENTENCE = "Listen to this sentence"
PLAYER = "#sentence-sound"


@pytest.fixture
def sounds(site: Site) -> Iterator[list[SoundRequest]]:
    """A speech worker that has twenty seconds of a tone for every answer; what it was asked."""
    time_s = np.arange(20 * 16_000) / 16_000
    file = flac_file((0.1 * np.sin(2 * np.pi * 220 * time_s)).astype(np.float32), 16_000)
    asked: list[SoundRequest] = []

    async def handle(request: SoundRequest) -> SoundReply:
        asked.append(request)
        return SoundReply(file[request.start : request.end], len(file), "tone")

    served = site.run(site.bus.serve_sounds(handle))
    yield asked
    site.run(served.close())


def test_a_quote_plays_its_stretch_and_stops_at_its_end(
    site: Site, page: Page, sounds: list[SoundRequest]
) -> None:
    sign_in(page, site, "recruiter")
    page.goto(f"{site.url}/interviews/{site.scene.finished_en}/report")
    button = page.get_by_role("button", name=LISTEN).first
    begin_s = int(button.get_attribute("data-from") or "") / 1000
    end_s = int(button.get_attribute("data-to") or "") / 1000
    assert not sounds, "nothing is fetched before somebody listens"
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    player = page.locator(f"#{button.get_attribute('data-play')}")
    expect(button).to_have_attribute("aria-pressed", "false", timeout=20_000)
    stopped_s = player.evaluate("player => player.currentTime")
    assert begin_s < stopped_s
    assert abs(stopped_s - end_s) < 0.5
    assert player.evaluate("player => player.paused")


def test_a_second_press_stops_and_another_quote_takes_over(
    site: Site, page: Page, sounds: list[SoundRequest]
) -> None:
    sign_in(page, site, "recruiter")
    page.goto(f"{site.url}/interviews/{site.scene.finished_en}/report")
    one, other = (page.get_by_role("button", name=LISTEN).nth(n) for n in (0, 1))
    one.click()
    expect(one).to_have_attribute("aria-pressed", "true")
    other.click()
    expect(one).to_have_attribute("aria-pressed", "false")
    expect(other).to_have_attribute("aria-pressed", "true")
    other.click()
    expect(other).to_have_attribute("aria-pressed", "false")


def test_where_no_speech_worker_answers_the_page_says_so(site: Site, browser: Browser) -> None:
    context = browser.new_context()  # not `page`: the browser's console names the refused sound
    page = context.new_page()
    sign_in(page, site, "recruiter")
    page.goto(f"{site.url}/interviews/{site.scene.finished_en}/report")
    button = page.get_by_role("button", name=LISTEN).first
    button.click()
    problem = page.locator(f"#{button.get_attribute('data-play')}-problem")
    expect(problem).to_be_visible(timeout=20_000)
    expect(button).to_have_attribute("aria-pressed", "false")
    context.close()


def said(site: Site, text: str) -> str:
    """Another sentence of the answer that is open in seoul-1, two seconds long; its id."""
    columns = (
        "interview_id, turn_id, speaker, language, engine, watermark_id, format_seq, first_seq,"
        " last_seq, rate_hz"
    )
    with psycopg.connect(site.database_url) as conn:
        row = conn.execute(
            f"insert into transcripts ({columns}, text, ordinal, started_at, ended_at,"
            " utterance_key, first_sample, end_sample, words)"
            f" select {columns}, %s, ordinal + 1, now(), now(), %s, end_sample + 16000,"
            " end_sample + 48000, '[]' from transcripts where interview_id = %s and speaker = 'User'"
            " order by id desc limit 1 returning id, turn_id",
            (text, text, site.scene.live),
        ).fetchone()
    assert row is not None
    site.tell(
        TranscriptAdded(
            "seoul-1", str(site.scene.live), str(row[1]), str(row[0]), text, "User", text,
            "openai-whisper/base", True, time.time_ns(),
        )
    )  # fmt: skip
    return str(row[0])


@pytest.mark.usefixtures("sounds")
def test_a_sentence_of_an_answer_that_goes_on_is_heard(site: Site, room: Page) -> None:
    """It came while the page was open, and its answer has not ended."""
    key = said(site, "We measured both.")
    button = room.locator(f"#hear-{key}")
    expect(button).to_be_visible()
    button.focus()
    room.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_have_attribute("aria-pressed", "false", timeout=20_000)
    player = room.locator(PLAYER)
    stopped_s = player.evaluate("player => player.currentTime")
    assert abs(stopped_s - 10.0) < 0.5, "seven seconds before it, one of silence, and its own two"
    assert player.evaluate("player => player.paused")


@pytest.mark.usefixtures("sounds")
def test_what_plays_goes_on_while_the_transcript_grows(site: Site, room: Page) -> None:
    one, other = (room.get_by_role("button", name=SENTENCE).nth(n) for n in (0, 1))
    one.click()
    expect(one).to_have_attribute("aria-pressed", "true")
    room.wait_for_function("s => document.querySelector(s).currentTime > 0.2", arg=PLAYER)
    key = said(site, "And then we chose.")
    expect(room.locator(f"#hear-{key}")).to_be_visible()
    expect(one).to_have_attribute("aria-pressed", "true")
    assert not room.locator(PLAYER).evaluate("player => player.paused")
    other.click()
    expect(one).to_have_attribute("aria-pressed", "false")
    expect(other).to_have_attribute("aria-pressed", "true")
    other.click()
    expect(other).to_have_attribute("aria-pressed", "false")


@pytest.mark.usefixtures("sounds")
def test_a_finger_plays_a_sentence_in_korean(site: Site, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1024, "height": 768}, has_touch=True)
    page = context.new_page()
    sign_in(page, site, "interviewer", "ko")
    page.goto(f"{site.url}/rooms/seoul-1")
    button = page.get_by_role("button", name="이 문장 듣기").first
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    button.tap()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.tap()
    expect(button).to_have_attribute("aria-pressed", "false")
    context.close()


def test_the_live_room_says_where_no_sound_can_be_had(site: Site, browser: Browser) -> None:
    context = browser.new_context()  # not `page`: the browser's console names the refused sound
    page = context.new_page()
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-1")
    button = page.get_by_role("button", name=SENTENCE).first
    button.click()
    expect(page.locator("#said")).to_contain_text("cannot be played now", timeout=20_000)
    expect(button).to_have_attribute("aria-pressed", "false")
    context.close()
