"""An interview by video: a file is sent with the keyboard and followed; what is refused says why."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site
from tests.fakes.clips import clip, plain

pytestmark = pytest.mark.browser

SAYS = {
    "en": ("Only MP4, WebM and MOV", "Waiting to be analysed", "40%", "no picture", "Report"),
    "ko": ("MP4, WebM, MOV 영상만", "분석 대기", "40%", "화면이 없습니다", "리포트"),
}


def keep(page: Page, name: str) -> None:
    folder = os.environ.get("DAEDAM_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"video-{name}.png", full_page=True)


def becomes(site: Site, interview: int, **given: object) -> None:
    """What gateway and steward write of it."""
    names = ", ".join(f"{name} = %s" for name in given)
    with psycopg.connect(site.database_url) as conn:
        conn.execute(
            f"update videos set {names} where interview_id = %s",
            (*given.values(), interview),
        )


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_a_video_is_sent_followed_and_refused_in_words(
    page: Page, site: Site, tmp_path: Path, language: str, scheme: str
) -> None:
    refused, queued, share, why, report = SAYS[language]
    interview = site.scene.scheduled
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sign_in(page, site, "recruiter", language)
    page.goto(f"{site.url}/interviews")
    page.click(f"a[href='/interviews/{interview}/video']")
    faults = accessibility_faults(page)
    (tmp_path / "letter.mp4").write_bytes(b"MZ" + bytes(200))
    page.set_input_files("#file", tmp_path / "letter.mp4")
    page.check("[name=consent]")
    keep(page, f"form-{language}")
    page.focus("form[data-upload] [type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#upload-problem")).to_contain_text(refused)
    faults += accessibility_faults(page)
    keep(page, f"problem-{language}")

    clip(tmp_path / "answer.mp4", plain(5))
    page.set_input_files("#file", tmp_path / "answer.mp4")
    page.focus("form[data-upload] [type=submit]")
    page.keyboard.press("Enter")
    state = page.locator("#video .state")
    expect(state).to_contain_text(queued)
    expect(page.locator("#video-title")).to_be_focused()
    assert page.locator("form[data-upload]").count() == 0
    keep(page, f"queued-{language}")
    becomes(site, interview, state="analysing", done_milli=400)
    expect(page.locator("output")).to_have_text(share, timeout=10_000)
    faults += accessibility_faults(page)
    keep(page, f"analysing-{language}")
    becomes(site, interview, state="done", done_milli=1_000)
    link = page.get_by_role("link", name=report)
    expect(link).to_have_attribute("href", f"/interviews/{interview}/report", timeout=10_000)
    faults += accessibility_faults(page)
    keep(page, f"done-{language}")
    becomes(site, interview, state="refused", code="no_picture", why="it has no picture")
    page.reload()
    expect(page.locator("#video .message.fault").first).to_contain_text(why)
    expect(page.locator("form[data-upload]")).to_be_visible()
    faults += accessibility_faults(page)
    keep(page, f"refused-{language}")
    with psycopg.connect(site.database_url) as conn:
        conn.execute("delete from videos where interview_id = %s", (interview,))

    assert faults == []


def test_without_javascript_the_page_says_what_to_do(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "recruiter")
    page.goto(f"{site.url}/interviews/{site.scene.scheduled}/video")
    expect(page.get_by_text("Uploading needs JavaScript")).to_be_visible()
    expect(page.locator("form[data-upload]")).to_be_hidden()
    context.close()
