"""Measures of delivery on sounds whose answers are known by construction."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.flow import AnswerEndReason, Delivery, Pcm
from edge_agent.hearing.level import level_dbfs
from edge_agent.hearing.noise import NoiseFloor
from edge_agent.hearing.pauses import PauseMeter
from edge_agent.hearing.pitch import PitchMeter, semitones
from edge_agent.hearing.syllables import SyllableMeter
from edge_agent.hearing.vad import SileroVoice
from edge_agent.kiosk.espeak import render
from tests.edge_agent.hearing.helpers import Ear, loud, quiet
from tests.edge_agent.hearing.signals import at_dbfs, beats, buzz, glide, noise, pcm
from tests.edge_agent.hearing.test_real_speech import at_16_khz

pytestmark = pytest.mark.unit

FRAME = 512


def frames(sound: Pcm) -> list[Pcm]:
    return [sound[at : at + FRAME] for at in range(0, len(sound) - FRAME + 1, FRAME)]


def pitches(sound: Pcm) -> list[float | None]:
    meter = PitchMeter()
    return [meter.take(frame, voice=True) for frame in frames(sound)]


def nuclei(sound: Pcm) -> int:
    meter = SyllableMeter()
    return sum(meter.take(frame, voiced=True) for frame in frames(sound))


@pytest.mark.parametrize("hz", [70, 85, 110, 165, 220, 310, 400, 480])
def test_the_pitch_of_a_pulse_train_is_found_to_a_thirtieth_of_a_semitone(hz: float) -> None:
    found = pitches(pcm(at_dbfs(buzz(hz), -20)))[2:]
    assert all(one is not None and abs(semitones(one, hz)) < 1 / 30 for one in found)


def test_a_voice_whose_lowest_tone_is_missing_has_its_pitch_all_the_same() -> None:
    """As over a small loudspeaker; and in noise 10 dB below it."""
    wave = at_dbfs(buzz(130, 2.0, partials=range(3, 12)), -20) + at_dbfs(noise(2.0), -30)
    found = pitches(pcm(wave))[2:]
    assert all(one is not None and abs(semitones(one, 130)) < 0.1 for one in found)


def test_a_glide_over_an_octave_is_followed_without_a_leap() -> None:
    found = [one for one in pitches(pcm(at_dbfs(glide(110, 220, 2.0), -20)))[2:] if one]
    assert len(found) >= 58
    assert all(abs(semitones(later, sooner)) < 1 for sooner, later in pairwise(found))
    # Between the middles of the first and of the last window, not of the whole glide.
    assert semitones(found[-1], found[0]) == pytest.approx(11.4, abs=0.2)


def test_noise_and_silence_have_no_pitch() -> None:
    found = pitches(pcm(at_dbfs(noise(10.0), -20)))
    assert sum(one is not None for one in found) == 0
    assert pitches(quiet(500)) == [None] * 15


def test_what_is_no_voice_has_no_pitch() -> None:
    meter = PitchMeter()
    tone = frames(pcm(at_dbfs(buzz(200), -20)))
    assert [meter.take(frame, voice=False) for frame in tone] == [None] * len(tone)


@pytest.mark.parametrize("rate_hz", [2, 3, 4, 5, 6, 7])
@pytest.mark.parametrize("depth_db", [6, 12])
def test_loud_moments_of_a_voice_are_counted_as_syllables(rate_hz: int, depth_db: int) -> None:
    wave = np.concatenate([beats(buzz(120, 5.0), rate_hz, depth_db), np.zeros(8_000)])
    assert abs(nuclei(pcm(at_dbfs(wave, -22))) - 5 * rate_hz) <= 1


def test_ripples_below_2_db_are_no_syllables() -> None:
    wave = np.concatenate([beats(buzz(120, 5.0), 4, 1.2), np.zeros(8_000)])
    assert nuclei(pcm(at_dbfs(wave, -22))) <= 1


def test_what_is_loud_without_voice_is_no_syllable() -> None:
    meter = SyllableMeter()
    wave = pcm(at_dbfs(beats(noise(5.0), 4, 12), -22))
    assert sum(meter.take(frame, voiced=False) for frame in frames(wave)) == 0


@pytest.mark.parametrize(
    ("text", "language", "syllables"),
    [
        ("저는 삼 년 동안 결제 시스템을 개발했습니다", "ko", 18),
        (
            "가장 어려웠던 문제는 데이터베이스를 새로운 서버로 옮기는 일이었습니다",
            "ko",
            31,
        ),
        ("I led the migration of our payment service to a new database", "en", 18),
    ],
)
async def test_most_syllables_of_synthetic_speech_are_found(
    text: str, language: str, syllables: int
) -> None:
    said = np.concatenate([at_16_khz(*await render(text, language)), quiet(500)])
    voice, pitch, meter = SileroVoice(), PitchMeter(), SyllableMeter()
    found = 0
    for frame in frames(said):
        hz = pitch.take(frame, voice=voice.probability(frame) >= 0.5)
        found += meter.take(frame, voiced=hz is not None)
    assert abs(found - syllables) <= syllables * 0.15


@pytest.mark.parametrize("dbfs", [-70, -50, -30])
def test_the_rooms_level_is_found_and_one_slammed_door_does_not_move_it(dbfs: float) -> None:
    floor = NoiseFloor()
    for frame in frames(pcm(at_dbfs(noise(5.0), dbfs))):
        floor.take(0.02, level_dbfs(frame))
    floor.take(0.1, -3.0)
    assert floor.dbfs == pytest.approx(dbfs, abs=0.3)


def test_voice_and_its_echo_are_no_part_of_the_rooms_level() -> None:
    floor = NoiseFloor()
    for _ in range(40):
        floor.take(0.01, -60.0)
    for _ in range(200):
        floor.take(0.9, -20.0)
    for _ in range(6):
        floor.take(0.1, -30.0)
    assert floor.dbfs == pytest.approx(-60.0)


def test_half_a_second_of_silence_makes_a_floor_and_less_does_not() -> None:
    floor = NoiseFloor()
    for _ in range(15):
        floor.take(0.0, -60.0)
    assert floor.dbfs is None
    floor.take(0.0, -60.0)
    assert floor.dbfs == -60.0


def paused(*parts: tuple[float, int]) -> list[int]:
    """Pauses in milliseconds of parts of (probability, number of 32 ms frames)."""
    meter = PauseMeter()
    found = [meter.take(probability) for probability, count in parts for _ in range(count)]
    return [one for one in found if one]


def test_pauses_are_silence_between_voice_of_a_quarter_of_a_second_and_more() -> None:
    assert paused((0.0, 50), (0.9, 20), (0.0, 31), (0.9, 20), (0.0, 90)) == [992]
    assert paused((0.9, 20), (0.0, 7), (0.9, 20)) == []
    assert paused((0.9, 20), (0.0, 8), (0.9, 20), (0.1, 20), (0.9, 4)) == [256, 640]


def test_a_cough_in_a_pause_does_not_part_it() -> None:
    assert paused((0.9, 20), (0.0, 20), (0.9, 3), (0.0, 20), (0.9, 20)) == [43 * 32]


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.4, 0.9]), st.integers(1, 40)), max_size=12))
@settings(max_examples=60)
def test_pauses_never_last_longer_than_what_was_heard(parts: list[tuple[float, int]]) -> None:
    heard_ms = 32 * sum(count for _, count in parts)
    found = paused(*parts)
    assert all(one >= 250 for one in found)
    assert sum(found) <= heard_ms


def heard(ear: Ear) -> list[Delivery]:
    return [frame.delivery for frame in ear.frames if frame.delivery and frame.turn_id]


def test_only_sound_of_an_open_answer_carries_its_turn() -> None:
    ear = Ear()
    ear.hear(loud(640))
    ear.listener.open_answer("t1", "en")
    ear.hear(loud(640))
    ear.listener.close_answer("t1", AnswerEndReason.DONE)
    ear.hear(loud(640))
    assert [frame.turn_id for frame in ear.frames] == [""] * 20 + ["t1"] * 20 + [""] * 20
    assert all(frame.delivery for frame in ear.frames)


def test_the_rooms_own_voice_and_its_echo_are_not_measured_as_the_candidates() -> None:
    ear = Ear()
    ear.listener.open_answer("t1", "en")
    ear.hear(loud(640))
    ear.listener.playing = True
    ear.hear(loud(640))
    ear.listener.playing = False
    ear.hear(loud(640))
    measured = [frame.delivery is not None for frame in ear.frames]
    assert measured[:20] == [True] * 20
    assert not any(measured[20:46])
    assert all(measured[47:])
    assert all(not frame.turn_id for frame in ear.frames[20:46])


def test_a_listener_measures_pauses_clipping_pitch_and_the_room_of_an_answer() -> None:
    ear = Ear()
    ear.hear(pcm(at_dbfs(noise(2.0), -60)))
    ear.listener.open_answer("t1", "en")
    voice = pcm(at_dbfs(buzz(150, 1.024), -12))
    ear.hear(voice, quiet(1_024), pcm(at_dbfs(buzz(150), -12) * 40))
    found = heard(ear)
    assert [one.pause_ms for one in found if one.pause_ms] == [pytest.approx(1_024, abs=40)]
    assert found[0].noise_dbfs == pytest.approx(-60, abs=0.3)
    middle = found[10].pitch_hz
    assert middle is not None
    assert abs(semitones(middle, 150)) < 0.05
    assert found[10].clipped_ratio == 0
    assert found[-5].clipped_ratio > 0.5
