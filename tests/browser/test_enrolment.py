"""A token is shown once, can be copied, and says how long it is good; revoking asks first."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site
from tests.browser.test_pages import keep

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("Make a token", "Copy the token", r"Good for (30|29) more minutes")),
        ("ko", ("토큰 만들기", "토큰 복사", r"앞으로 (30|29)분")),
    ],
)
def test_a_token_is_shown_once_and_copied(
    page: Page, site: Site, language: str, says: tuple[str, str, str]
) -> None:
    make, copy, good = says
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, site, "it", language)
    page.goto(f"{site.url}/enrolment")
    keep(page, f"enrolment-list-{language}")
    page.locator("tr", has_text="seoul-3").get_by_role("button", name=re.compile(make)).click()
    token = page.locator("#token").input_value()
    assert re.fullmatch(r"dae1\.[0-9a-f]{12}\.[\w-]{43}\.[0-9a-f]{64}", token)
    expect(page.locator("[data-until]")).to_contain_text(re.compile(good))
    page.get_by_role("button", name=copy).press("Enter")
    expect(page.locator("#said")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == token
    assert accessibility_faults(page) == []
    keep(page, f"enrolment-token-{language}")
    page.goto(f"{site.url}/enrolment")
    assert token not in page.content()
    expect(page.locator("tr", has_text="seoul-3")).to_contain_text(
        "Token open until" if language == "en" else "토큰 사용 가능"
    )


def test_a_room_is_added_and_what_is_wrong_is_said(page: Page, site: Site) -> None:
    sign_in(page, site, "admin")
    page.goto(f"{site.url}/enrolment")
    page.fill("#code", "jeju-1")
    page.fill("#name", "Jeju 1")
    page.get_by_role("button", name="Add the room").click()
    expect(page.locator(".message[role=status]")).to_contain_text("The room is there")
    row = page.locator("tr", has_text="jeju-1")
    expect(row).to_contain_text("No agent yet")
    expect(row.get_by_role("link", name="Revoke")).to_have_count(0)
    row.get_by_role("button", name="Make a token").click()
    page.goto(f"{site.url}/enrolment")
    row.get_by_role("link", name="Revoke").click()
    expect(page.locator("h1")).to_contain_text("Revoke Jeju 1?")
    page.get_by_role("button", name="Revoke the room").click()
    expect(page.locator(".message[role=status]")).to_contain_text("let in no more")
    expect(row).not_to_contain_text("Token open")
