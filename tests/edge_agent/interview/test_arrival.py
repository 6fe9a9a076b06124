"""Who arrives: the language that they choose for the kiosk, and the code that lets them in."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from edge_agent.flow import (
    AdmitCandidate,
    CheckInCode,
    CommandResult,
    Consent,
    InterviewPlan,
    Phase,
    StartInterview,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.interview.arrival import Arrival
from edge_agent.interview.check_in import MOST_TRIES, CheckInWay
from edge_agent.interview.steps import CheckedIn, Consented, LanguageChosen, Say
from tests.edge_agent.interview.helpers import Room, plan
from tests.edge_agent.interview.test_resuming import killed

pytestmark = pytest.mark.unit
SALT, ROUNDS, CODE = b"salt", 2, "ACD347"


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
    room.wait(90_000)
    room.tell(LanguageChosen("ko"))
    assert room.runner.view(0).language_chosen == ""
    room.order(StartInterview(plan(name="i2")))
    assert room.runner.view(0).language_chosen == ""


def coded() -> InterviewPlan:
    digest = hashlib.pbkdf2_hmac("sha256", CODE.encode(), SALT, ROUNDS)
    return replace(plan(), check_in=CheckInCode(SALT.hex(), digest.hex(), ROUNDS))


def waiting() -> Room:
    room = Room()
    room.order(StartInterview(coded()))
    return room


def ways(room: Room) -> list[str]:
    """How somebody checked in."""
    found = room.written(TurnEvent)
    return [one.text for one in found if one.kind is TurnEventKind.CHECKED_IN]


@pytest.mark.parametrize(
    ("way", "code", "enters"),
    [
        (CheckInWay.CODE, CODE, True),
        (CheckInWay.CODE, "acd 347", True),
        (CheckInWay.QR, CODE, True),
        (CheckInWay.REPLAY, "", True),
        (CheckInWay.CODE, "ACD346", False),
        (CheckInWay.QR, "ACD346", False),
        (CheckInWay.BUTTON, "", False),
        (CheckInWay.BUTTON, CODE, False),
    ],
)
def test_only_the_code_lets_a_candidate_in_and_the_record_says_how(
    way: CheckInWay, code: str, enters: bool
) -> None:
    room = waiting()
    room.tell(CheckedIn(way, code))
    assert ways(room) == ([str(way)] if enters else [])
    assert room.runner.view(0).phase is (Phase.CONSENTING if enters else Phase.WAITING)


def test_a_plan_without_a_code_begins_with_a_button() -> None:
    room = Room()
    room.order(StartInterview(plan()))
    assert not room.runner.view(0).check_in.needs_code
    room.tell(CheckedIn())
    assert ways(room) == ["button"]


def test_after_five_tries_staff_have_to_look_and_can_let_in() -> None:
    room = waiting()
    for left in range(MOST_TRIES, 0, -1):
        assert room.runner.view(0).check_in.tries_left == left
        room.tell(CheckedIn(CheckInWay.CODE, "ACD346"))
    assert room.runner.view(0).check_in.tries_left == 0
    room.tell(CheckedIn(CheckInWay.CODE, CODE))
    room.tell(CheckedIn(CheckInWay.QR, CODE))
    assert ways(room) == []
    room.order(AdmitCandidate())
    assert ways(room) == ["staff"]


def test_a_qr_code_that_is_held_still_is_one_try() -> None:
    room = waiting()
    for _ in range(20):
        room.tell(CheckedIn(CheckInWay.QR, "ACD346"))
    assert room.runner.view(0).check_in.tries_left == MOST_TRIES - 1
    room.tell(CheckedIn(CheckInWay.QR, "ACD349"))
    assert room.runner.view(0).check_in.tries_left == MOST_TRIES - 2


def test_nobody_gets_new_tries_by_switching_the_room_off() -> None:
    room = waiting()
    room.tell(LanguageChosen("ko"))
    for _ in range(3):
        room.tell(CheckedIn(CheckInWay.CODE, "ACD346"))
    again = killed(room)
    seen = again.runner.view(0)
    assert (seen.check_in.tries_left, seen.language_chosen) == (MOST_TRIES - 3, "ko")
    again.tell(CheckedIn(CheckInWay.CODE, CODE))
    assert ways(again) == ["code"]


def test_who_is_in_is_not_let_in_again() -> None:
    room = waiting()
    room.tell(CheckedIn(CheckInWay.CODE, CODE))
    room.order(AdmitCandidate())
    assert room.written(CommandResult)[-1].detail == "The candidate has checked in already."
    assert ways(room) == ["code"]
