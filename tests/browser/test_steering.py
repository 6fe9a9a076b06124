"""What an interviewer tells a room becomes a command; what is refused is said in words."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from central.bus.events import RoomChanged
from tests.browser.people import sign_in
from tests.browser.site import Site
from tests.browser.test_live import readings

pytestmark = pytest.mark.browser


def commands(site: Site, kind: str) -> list[dict[str, Any]]:
    with psycopg.connect(site.database_url) as conn:
        rows = conn.execute(
            "select body from room_commands where kind = %s order by id", (kind,)
        ).fetchall()
    return [row[0] for row in rows]


def test_a_typed_question_goes_to_the_room(page: Page, site: Site) -> None:
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-1")
    page.fill("#typed", "가장 어려웠던 점은 무엇이었나요?")
    page.get_by_role("button", name="Push the question").click()

    expect(page.locator("#guide [role=status]")).to_contain_text("on its way to the room")
    expect(page.locator(".plan li").last).to_contain_text("가장 어려웠던 점은 무엇이었나요?")
    assert page.url == f"{site.url}/rooms/seoul-1"
    sent = commands(site, "push_question")[-1]["question"]
    assert sent["text"] == "가장 어려웠던 점은 무엇이었나요?"


def shown_turn(page: Page, site: Site) -> str:
    """The turn that the page shows, once it does."""
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-1")
    page.wait_for_selector("body[data-line=up]")
    now = readings(site)
    site.tell(now)
    expect(page.locator("#skip-turn")).to_have_value(now.turn_id)
    return now.turn_id


def test_a_skip_is_for_the_turn_that_the_page_shows(page: Page, site: Site) -> None:
    turn_id = shown_turn(page, site)
    page.get_by_role("button", name="Skip this question").click()
    expect(page.locator("#guide [role=status]")).to_contain_text("told to skip")
    assert commands(site, "skip_question")[-1]["turn_id"] == turn_id


def test_a_part_that_is_taken_anew_knows_its_turn_at_once(page: Page, site: Site) -> None:
    turn_id = shown_turn(page, site)
    page.evaluate(
        """() => {
          window.turns = [];
          new MutationObserver(() => window.turns.push(document.getElementById("skip-turn").value))
            .observe(document.body, { childList: true, subtree: true });
        }"""
    )
    with page.expect_response(lambda answer: "hx-target" in answer.request.headers):
        site.tell(RoomChanged("seoul-1", connected=True))
    page.wait_for_function("window.turns.length > 0")
    assert set(page.evaluate("window.turns")) == {turn_id}


def test_a_form_that_is_sent_twice_pushes_one_question(page: Page, site: Site) -> None:
    """Its first answer was lost, and it is pressed again; or a finger was too quick."""
    before = len(commands(site, "push_question"))
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-1")
    page.fill("#typed", "무엇을 배우셨나요?")
    statuses = page.locator("form:has(#typed)").evaluate(
        """form => {
          const send = () => fetch(form.action, { method: "POST", redirect: "manual",
            body: new URLSearchParams(new FormData(form)) }).then(answer => answer.type);
          return Promise.all([send(), send()]).then(both => send().then(last => [...both, last]));
        }"""
    )
    assert statuses == ["opaqueredirect"] * 3
    assert len(commands(site, "push_question")) == before + 1
    page.reload()
    expect(page.locator(".plan li", has_text="무엇을 배우셨나요?")).to_have_count(1)


def test_a_question_that_nobody_may_ask_is_refused_in_words(page: Page, site: Site) -> None:
    before = len(commands(site, "push_question"))
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-1")
    page.fill("#typed", "종교가 있으신가요?")
    page.get_by_role("button", name="Push the question").click()

    expect(page.get_by_text("This asks about religion")).to_be_visible()
    assert len(commands(site, "push_question")) == before


def test_a_question_of_the_bank_goes_to_the_room(page: Page, site: Site) -> None:
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-1")
    page.get_by_text("Or one of the bank").click()
    first = page.locator(".suggested button").first
    text = (first.inner_text()).splitlines()[0]
    first.click()

    expect(page.locator(".plan li").last).to_contain_text(text)
    assert commands(site, "push_question")[-1]["question"]["text"] == text


def test_ending_asks_first(page: Page, site: Site) -> None:
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-2")
    page.locator("summary", has_text="End the interview").click()
    page.get_by_role("button", name="End it now").click()

    expect(page.locator("#guide [role=status]")).to_contain_text("told to end the interview")
    assert "ended by interviewer" in commands(site, "end_interview")[-1]["reason"]


def test_an_interview_is_scheduled_and_started_without_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "recruiter")
    page.goto(f"{site.url}/interviews/new")
    page.fill("#full_name", "Kim Newman")
    page.fill("#email", "kim@example.org")
    page.fill("#position", "Site Reliability Engineer")
    page.select_option("#language", "en")
    page.select_option("#questions", "3")
    page.get_by_role("button", name="Schedule the interview").click()
    expect(page.get_by_role("status").first).to_contain_text("is scheduled")
    row = page.locator("tr", has_text="Kim Newman")
    row.get_by_role("combobox").select_option("busan-1")
    row.get_by_role("button", name="Start").click()

    assert page.url.startswith(f"{site.url}/rooms/busan-1")
    plan = commands(site, "start_interview")[-1]["plan"]
    assert plan["candidate_name"] == "Kim Newman"
    assert len(plan["questions"]) == 3
    context.close()


def test_a_form_that_lacks_something_keeps_what_was_typed(page: Page, site: Site) -> None:
    sign_in(page, site, "recruiter")
    page.goto(f"{site.url}/interviews/new")
    page.fill("#position", "Designer")
    with page.expect_navigation():
        page.get_by_role("button", name="Schedule the interview").click()

    expect(page.get_by_role("alert")).to_contain_text("Choose a candidate")
    assert page.input_value("#position") == "Designer"


def test_what_the_room_cannot_do_now_is_said_in_words(page: Page, site: Site) -> None:
    sign_in(page, site, "interviewer")
    page.goto(f"{site.url}/rooms/seoul-1")
    page.evaluate("document.querySelector('#typed').removeAttribute('required')")
    page.get_by_role("button", name="Push the question").click()

    expect(page.locator("#said")).to_contain_text("between 1 and 500 characters")
