"""What a candidate takes along."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import segno

from edge_agent.flow import Consent, Phase, Receipt
from edge_agent.interview import Runner
from edge_agent.interview.limits import FINISHED_SHOWN_MS
from edge_agent.interview.presses import DonePressed, Leave
from edge_agent.kiosk.receipt import kept_state, qr, receipt_state
from tests.edge_agent.interview.helpers import MS, Room

pytestmark = pytest.mark.unit
URL = "https://board.example/receipt/0123456789abcdefghijklmnopqrstuv"
VIEW = replace(
    Runner(lambda: "").view(0),
    phase=Phase.FINISHED,
    decided=Consent(True, True, "1", "en"),
    receipt=Receipt(URL, "6개월", "six months", kept_until="2027-05-28"),
)


def test_the_code_draws_exactly_the_dark_modules() -> None:
    found = qr(URL)
    drawn = {
        (int(x) + step, int(y))
        for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)", found["path"])
        for step in range(int(run))
    }
    matrix = segno.make_qr(URL, error="m").matrix
    assert found["size"] == len(matrix)
    assert drawn == {
        (x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module
    }


def test_a_receipt_says_what_was_agreed_to_in_the_sites_words() -> None:
    found = receipt_state(VIEW)
    assert found is not None
    assert (found["scoring"], found["emotion"], found["url"]) == (True, None, URL)
    assert kept_state(VIEW.receipt) == {"ko": "6개월", "en": "six months", "until": "2027-05-28"}
    assert found["qr"] == qr(URL)


def test_without_an_address_there_is_no_code() -> None:
    found = receipt_state(replace(VIEW, receipt=Receipt()))
    assert found is not None
    assert found["qr"] is None


def test_before_the_end_or_without_recording_there_is_none() -> None:
    declined = Consent(False, False, "1", "en")
    for view in (
        replace(VIEW, phase=Phase.ANSWERING),
        replace(VIEW, decided=None),
        replace(VIEW, decided=declined),
    ):
        assert receipt_state(view) is None


def test_the_screen_is_wiped_when_its_candidate_leaves_or_after_a_while() -> None:
    for leaves in (True, False):
        room = Room()
        room.start()
        room.tell(DonePressed())
        room.tell(DonePressed())
        view = room.runner.view(room.now_ms * MS)
        assert (view.phase, view.decided is not None) == (Phase.FINISHED, True)
        room.tell(Leave()) if leaves else room.wait(FINISHED_SHOWN_MS)
        view = room.runner.view(room.now_ms * MS)
        assert (view.phase, view.decided) == (Phase.IDLE, None)
