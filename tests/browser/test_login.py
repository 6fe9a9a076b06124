from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import sign_in
from tests.browser.scene import PASSWORD
from tests.browser.site import Site

pytestmark = pytest.mark.browser


def test_a_person_signs_in_with_the_keyboard_alone(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.keyboard.type("interviewer")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url == f"{site.url}/rooms"


def test_from_the_wall_the_keyboard_opens_a_room(page: Page, site: Site) -> None:
    sign_in(page, site, "interviewer")
    page.keyboard.press("/")
    page.keyboard.type("김하늘")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url == f"{site.url}/rooms/seoul-1"


def test_a_wrong_password_is_said_in_the_form(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/login?next=/interviews")
    page.fill("#login", "nobody")
    page.fill("#password", "not the password")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("user name or the password is wrong")
    assert page.input_value("#login") == "nobody"
    assert page.input_value("main input[name=next]") == "/interviews"


def test_who_is_not_signed_in_comes_back_to_where_they_wanted(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/interviews")
    assert page.url == f"{site.url}/login?next=/interviews"
    page.fill("#login", "recruiter")
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url == f"{site.url}/interviews"


def test_signing_out_ends_the_session(page: Page, site: Site) -> None:
    sign_in(page, site, "recruiter")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{site.url}/login")
    page.goto(f"{site.url}/rooms")

    assert page.url.startswith(f"{site.url}/login")


def test_the_language_is_switched_and_kept(page: Page, site: Site) -> None:
    sign_in(page, site, "interviewer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rooms")
    with page.expect_navigation():
        page.get_by_role("button", name="한국어").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("면접실")
    page.goto(f"{site.url}/interviews")

    expect(page.get_by_role("heading", level=1)).to_have_text("면접")
    assert page.locator("html").get_attribute("lang") == "ko"


@pytest.mark.parametrize(
    ("who", "path"),
    [("it", "/rooms"), ("it", "/interviews"), ("interviewer", "/fleet"), ("recruiter", "/fleet")],
)
def test_another_roles_page_is_refused_in_words(
    page: Page, site: Site, who: str, path: str
) -> None:
    sign_in(page, site, who)
    answer = page.goto(site.url + path)

    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("This is not yours to open")


def test_a_candidate_reads_their_own_report_and_no_other(page: Page, site: Site) -> None:
    sign_in(page, site, "minji", "ko")
    assert page.url == f"{site.url}/interviews"
    page.get_by_role("link", name="리포트").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("김민지")

    answer = page.goto(f"{site.url}/interviews/{site.scene.finished_en}/report")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("찾는 것이 없습니다")
