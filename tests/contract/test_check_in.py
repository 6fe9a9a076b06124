"""A code that central made is known in the room with the network away, by keys and by its QR code."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.gateway import responses
from central.interview import check_in as central
from central.interview.commands import AdmitCandidate as Admit
from central.interview.commands import InterviewPlan as Plan
from central.interview.commands import StartInterview as Start
from edge_agent.flow import AdmitCandidate, CheckInCode, InterviewPlan, StartInterview
from edge_agent.interview import check_in as edge
from edge_agent.uplink import wire

pytestmark = pytest.mark.unit
codes = st.text(central.ALPHABET, min_size=central.LENGTH, max_size=central.LENGTH)


def told(code: str | None) -> InterviewPlan:
    """The plan in the room."""
    known = None if code is None else central.sealed(code, b"salt of sixteen.")
    plan = Plan("7", "Haneul", "ko", (), check_in=known, check_devices=True, practice=True)
    sent = responses.command(1, 2, msgspec.to_builtins(Start(plan))).command
    body = wire.command(sent).body
    assert isinstance(body, StartInterview)
    return body.plan


def test_the_room_is_told_what_knows_the_code_and_not_the_code() -> None:
    plan = told("ACD347")
    assert isinstance(plan.check_in, CheckInCode)
    assert "ACD347" not in repr(plan)
    assert (plan.check_devices, plan.practice) == (True, True)
    assert told(None).check_in is None


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("ACD347", True),
        ("acd347", True),
        ("ACD 347", True),
        ("acd-347", True),
        ("ACD346", False),
        ("ACD34", False),
        ("", False),
        ("ＡＣＤ３４７", False),
    ],
)
def test_the_room_knows_the_code_as_people_write_it(typed: str, right: bool) -> None:
    known = told("ACD347").check_in
    assert known is not None
    assert edge.is_right(typed, known) is right


@given(codes, codes)
def test_no_other_code_opens(code: str, other: str) -> None:
    sealed = central.sealed(code, b"salt")
    known = CheckInCode(sealed.salt, sealed.digest, sealed.rounds)
    assert edge.is_right(other, known) is (code == other)


@given(codes)
def test_a_qr_code_holds_the_code_and_others_hold_none(code: str) -> None:
    assert edge.of_qr(central.in_qr(code)) == code
    assert edge.of_qr(code) is None
    assert edge.of_qr(central.PREFIX + code + "3") is None


def test_codes_are_drawn_from_what_nobody_takes_for_each_other() -> None:
    chance = random.Random(7)
    drawn = {central.new_code(chance.choice) for _ in range(500)}
    assert len(drawn) > 490
    assert not set("".join(drawn)) & set("BILOSUZ01258")
    assert len(central.ALPHABET) ** central.LENGTH > 10**8


def test_an_order_to_let_somebody_in_arrives() -> None:
    sent = responses.command(1, 2, msgspec.to_builtins(Admit())).command
    assert wire.command(sent).body == AdmitCandidate()
