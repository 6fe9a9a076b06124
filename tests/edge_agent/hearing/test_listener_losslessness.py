"""Whatever happens while a room records, its sound is all there, once, bit for bit."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.flow import AnswerEndReason, Pcm, Utterance
from edge_agent.hearing.codec import FlacCodec, PacketCodec, PcmCodec
from tests.edge_agent.hearing.helpers import CHUNK, Ear, loud, quiet

pytestmark = pytest.mark.unit


def noise(count: int) -> Pcm:
    return np.random.default_rng(count).integers(-32_768, 32_767, count).astype(np.int16)


parts = st.lists(
    st.one_of(
        st.integers(1, 900).map(loud),
        st.integers(1, 900).map(quiet),
        st.integers(1, 5_000).map(noise),
        st.sampled_from(["open", "close", "stop", "start", "play", "hush", "gap"]),
    ),
    max_size=25,
)


class Story:
    """Plays parts to an ear and keeps what it should have recorded."""

    def __init__(self, codec: PacketCodec) -> None:
        self.ear = Ear(codec=codec)
        self.kept: dict[int, int] = {}
        self.recording = False
        self.answers = 0

    def sound(self, pcm: Pcm) -> None:
        if self.recording:
            self.kept.update(enumerate(pcm.tolist(), self.ear.at))
        self.ear.hear(pcm)

    def act(self, name: str) -> None:
        listener = self.ear.listener
        match name:
            case "open":
                self.answers += 1
                listener.open_answer(f"t{self.answers}", "ko")
            case "close":
                listener.close_answer(f"t{self.answers}", AnswerEndReason.DONE)
            case "start":
                listener.start_recording("i1")
                self.recording = True
            case "stop":
                listener.stop_recording()
                self.recording = False
            case "gap":
                self.ear.hear_chunk(quiet(20), lost=700)
                if self.recording:
                    self.kept.update(dict.fromkeys(range(self.ear.at - CHUNK, self.ear.at), 0))
            case _:
                listener.playing = name == "play"


@settings(max_examples=80, deadline=None)
@given(parts, st.sampled_from([FlacCodec, PcmCodec]))
def test_every_recorded_sample_is_in_exactly_one_block_bit_for_bit(
    told: list[Pcm | str], codec: type[PacketCodec]
) -> None:
    story = Story(codec())
    for part in told:
        if isinstance(part, str):
            story.act(part)
        else:
            story.sound(part)
    story.ear.listener.stop_recording()
    found: dict[int, int] = {}
    for block, pcm in story.ear.decoded():
        assert block.sample_count == len(pcm) <= 3_200
        assert not found.keys() & range(block.first_sample, block.first_sample + len(pcm))
        found.update(enumerate(pcm.tolist(), block.first_sample))
    assert found == story.kept
    for one, two in pairwise(story.ear.journal.of(Utterance)):
        assert one.first_sample < one.end_sample <= two.first_sample


@pytest.mark.parametrize("codec", [FlacCodec, PcmCodec])
@pytest.mark.parametrize("count", [1, 2, 15, 16, 17, 511, 3_199, 3_200])
def test_packets_of_any_length_decode_one_by_one(codec: type[PacketCodec], count: int) -> None:
    from edge_agent.hearing.codec import decode

    packer = codec()
    packer.encode(noise(3_200))
    sound = noise(count)
    parts = [decode(packer.codec, packer.extradata, one) for one in packer.encode(sound)]
    assert np.array_equal(np.concatenate(parts), sound)
