"""Two microphones in one room."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from edge_agent.config import Microphone
from edge_agent.flow import (
    AnswerEndReason,
    AudioBlock,
    AudioChunk,
    AudioFormat,
    Disturbance,
    Pcm,
    Utterance,
    VoiceFrame,
)
from edge_agent.hearing import Ears
from tests.edge_agent.hearing.helpers import CHUNK, quiet
from tests.edge_agent.hearing.signals import at_dbfs, buzz, pcm
from tests.edge_agent.hearing.test_real_speech import spoken
from tests.fakes.list_journal import ListJournal

pytestmark = pytest.mark.integration


class TwoEars:
    """Fed with as much sound for the left as for the right."""

    def __init__(self, channels: int = 2) -> None:
        ids = count(1)
        self.journal = ListJournal()
        self.frames: list[VoiceFrame] = []
        self.spoke: list[bool] = []
        self.ears = Ears(
            self.journal,
            Microphone(channels=2 if channels == 2 else 1),
            make_id=lambda: f"u{next(ids)}",
            on_voice=self.frames.append,
            on_speaking=self.spoke.append,
        )
        self.at = 0

    def hear(self, left: Pcm, right: Pcm, *, lost: int = 0) -> None:
        for start in range(0, len(left), CHUNK):
            gap, lost = lost, 0
            self.at += gap
            for channel, sound in ((0, left), (1, right)):
                piece = sound[start : start + CHUNK]
                mono_ns = 5_000_000_000 + self.at * 62_500
                self.ears.hear(AudioChunk(channel, self.at, mono_ns, piece, gap=gap > 0))
            self.at += len(left[start : start + CHUNK])


async def test_both_are_recorded_and_only_the_candidates_words_are_an_answer() -> None:
    room = TwoEars()
    room.ears.start_recording("i1")
    room.ears.open_answer("t1", "en")
    speech = await spoken("I led the migration of our payment service.", "en")
    room.hear(quiet(1_000), quiet(1_000))
    silent = np.zeros(len(speech), dtype=np.int16)
    room.hear(speech, silent)
    room.hear(quiet(1_000), quiet(1_000))
    room.hear(silent, speech)
    room.hear(quiet(1_000), quiet(1_000))
    (said,) = room.journal.of(Utterance)
    assert (said.channel, said.turn_id) == (0, "t1")
    assert room.ears.close_answer("t1", AnswerEndReason.DONE).utterances == 1
    room.ears.stop_recording()
    assert {one.channel for one in room.journal.of(AudioFormat)} == {0, 1}
    for channel in (0, 1):
        blocks = [one for one in room.journal.of(AudioBlock) if one.channel == channel]
        assert sum(one.sample_count for one in blocks) == room.at
        voiced = [max(one.voice) >= 128 for one in blocks]
        first_half = sum(voiced[: len(voiced) // 2])
        second_half = sum(voiced[len(voiced) // 2 :])
        assert (first_half > second_half) is (channel == 0)
    assert len(room.spoke) == 2


def test_one_microphone_is_one_channel() -> None:
    room = TwoEars(channels=1)
    room.ears.start_recording("i1")
    room.hear(quiet(400), quiet(400))
    assert {one.channel for one in room.journal.of(AudioBlock)} == {0}


def test_while_the_room_speaks_both_say_so() -> None:
    room = TwoEars()
    room.ears.start_recording("i1")
    room.ears.playing = True
    room.hear(quiet(400), quiet(400))
    assert room.ears.playing
    assert all(one.playing for one in room.journal.of(AudioBlock))


def test_lost_sound_is_a_gap_in_both_and_a_disturbance_once() -> None:
    room = TwoEars()
    room.ears.start_recording("i1")
    room.ears.open_answer("t1", "en")
    tone = pcm(at_dbfs(buzz(200, 0.4), -30))
    room.hear(tone, tone)
    room.hear(tone, tone, lost=1_600)
    gaps = [(one.channel, one.first_sample) for one in room.journal.of(AudioBlock) if one.gap]
    assert gaps == [(0, 8_000), (1, 8_000)]
    (told,) = room.journal.of(Disturbance)
    assert (told.cause, told.turn_id) == ("device", "t1")
    assert told.to_mono_ns - told.from_mono_ns == 100_000_000
    assert told.from_mono_ns == 5_000_000_000 + 400_000_000
