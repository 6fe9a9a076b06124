"""A quote plays its sound: from its first word to its last, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from central.bus.sounds import SoundReply, SoundRequest
from central.speech.flac import flac_file
from tests.browser.people import sign_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser

LISTEN = "Listen"


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
