"""What a room packs, central unpacks: each codec over both sides' own code."""

from __future__ import annotations

import numpy as np
import pytest

from central.speech import decode
from central.speech import wire as central_wire
from central.speech.decode import Sound, SoundFormat
from edge_agent.flow import AudioBlock, AudioFormat, Pcm
from edge_agent.hearing.blocks import BlockWriter
from edge_agent.hearing.codec import FlacCodec, OpusCodec, PacketCodec, PcmCodec
from edge_agent.uplink import wire as edge_wire
from tests.fakes.list_journal import ListJournal

pytestmark = pytest.mark.unit

RATE_HZ = 16_000
FIRST = 48_000
"""A recording begins in the middle of the numbering."""
LOSSLESS = [FlacCodec, PcmCodec]
EVERY = [*LOSSLESS, OpusCodec]


def speech(count: int) -> Pcm:
    """A voice's pitch and formants with syllables: what Opus is made for."""
    t = np.arange(count) / RATE_HZ
    phase = 2 * np.pi * (130 * t + 6 * np.sin(2 * np.pi * 1.3 * t))
    voice = sum(np.sin(n * phase) / n for n in range(1, 12))
    syllables = np.clip(np.sin(2 * np.pi * 2.2 * t), 0, None)
    return np.asarray(voice * syllables * 6_000, dtype=np.int16)


def written(codec: PacketCodec, parts: list[Pcm | int]) -> tuple[SoundFormat, list[Sound]]:
    """As central reads it; a number is so many samples lost."""
    journal = ListJournal()
    writer = BlockWriter(
        journal,
        codec,
        interview_id="7",
        channel=0,
        first_sample=FIRST,
        sample_zero_mono_ns=0,
    )
    for part in parts:
        if isinstance(part, int):
            writer.skip_to(writer.end_sample + part)
        else:
            writer.write(part, playing=False)
            writer.close_block()
    (form,) = (edge_wire.encode(one)[1] for one in journal.of(AudioFormat))
    blocks = [edge_wire.encode(one)[1] for one in journal.of(AudioBlock)]
    return central_wire.sound_format(form), [central_wire.sound(one) for one in blocks]


def loudness(pcm: np.ndarray) -> np.ndarray:
    """Every 5 ms: what Opus keeps; the waveform itself it does not."""
    cells = pcm[: len(pcm) // 80 * 80].astype(float).reshape(-1, 80)
    return np.asarray(np.sqrt((cells**2).mean(axis=1)))


def likeness(one: Pcm, other: np.ndarray) -> float:
    assert len(one) == len(other)
    return float(np.corrcoef(loudness(one), loudness(other))[0, 1])


def lag(one: Pcm, other: np.ndarray) -> int:
    """By how many samples the other is late."""
    return max(range(-50, 51), key=lambda by: float(np.dot(one.astype(float), np.roll(other, -by))))


@pytest.mark.parametrize("codec", LOSSLESS)
def test_lossless_sound_comes_back_bit_for_bit(codec: type[PacketCodec]) -> None:
    said = speech(23_456)
    form, sounds = written(codec(), [said[:10_000], said[10_000:]])
    pcm = decode.cut(sounds, form, FIRST, FIRST + len(said))
    assert np.array_equal(np.round(pcm * 32_768), said)


@pytest.mark.parametrize("codec", EVERY)
def test_every_sample_lies_where_it_was_said(codec: type[PacketCodec]) -> None:
    """Also behind blocks that an utterance cut short, and from the middle of a recording on."""
    said = speech(64_000)
    form, sounds = written(codec(), [said[:10_000], said[10_000:10_050], said[10_050:]])
    assert sum(one.sample_count for one in sounds) == len(said)
    for first, end in ((0, 64_000), (10_050, 20_000), (31_111, 47_321)):
        held = [
            one
            for one in sounds
            if one.first_sample < FIRST + end
            and one.first_sample + one.sample_count > FIRST + first
        ]
        pcm = decode.cut(held, form, FIRST + first, FIRST + end)
        assert likeness(said[first:end], pcm) > 0.95
        assert abs(lag(said[first:end], pcm)) <= 8


@pytest.mark.parametrize("codec", EVERY)
def test_lost_sound_is_silence_and_what_follows_keeps_its_place(codec: type[PacketCodec]) -> None:
    said = speech(32_000)
    form, sounds = written(codec(), [said[:16_000], 5_000, said[16_000:]])
    pcm = decode.cut(sounds, form, FIRST, FIRST + 37_000)
    assert not pcm[16_200:21_000].any()
    assert likeness(said[16_000:], pcm[21_000:]) > 0.95
    assert abs(lag(said[16_000:], pcm[21_000:])) <= 8


@pytest.mark.parametrize("codec", EVERY)
def test_a_recording_holds_nothing_of_the_one_before(codec: type[PacketCodec]) -> None:
    packer = codec()
    written(packer, [speech(6_400)])
    form, sounds = written(packer, [np.zeros(3_200, dtype=np.int16)])
    pcm = decode.cut(sounds, form, FIRST, FIRST + 3_200)
    assert np.abs(pcm).max() < 1e-3


@pytest.mark.parametrize("codec", EVERY)
def test_packets_without_their_records_are_heard_too(codec: type[PacketCodec]) -> None:
    """Captions ask for them as they come."""
    said = speech(16_000)
    form, sounds = written(codec(), [said])
    pcm = decode.whole([packet for one in sounds for packet in one.packets], form)
    assert len(pcm) == len(said)
    assert likeness(said, pcm) > 0.95
