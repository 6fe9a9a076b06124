"""Staff see the code of an interview, its QR code, and let in who has none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser


def code_of(site: Site, interview: int) -> str:
    with psycopg.connect(site.database_url) as conn:
        asked = "select check_in_code from interviews where id = %s"
        row = conn.execute(asked, (interview,)).fetchone()
    assert row is not None
    return str(row[0])


@contextmanager
def not_checked_in(site: Site, interview: int) -> Iterator[None]:
    change = "update interviews set checked_in_at = %s where id = %s returning checked_in_at"
    with psycopg.connect(site.database_url, autocommit=True) as conn:
        asked = "select checked_in_at from interviews where id = %s"
        before = conn.execute(asked, (interview,)).fetchone()
        assert before is not None
        conn.execute(change, (None, interview))
        yield
        conn.execute(change, (before[0], interview))
        conn.execute("delete from room_commands where kind = 'admit_candidate'")


def test_a_recruiter_finds_code_and_qr_code_with_the_questions(page: Page, site: Site) -> None:
    sign_in(page, site, "recruiter")
    page.goto(f"{site.url}/interviews/{site.scene.scheduled}/plan")
    code = code_of(site, site.scene.scheduled)
    expect(page.locator(".check-in-code")).to_have_text(f"{code[:3]} {code[3:]}")
    box = page.locator("svg.qr").bounding_box()
    assert box is not None
    assert box["width"] == box["height"] >= 100
    assert accessibility_faults(page) == []


def test_staff_let_a_candidate_in_from_the_live_room(page: Page, site: Site) -> None:
    with not_checked_in(site, site.scene.live_en):
        sign_in(page, site, "interviewer")
        page.goto(f"{site.url}/rooms/seoul-4")
        expect(page.locator("#arrival .check-in-code")).to_be_visible()
        page.get_by_role("button", name="Let the candidate in").click()
        expect(page.locator("#guide [role=status]")).to_contain_text("let the candidate in")
        expect(page.locator("#told")).to_contain_text("Let the candidate in: on its way")


def test_who_has_checked_in_needs_no_letting_in(page: Page, site: Site) -> None:
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-1")
    expect(page.locator("#plan")).to_be_visible()
    expect(page.get_by_role("button", name="Let the candidate in")).to_have_count(0)
    page.goto(f"{site.url}/interviews/{site.scene.live}/plan")
    expect(page.locator(".arrival")).to_contain_text("by the code")
