"""How an answer was said, from windows whose answer is known."""

from __future__ import annotations

import math
import random

import pytest

from central.interview.aggregates import Window
from central.interview.delivery import (
    CHANNELS,
    COMPARED,
    MEASURES,
    DeliveryMeasure,
    DeliveryReport,
    delivery,
)

pytestmark = pytest.mark.unit


def window(
    *,
    talk: float | None = 0.5,
    heard: float = 1.0,
    syllables: float = 2.0,
    pauses: tuple[float, ...] = (),
    pitch_st: float = 12.0,
    sd_st: float = 0.0,
    shift: bool = True,
) -> Window:
    """A second with this much of it in an answer, and of that this much voice."""
    voiced = heard * (talk or 0.0)
    said = voiced > 0
    rate = syllables / voiced if said else None
    return {
        "talk_ratio": (talk, heard),
        "pauses_count": (float(len(pauses)), heard),
        "pauses_s": (sum(pauses), heard),
        "longest_pause_s": (max(pauses, default=0.0), heard),
        "syllables_count": (syllables, heard),
        "syllable_rate_hz": (rate, voiced),
        "syllable_rate_ratio": (rate / 4 if rate is not None and shift else None, voiced * shift),
        "voice_level_dbfs": (-20.0 if said else None, voiced),
        "voice_level_shift_db": (3.0 if said and shift else None, voiced * shift),
        "snr_db": (30.0 if said else None, voiced),
        "clipped_ratio": (0.0 if said else None, voiced),
        "pitch_hz": (100 * 2 ** (pitch_st / 12) if said else None, voiced),
        "pitch_st": (pitch_st if said else None, voiced),
        "pitch_sd_st": (sd_st if said else None, voiced),
        "pitch_shift_st": (pitch_st - 10 if said and shift else None, voiced * shift),
    }


def found(report: DeliveryReport) -> dict[str, DeliveryMeasure]:
    return {one.name: one for one in report.measures}


def test_the_windows_of_a_room_are_all_that_it_reads() -> None:
    assert set(window()) == CHANNELS


def test_of_nothing_nothing_is_said() -> None:
    for windows in ([], [{"level_dbfs": (-30.0, 1.0)}]):
        report = delivery(windows)
        assert (report.heard_s, report.voice_s) == (0.0, 0.0)
        assert all(one.value is None and one.reason for one in report.measures)


def test_times_and_rates_are_over_what_was_heard() -> None:
    """Ten seconds with half of them voice, then a second of which 0.5 s belong to the answer."""
    windows = [*[window() for _ in range(10)], window(talk=0.0, heard=0.5, syllables=0.0)]
    report = delivery(windows)
    assert (report.heard_s, report.voice_s) == (10.5, 5.0)
    values = found(report)
    assert values["talk_ratio"].value == pytest.approx(5 / 10.5, abs=1e-4)
    assert values["articulation_rate_hz"].value == pytest.approx(20 / 5)
    assert values["speaking_rate_hz"].value == pytest.approx(20 / 10.5, abs=1e-4)
    assert values["syllable_rate_ratio"].value == pytest.approx(1.0)


def test_pauses_are_summed_and_the_longest_is_named() -> None:
    windows = [window(), window(pauses=(0.4, 0.3)), window(pauses=(5.0,)), window(), window()]
    values = found(delivery(windows))
    assert values["pauses_count"].value == 3.0
    assert values["pauses_s"].value == pytest.approx(5.7)
    assert values["longest_pause_s"].value == 5.0


def test_the_range_of_pitch_is_four_deviations_over_all_the_voice() -> None:
    """Half of the voice 2 semitones above, half 2 below the mean: a deviation of 2."""
    windows = [window(pitch_st=14.0) for _ in range(5)] + [window(pitch_st=10.0) for _ in range(5)]
    values = found(delivery(windows))
    assert values["pitch_range_st"].value == pytest.approx(8.0)
    assert values["pitch_shift_st"].value == pytest.approx(2.0)
    within = [window(pitch_st=14.0, sd_st=1.5) for _ in range(5)]
    assert found(delivery(within))["pitch_range_st"].value == pytest.approx(6.0)


def test_a_window_weighs_as_much_as_its_voice() -> None:
    windows = [window(talk=0.9, pitch_st=12.0), window(talk=0.9, pitch_st=12.0)]
    windows += [window(talk=0.9), window(talk=0.1, pitch_st=0.0)]
    shift = found(delivery(windows))["pitch_shift_st"].value
    assert shift == pytest.approx((0.9 * 3 * 2 - 0.1 * 10) / 2.8, abs=1e-4)


def test_with_less_than_two_seconds_of_voice_only_time_is_told() -> None:
    values = found(delivery([window(talk=0.5) for _ in range(3)]))
    assert values["talk_ratio"].value == pytest.approx(0.5)
    assert values["pauses_count"].value == 0.0
    assert values["pitch_hz"] == DeliveryMeasure("pitch_hz", None, 0.5, "too_little_voice")


def test_without_a_calibration_sentence_nothing_is_compared_and_the_rest_stands() -> None:
    values = found(delivery([window(shift=False) for _ in range(8)]))
    assert {name for name, one in values.items() if one.value is None} == COMPARED
    assert {one.reason for one in values.values() if one.value is None} == {"no_sentence"}


def test_the_order_of_windows_changes_nothing() -> None:
    windows = [window(talk=n / 12, pitch_st=n, pauses=(n / 4,)) for n in range(1, 12)]
    mixed = random.Random(1).sample(windows, len(windows))
    for one, other in zip(delivery(windows).measures, delivery(mixed).measures, strict=True):
        assert one.value is not None
        assert other.value is not None
        assert math.isclose(one.value, other.value, abs_tol=1e-4)


def test_inner_states_are_not_assessed_and_say_why() -> None:
    report = delivery([window() for _ in range(9)])
    assert [(one.name, one.reason) for one in report.not_assessed] == [
        ("confidence", "inner_state"),
        ("nervousness", "inner_state"),
    ]
    assert list(MEASURES) == [one.name for one in report.measures]
