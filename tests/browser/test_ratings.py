"""An interviewer rates while listening, loses nothing, and judges before a machine's marks are shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from central.storage import ratings, users
from central.storage.engine import create_engine, sessions
from central.storage.ratings import Wanted
from central.storage.users import NewUser
from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser
SAVED = {"ko": "저장됨", "en": "Saved"}
KEPT = {"ko": "이 브라우저에 보관", "en": "kept in this browser"}
RATINGS = "**/desk/**"


def opened(browser: Browser, site: Site, path: str, language: str) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, site, "interviewer", language)
    page.goto(site.url + path)
    return page


@pytest.mark.parametrize(("language", "level"), [("ko", 4), ("en", 2)])
def test_a_click_outlives_a_dead_dashboard_and_a_reload(
    browser: Browser, own_site: Site, language: str, level: int
) -> None:
    page = opened(browser, own_site, "/rooms/seoul-1", language)
    open_now = page.locator("details.rate[open] .criterion").first
    wanted = open_now.locator(f"input[value='{level}']")
    page.route(RATINGS, lambda route: route.abort())
    wanted.focus()
    page.keyboard.press("Space")
    expect(page.locator("#saved")).to_contain_text(KEPT[language])
    page.reload()
    expect(wanted).to_be_checked()
    expect(page.locator("#saved")).to_contain_text(KEPT[language])

    page.unroute(RATINGS)
    expect(page.locator("#saved")).to_have_text(SAVED[language], timeout=15_000)
    assert page.evaluate("localStorage.length") == 0
    page.context.close()
    elsewhere = opened(browser, own_site, "/rooms/seoul-1", language)
    expect(elsewhere.locator(f"details.rate[open] input[value='{level}']").first).to_be_checked()
    elsewhere.context.close()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_marks_are_sealed_until_the_own_ratings_are_locked(
    browser: Browser, own_site: Site, language: str
) -> None:
    scene = own_site.scene
    interview = scene.finished_ko if language == "ko" else scene.finished_en
    page = opened(browser, own_site, f"/interviews/{interview}/report", language)
    expect(page.locator("#sealed")).to_be_visible()
    expect(page.locator(".mark, .answer mark, .scores")).to_have_count(0)
    faults = accessibility_faults(page)
    page.goto(f"{own_site.url}/interviews/{interview}/ratings")
    for group in page.locator(".rate:has(.answer) .criterion").all():
        group.locator("input[value='3']").focus()
        page.keyboard.press("Space")
    faults += accessibility_faults(page)
    folder = os.environ.get("DAEDAM_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"ratings-{language}.png", full_page=True)
    page.locator("form[data-lock] button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator(".criterion:not(:disabled)")).to_have_count(0)
    faults += accessibility_faults(page)
    page.goto(f"{own_site.url}/interviews/{interview}/report")
    expect(page.locator("#sealed")).to_have_count(0)
    assert page.locator(".mark").count() > 0
    assert faults == []
    page.context.close()


async def rated_by_another(database_url: str, interview: int) -> None:
    """A second interviewer who rated everything that was asked, and locked it."""
    engine = create_engine(database_url)
    async with sessions(engine).begin() as session:
        new = NewUser(f"{interview}@example.org", f"rater{interview}", "interviewer", "-", "정하윤")
        rater = await users.create(session, new, actor_id=None)
        for one in await ratings.asked(session, interview):
            wanted = Wanted(one.question_id, one.criterion, 5, 1)
            await ratings.save(session, interview, rater.id, wanted, independent=True)
        await ratings.lock(session, interview, rater.id)
    await engine.dispose()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_moderator_writes_what_the_panel_agreed_on_and_decides(
    browser: Browser, own_site: Site, language: str
) -> None:
    scene = own_site.scene
    interview = scene.finished_ko if language == "ko" else scene.finished_en
    own_site.run(rated_by_another(own_site.database_url, interview))
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, own_site, "recruiter", language)
    page.goto(f"{own_site.url}/interviews/{interview}/ratings")
    first = page.locator(".beside tbody tr").first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    page.evaluate(
        "scrollTo(0, 0)"
    )  # nothing half under the header, where axe-core measures targets
    faults = accessibility_faults(page)
    first.locator("select").select_option("4")
    first.locator("textarea").fill("둘 다 같은 근거를 들었다.")
    first.locator("button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".beside tbody tr").first).to_contain_text("둘 다 같은 근거를 들었다.")
    page.locator("input[value=hold]").focus()
    page.keyboard.press("Space")
    page.fill("#decision-reason", "추천인의 답을 기다린다.")
    with page.expect_navigation():
        page.locator("#decision button").press("Enter")
    expect(page.locator("#decision .decided").first).to_contain_text("추천인의 답을 기다린다.")
    folder = os.environ.get("DAEDAM_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"panel-{language}.png", full_page=True)
    assert faults + accessibility_faults(page) == []
    page.context.close()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_one_tap_marks_a_moment_and_a_note_quotes_selected_words(
    browser: Browser, own_site: Site, language: str
) -> None:
    room = "seoul-1" if language == "ko" else "seoul-4"
    page = opened(browser, own_site, f"/rooms/{room}", language)
    page.route(RATINGS, lambda route: route.abort())
    concern = page.locator("[data-mark=concern]")
    expect(concern).to_be_enabled()
    concern.focus()
    page.keyboard.press("Enter")
    page.locator("#markers textarea").fill("숫자를 말하지 않았다.")
    line = page.locator("#lines .line.user").last
    line.locator(".text").evaluate(
        """(text) => { const range = document.createRange(); range.setStart(text.firstChild, 0);
        range.setEnd(text.firstChild, 6); getSelection().removeAllRanges();
        getSelection().addRange(range); }"""
    )
    line.locator("[data-note]").click()
    expect(page.locator("#markers .marker.note blockquote")).to_have_text(
        (line.locator(".text").inner_text())[:6].strip()
    )
    page.keyboard.type("더 묻기")
    page.reload()
    expect(page.locator("#markers .marker")).to_have_count(2)
    page.unroute(RATINGS)
    expect(page.locator("#saved")).to_have_text(SAVED[language], timeout=15_000)
    page.reload()
    expect(page.locator("#markers .concern textarea")).to_have_value("숫자를 말하지 않았다.")
    expect(page.locator("#markers .note textarea")).to_have_value("더 묻기")
    faults = accessibility_faults(page)
    folder = os.environ.get("DAEDAM_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"marking-{language}.png", full_page=True)
    live = own_site.scene.live if language == "ko" else own_site.scene.live_en
    page.goto(f"{own_site.url}/interviews/{live}/report")
    expect(page.locator(".marker.concern")).to_contain_text("숫자를 말하지 않았다.")
    expect(page.locator(".marker.note .play")).to_be_visible()
    assert faults + accessibility_faults(page) == []
    page.goto(f"{own_site.url}/rooms/{room}")
    page.locator("#markers .concern .remove").click()
    expect(page.locator("#saved")).to_have_text(SAVED[language])
    page.reload()
    expect(page.locator("#markers .marker")).to_have_count(1)
    page.context.close()
