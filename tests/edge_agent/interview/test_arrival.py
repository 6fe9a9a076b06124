"""The language that a candidate chooses is the kiosk's, not that of the questions."""

from __future__ import annotations

import pytest

from edge_agent.flow import Consent, StartInterview
from edge_agent.interview.arrival import Arrival
from edge_agent.interview.steps import CheckedIn, Consented, LanguageChosen, Say
from tests.edge_agent.interview.helpers import Room, plan

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("chosen", "shown"), [((), "en"), (("ko",), "ko"), (("ko", "xx"), "ko"), (("ko", "en"), "en")]
)
def test_the_kiosk_shows_what_was_chosen_last_and_can_be_shown(
    chosen: tuple[str, ...], shown: str
) -> None:
    arrival = Arrival(plan())
    for one in chosen:
        arrival.choose(one)
    assert arrival.shown == shown


def test_questions_keep_their_language_and_the_consent_has_that_of_the_notice() -> None:
    room = Room()
    room.order(StartInterview(plan()))
    room.tell(LanguageChosen("ko"))
    assert room.runner.view(0).language_chosen == "ko"
    room.tell(CheckedIn())
    room.tell(Consented(recording=True, ai_scoring=True))
    assert [one.language for one in room.written(Consent)] == ["ko"]
    assert {one.language for one in room.written(Say)} == {"en"}


def test_no_language_is_left_for_the_next_candidate() -> None:
    room = Room()
    room.order(StartInterview(plan()))
    room.tell(LanguageChosen("ko"))
    room.tell(CheckedIn())
    room.tell(Consented(recording=False, ai_scoring=False))
    room.wait(40_000)
    room.tell(LanguageChosen("ko"))
    assert room.runner.view(0).language_chosen == ""
    room.order(StartInterview(plan(name="i2")))
    assert room.runner.view(0).language_chosen == ""
