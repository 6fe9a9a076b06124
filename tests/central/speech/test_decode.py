"""Sound is cut to the sample, whatever the packets' borders are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.errors import EngineError
from central.speech.decode import Codec, Sound, SoundFormat, cut, whole

pytestmark = pytest.mark.unit

RAMP = np.arange(-8000, 8000, dtype=np.int16)
PCM = SoundFormat(Codec.PCM, 16_000, b"")


def pcm_sounds(length: int, start: int = 0) -> list[Sound]:
    return [
        Sound(start + at, len(part), (part.tobytes(),))
        for at in range(0, len(RAMP), length)
        if (part := RAMP[at : at + length]) is not None
    ]


def flac_sounds(samples: np.ndarray, length: int) -> tuple[list[Sound], SoundFormat]:
    encoder = av.CodecContext.create("flac", "w")
    encoder.sample_rate = 16_000
    encoder.format = "s16"
    encoder.layout = "mono"
    encoder.time_base = Fraction(1, 16_000)
    encoder.options = {"frame_size": str(length)}
    encoder.open()
    packets = []
    for at in range(0, len(samples), length):
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis, at : at + length], "s16", "mono")
        frame.sample_rate = 16_000
        frame.pts = at
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    sounds = [
        Sound(packet.pts, packet.duration, (bytes(packet),)) for packet in packets if packet.size
    ]
    return sounds, SoundFormat(Codec.FLAC, 16_000, bytes(encoder.extradata))


@given(
    first=st.integers(0, len(RAMP)),
    length=st.integers(0, 4000),
    record=st.sampled_from([1, 160, 3200, 5000]),
)
def test_a_cut_is_exact_to_the_sample(first: int, length: int, record: int) -> None:
    record = max(record, 100)
    end = min(first + length, len(RAMP))
    pcm = cut(pcm_sounds(record, start=500), PCM, first + 500, end + 500)
    assert np.array_equal(np.round(pcm * 32768), RAMP[first:end])


def test_flac_gives_back_every_sample() -> None:
    sounds, form = flac_sounds(RAMP, 3200)
    pcm = cut(sounds, form, 1234, 9876)
    assert np.array_equal(np.round(pcm * 32768), RAMP[1234:9876])
    packets = [packet for sound in sounds for packet in sound.packets]
    assert len(whole(packets, form)) == len(RAMP)


def test_records_may_come_in_any_order_and_a_gap_is_silence() -> None:
    sounds = pcm_sounds(3200)
    del sounds[1]
    pcm = cut(sounds[::-1], PCM, 0, 9600)
    assert not pcm[3200:6400].any()
    assert np.array_equal(np.round(pcm[6400:9600] * 32768), RAMP[6400:9600])


def test_sound_of_another_microphone_is_left_out() -> None:
    sounds = [*pcm_sounds(3200), *(replace(one, channel=1) for one in pcm_sounds(1600))]
    assert np.array_equal(cut(sounds, PCM, 0, 9600), cut(pcm_sounds(3200), PCM, 0, 9600))


def test_other_rates_become_16_khz() -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000) * 10_000
    packet = tone.astype("<i2").tobytes()
    pcm = whole([packet], SoundFormat(Codec.PCM, 48_000, b""))
    assert abs(len(pcm) - 16_000) < 50
    spectrum = np.abs(np.fft.rfft(pcm[:16_000], 16_000))
    assert int(spectrum.argmax()) == 440


@pytest.mark.parametrize(
    ("form", "sound"),
    [
        (PCM, Sound(0, 5, (b"\0" * 8,))),
        (PCM, Sound(0, 1, (b"\0" * 3,))),
        (SoundFormat(Codec.OPUS, 48_000, b""), Sound(0, 1, (b"\0",))),
        (SoundFormat(Codec.FLAC, 16_000, b""), Sound(0, 100, (b"no flac at all",))),
    ],
)
def test_what_cannot_be_decoded_is_an_error_and_not_silence(
    form: SoundFormat, sound: Sound
) -> None:
    with pytest.raises(EngineError):
        cut([sound], form, 0, 100)
