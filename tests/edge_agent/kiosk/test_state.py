"""What the page is told: words of this turn only, presses once, and the protocol's names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_agent.capture.script import Hands
from edge_agent.flow import Caption, FinalText, LinkState, Notice, Phase
from edge_agent.interview.confirming import ConfirmingView, Sentence
from edge_agent.interview.presses import DevicesTried, SkipPressed, WordsRight
from edge_agent.interview.steps import (
    CalibrationEnded,
    CheckedIn,
    Consented,
)
from edge_agent.interview.view import RunnerView
from edge_agent.kiosk.hands import REACTION_MS, ReplayHands
from edge_agent.kiosk.state import Counts, Surroundings, page_state
from edge_agent.kiosk.words import NOTICE_SHOWN_NS, Words
from tests.fakes.kiosk_agent import IDLE

pytestmark = pytest.mark.unit

VIEW = RunnerView(
    phase=Phase.ANSWERING,
    interview_id="1",
    language="ko",
    candidate_name="김",
    notice_version="v1",
    question_id="q",
    question_text="왜?",
    position=1,
    question_count=3,
    turn_id="t",
    phase_elapsed_ms=1200,
    answer_limit_ms=60_000,
    think_ms=0,
    still_there=False,
    closing=False,
)


def test_the_state_has_the_names_of_the_protocol() -> None:
    assert page_state(VIEW, Surroundings()).keys() == IDLE.keys()
    assert Counts.__slots__ == tuple(IDLE["counts"])


def test_a_question_is_shown_while_there_is_one() -> None:
    state = page_state(VIEW, Surroundings(link=LinkState.ONLINE, level_dbfs=-31.234))
    shown = {"question_id": "q", "turn_id": "t", "text": "왜?", "position": 1, "count": 3}
    assert state["question"] == shown
    assert (state["phase"], state["link"], state["level_dbfs"]) == ("answering", "online", -31.2)
    idle = replace(VIEW, phase=Phase.IDLE, question_id="")
    assert page_state(idle, Surroundings())["question"] is None


def test_words_of_another_turn_are_not_shown() -> None:
    words = Words()
    words.turn("t")
    words.take(Caption("old", "a", "b", "e"), 0)
    words.take(FinalText("old", "u", "gone", "e"), 0)
    assert words.caption() is None
    assert words.said() == ()


def test_a_final_sentence_takes_the_place_of_its_caption_once() -> None:
    words = Words()
    words.turn("t")
    words.take(Caption("t", "he", "llo", "e"), 0)
    assert words.caption() is not None
    for _ in range(2):
        words.take(FinalText("t", "u1", "hello", "e"), 0)
    words.take(FinalText("t", "u2", " ", "e"), 0)
    assert words.caption() is None
    assert words.said() == ("hello",)
    words.turn("next")
    assert words.said() == ()


def test_a_notice_goes_after_a_minute() -> None:
    words = Words()
    words.take(Notice("soon"), 100)
    assert words.notice(100 + NOTICE_SHOWN_NS - 1) == "soon"
    assert words.notice(100 + NOTICE_SHOWN_NS) is None


@pytest.mark.parametrize(
    ("phase", "pressed"),
    [
        (Phase.WAITING, CheckedIn),
        (Phase.CONSENTING, Consented),
        (Phase.CHECKING, DevicesTried),
        (Phase.PRACTISING, SkipPressed),
        (Phase.CALIBRATING, CalibrationEnded),
        (Phase.ANSWERING, type(None)),
    ],
)
def test_a_replayed_candidate_presses_after_a_moment(phase: Phase, pressed: type) -> None:
    hands = ReplayHands(Hands(True, True, False, True))
    early = replace(VIEW, phase=phase, phase_elapsed_ms=REACTION_MS - 1)
    assert hands.press(early) is None
    late = replace(VIEW, phase=phase, phase_elapsed_ms=REACTION_MS)
    assert isinstance(hands.press(late), pressed)
    assert ReplayHands(Hands()).press(late) is None


@pytest.mark.parametrize(("texts", "arriving"), [((), False), (("예",), True), (("예",), False)])
def test_a_replayed_candidate_confirms_words_that_are_all_there(
    texts: tuple[str, ...], arriving: bool
) -> None:
    said = tuple(Sentence("u", text, "") for text in texts)
    read = ConfirmingView(0, 1, "t", "왜?", said, arriving, 1_000)
    view = replace(VIEW, phase=Phase.CONFIRMING, confirming=read)
    expected = WordsRight("t") if texts and not arriving else None
    assert ReplayHands(Hands(check_in=True)).press(view) == expected
    assert list(page_state(view, Surroundings())["confirming"]["sentences"]) == [
        {"utterance_id": "u", "text": text, "written": ""} for text in texts
    ]
