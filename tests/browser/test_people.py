"""An administrator lets somebody in and out again, with keys alone, beside an open live page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser
OWN = "three words of mine"


def press(page: Page, name: str) -> None:
    """With the keyboard."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def added(page: Page, site: Site, name: str, role: str) -> str:
    """A new account by the form; its first password."""
    page.goto(f"{site.url}/users")
    page.locator("#full_name").focus()
    for text in (f"Person {name}", f"{name}@example.org", name):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.type(role)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert accessibility_faults(page) == []
    return page.input_value("#initial")


def test_a_person_is_let_in_given_another_role_and_let_out(
    browser: Browser, own_site: Site
) -> None:
    site = own_site
    page, theirs = browser.new_page(), browser.new_page()
    sign_in(page, site, "admin", "en")
    first = added(page, site, "newcomer", "Interviewer")

    sign_in(theirs, site, "newcomer", "en", first)
    expect(theirs).to_have_url(re.compile("/password"))
    assert accessibility_faults(theirs) == []
    theirs.fill("#password", first)
    theirs.fill("#chosen", OWN)
    theirs.fill("#again", OWN)
    theirs.keyboard.press("Enter")
    expect(theirs).to_have_url(f"{site.url}/rooms")
    theirs.wait_for_selector("body[data-line=up]")

    page.goto(f"{site.url}/users?text=newcomer")
    page.locator("tr", has_text="newcomer").get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Role of Person newcomer").select_option("candidate")
    press(page, "Change the role")
    expect(page.get_by_role("status").first).to_contain_text("The role was changed.")
    # The wall was open: it is told at once, and shows a candidate nothing.
    theirs.wait_for_selector("body[data-line=down], main.problem, .login", timeout=10_000)
    theirs.goto(f"{site.url}/rooms")
    expect(theirs.locator("main")).to_contain_text("Your role may not do this.")

    press(page, "Switch the account off")
    expect(page.get_by_role("heading", level=1).locator("..")).to_contain_text("Switched off")
    theirs.goto(f"{site.url}/interviews")
    expect(theirs).to_have_url(re.compile("/login"))
    page.close()
    theirs.close()


def test_the_last_administrator_reads_why_not(page: Page, own_site: Site) -> None:
    sign_in(page, own_site, "admin", "ko")
    page.goto(f"{own_site.url}/users?role=admin")
    page.locator("tr", has_text="최유진").get_by_role("link").click()
    page.get_by_role("button", name="계정 사용 중지").click()

    expect(page.get_by_role("alert")).to_contain_text("먼저 다른 관리자를 만들어 주세요.")
    assert accessibility_faults(page) == []
    assert page.get_by_role("button", name="새 비밀번호 만들기").count() == 0
