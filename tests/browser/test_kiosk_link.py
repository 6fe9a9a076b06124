"""What the candidate's page says when central is away, and when its own agent is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fakes.kiosk_agent import QUESTION, KioskAgent

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("phase", "english", "korean"),
    [
        ("idle", "The server is away", "서버와 연결이 끊겼습니다"),
        ("waiting", "the interview can be held here", "이 방에서 그대로 진행"),
        ("consenting", "the interview can be held here", "이 방에서 그대로 진행"),
        ("calibrating", "the interview can be held here", "이 방에서 그대로 진행"),
        ("asking", "the interview goes on", "면접은 계속됩니다"),
        ("thinking", "the interview goes on", "면접은 계속됩니다"),
        ("answering", "the interview goes on", "면접은 계속됩니다"),
        ("finished", "are sent when it is back", "연결되면 전달됩니다"),
    ],
)
def test_a_connection_that_is_away_is_told_calmly_in_each_phase(
    kiosk: Page, agent: KioskAgent, phase: str, english: str, korean: str
) -> None:
    agent.show(phase=phase, question=QUESTION, link="offline")
    expect(kiosk.locator(".link")).to_contain_text(english)
    expect(kiosk.locator(".link")).to_be_visible()
    agent.show(language="ko")
    expect(kiosk.locator(".link")).to_contain_text(korean)


def test_without_central_the_captions_are_not_promised(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="answering", question=QUESTION, link="offline")
    expect(kiosk.get_by_text("There are no captions until the network is back.")).to_be_visible()
    agent.show(link="online")
    expect(kiosk.get_by_text("What you say appears here.")).to_be_visible()


def test_a_break_is_told_while_the_question_is_asked_again(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="asking", question=QUESTION, again="break")
    expect(kiosk.get_by_text("We had a short technical break.")).to_be_visible()
    agent.show(phase="answering")
    expect(kiosk.get_by_text("Please speak. We are listening")).to_be_visible()


def test_the_page_finds_its_agent_again(kiosk: Page, agent: KioskAgent) -> None:
    agent.show(phase="waiting", candidate_name="Haneul", language_chosen=True)
    expect(kiosk.get_by_role("heading")).to_have_text("Hello, Haneul")
    kiosk.evaluate("window.sockets.at(-1).close()")
    agent.show(candidate_name="Minji")

    expect(kiosk.get_by_role("heading")).to_have_text("Hello, Minji")
    assert kiosk.evaluate("window.sockets.length") == 2


def test_without_its_agent_the_page_says_that_it_reconnects(
    browser: Browser, agent: KioskAgent
) -> None:
    page = browser.new_page()
    page.goto(agent.url)
    expect(page.locator(".link")).to_have_text("연결됨")
    agent.stop()
    expect(page.locator(".link")).to_contain_text("화면을 다시 연결하는 중입니다")
    agent.start()
    page.close()
