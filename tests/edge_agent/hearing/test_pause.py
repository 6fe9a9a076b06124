"""Nothing that is said in a pause is kept; what was said before and after it is."""

from __future__ import annotations

import pytest

from edge_agent.flow import AnswerEndReason, AudioBlock, AudioFormat, Utterance, UtteranceCut
from tests.edge_agent.hearing.helpers import Ear, loud, quiet

pytestmark = pytest.mark.unit


def test_a_pause_in_mid_answer_leaves_a_hole_and_both_sides_of_it() -> None:
    ear = Ear()
    ear.listener.start_recording("i1")
    ear.listener.open_answer("t1", "en")
    ear.hear(quiet(400), loud(1_000))
    ear.listener.pause()
    (before,) = ear.journal.of(Utterance)
    began = ear.at
    assert (before.cut, before.end_sample) == (UtteranceCut.SPLIT, began)
    ear.hear(loud(2_000), quiet(700), loud(600))
    assert ear.journal.of(Utterance) == [before]
    went_on = ear.at
    ear.listener.go_on()
    ear.hear(quiet(400), loud(1_000), quiet(700))
    closed = ear.listener.close_answer("t1", AnswerEndReason.DONE)
    _, after = ear.journal.of(Utterance)
    assert after.first_sample >= went_on
    assert closed.utterances == 2
    blocks = ear.journal.of(AudioBlock)
    assert not [one for one in blocks if began <= one.first_sample < went_on]
    assert [one.first_sample for one in blocks if one.gap] == [went_on]
    assert len(ear.journal.of(AudioFormat)) == 1


def test_an_interview_that_begins_after_a_pause_is_kept() -> None:
    ear = Ear()
    ear.listener.start_recording("i1")
    ear.listener.pause()
    ear.listener.stop_recording()
    ear.listener.start_recording("i2")
    ear.hear(loud(400))
    assert ear.journal.of(AudioBlock)
