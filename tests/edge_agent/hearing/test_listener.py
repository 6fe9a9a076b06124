"""What a room's ears write down."""

from __future__ import annotations

import pytest

from edge_agent.flow import (
    AnswerEndReason,
    AudioBlock,
    AudioFormat,
    Codec,
    Utterance,
    UtteranceCut,
)
from tests.edge_agent.hearing.helpers import Ear, loud, quiet

pytestmark = pytest.mark.unit

DONE = AnswerEndReason.DONE


def listening() -> Ear:
    ear = Ear()
    ear.listener.start_recording("i1")
    ear.listener.open_answer("t1", "en")
    return ear


def test_voice_is_told_before_anything_is_recorded_and_nothing_is_kept() -> None:
    ear = Ear()
    ear.hear(quiet(300), loud(500), quiet(700))
    assert [on for _, on in ear.spoke] == [True, False]
    assert len(ear.frames) == 1500 * 16 // 512
    assert ear.journal.records == []


def test_an_utterance_names_the_records_that_hold_all_of_it() -> None:
    ear = listening()
    ear.hear(quiet(1_000), loud(1_000), quiet(1_000))
    (said,) = ear.journal.of(Utterance)
    assert said.cut is UtteranceCut.SILENCE
    assert 16_000 - 4_800 - 512 <= said.first_sample <= 16_000 - 4_800 + 512
    assert 32_000 <= said.end_sample <= 32_000 + 3_200 + 512
    assert 960 <= said.voiced_ms <= 1_040
    by_seq = {seq: value for seq, value, _ in ear.journal.records}
    first, last = by_seq[said.first_seq], by_seq[said.last_seq]
    assert isinstance(first, AudioBlock)
    assert isinstance(last, AudioBlock)
    assert first.first_sample <= said.first_sample < first.first_sample + first.sample_count
    assert last.first_sample < said.end_sample <= last.first_sample + last.sample_count
    assert isinstance(by_seq[said.format_seq], AudioFormat)


def test_two_sentences_are_two_utterances_without_overlap() -> None:
    ear = listening()
    ear.hear(loud(800), quiet(700), loud(800), quiet(700))
    one, two = ear.journal.of(Utterance)
    assert one.end_sample <= two.first_sample
    assert (one.ordinal, two.ordinal) == (0, 1)
    assert ear.listener.close_answer("t1", DONE).utterances == 2


def test_closing_an_answer_journals_what_is_being_said_with_its_last_sample() -> None:
    ear = listening()
    ear.hear(loud(990))
    closed = ear.listener.close_answer("t1", DONE)
    (said,) = ear.journal.of(Utterance)
    assert said.cut is UtteranceCut.ANSWER_END
    assert said.end_sample == closed.end_sample == ear.at
    blocks = ear.journal.of(AudioBlock)
    assert blocks[-1].sample_count < 3_200
    assert sum(block.sample_count for block in blocks) == ear.at


def test_an_answer_without_voice_has_no_utterance() -> None:
    ear = listening()
    ear.hear(quiet(3_000))
    assert ear.listener.close_answer("t1", DONE).utterances == 0
    assert ear.journal.of(Utterance) == []


def test_speech_that_began_just_before_the_answer_opened_belongs_to_it() -> None:
    ear = Ear()
    ear.listener.start_recording("i1")
    ear.hear(quiet(1_000), loud(200))
    ear.listener.open_answer("t1", "en")
    ear.hear(loud(500), quiet(700))
    (said,) = ear.journal.of(Utterance)
    assert said.first_sample < 16_000


def test_speech_outside_an_answer_is_recorded_but_is_no_utterance() -> None:
    ear = Ear()
    ear.listener.start_recording("i1")
    ear.hear(loud(1_000), quiet(1_000))
    assert ear.journal.of(Utterance) == []
    assert sum(block.sample_count for block in ear.journal.of(AudioBlock)) == 32_000


def test_the_rooms_own_voice_opens_no_utterance_and_blocks_say_that_it_played() -> None:
    ear = listening()
    ear.listener.playing = True
    ear.hear(loud(1_000))
    ear.listener.playing = False
    ear.hear(loud(100), quiet(900))
    assert ear.spoke == []
    assert ear.journal.of(Utterance) == []
    assert [block.playing for block in ear.journal.of(AudioBlock)] == [True] * 5 + [False] * 5


def test_who_answers_as_soon_as_the_room_is_silent_loses_no_word() -> None:
    ear = listening()
    ear.listener.playing = True
    ear.hear(quiet(1_024))
    ear.listener.playing = False
    ear.hear(loud(1_000), quiet(700))
    (said,) = ear.journal.of(Utterance)
    assert abs(said.first_sample - 1_024 * 16) <= 512


def test_22_s_without_a_pause_are_split_where_it_is_quietest() -> None:
    ear = listening()
    soft = loud(64) // 16  # probability 0.4: no silence, but less voice
    ear.hear(loud(20_000), soft, loud(5_000), quiet(700))
    one, two = ear.journal.of(Utterance)
    assert one.cut is UtteranceCut.SPLIT
    assert one.end_sample == two.first_sample
    assert abs(one.end_sample - (20_000 + 32) * 16) <= 512
    assert two.voiced_ms >= 4_900


def test_lost_sound_ends_the_utterance_and_leaves_room_in_the_numbering() -> None:
    ear = listening()
    ear.hear(loud(500))
    ear.hear_chunk(loud(20), lost=1_600)
    ear.hear(loud(480), quiet(700))
    one, two = ear.journal.of(Utterance)
    assert one.end_sample == 8_000
    assert two.first_sample == 9_600
    blocks = ear.journal.of(AudioBlock)
    assert [block.first_sample for block in blocks if block.gap] == [9_600]


def test_the_format_says_when_sample_0_was() -> None:
    ear = Ear()
    ear.hear(quiet(2_000))
    ear.listener.start_recording("i1")
    ear.hear(quiet(200))
    (form,) = ear.journal.of(AudioFormat)
    assert (form.codec, len(form.extradata)) == (Codec.FLAC, 34)
    assert form.sample_zero_mono_ns == 5_000_000_000
    assert {interview for _, _, interview in ear.journal.records} == {"i1"}


def test_blocks_carry_one_voice_byte_for_each_begun_32_ms() -> None:
    ear = listening()
    ear.hear(quiet(400), loud(400), quiet(400))
    blocks = ear.journal.of(AudioBlock)
    assert [len(block.voice) for block in blocks] == [7] * 6
    means = [sum(block.voice) / 7 for block in blocks]
    assert means[0] == 0
    assert means[3] == 255
