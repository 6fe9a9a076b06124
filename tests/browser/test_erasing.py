"""Erasing an interview and holding it, with the keyboard alone, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import accessibility_faults, keep
from tests.browser.people import sign_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_recruiter_holds_with_a_reason_and_releases(
    browser: Browser, own_site: Site, language: str
) -> None:
    site = own_site
    interview = site.scene.finished_en if language == "en" else site.scene.finished_ko
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme="dark" if language == "en" else "light",
    )
    page = context.new_page()
    sign_in(page, site, "recruiter", language)
    page.goto(f"{site.url}/interviews/{interview}/report")
    page.focus("details.confirm summary")
    page.keyboard.press("Enter")
    assert accessibility_faults(page) == []
    keep(page, f"hold-ask-{language}")
    page.keyboard.press("Tab")
    page.keyboard.type("Case 7/2026")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    held = page.locator(".message.hold")
    expect(held).to_contain_text("Case 7/2026")
    expect(page.locator("details.confirm")).to_have_count(0)
    assert accessibility_faults(page) == []
    keep(page, f"hold-{language}")
    held.get_by_role("button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(held).to_have_count(0)
    context.close()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_admin_erases_after_typing_the_number(
    browser: Browser, own_site: Site, language: str
) -> None:
    site = own_site
    interview = site.scene.finished_en if language == "en" else site.scene.finished_ko
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    sign_in(page, site, "admin", language)
    page.goto(f"{site.url}/interviews/{interview}/report")
    page.focus("details.confirm summary.danger")
    page.keyboard.press("Enter")
    assert accessibility_faults(page) == []
    keep(page, f"erase-{language}")
    page.keyboard.press("Tab")
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    assert page.url.endswith("/report"), "the browser itself asks for the right number"
    page.fill("#confirm", str(interview))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{site.url}/interviews"
    answer = page.goto(f"{site.url}/interviews/{interview}/report")
    assert answer is not None
    assert answer.status == 404
    context.close()
