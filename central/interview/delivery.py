"""How an answer was said, from its score windows: levels, pauses, syllables, pitch. Pure.

The measures are of sound and describe it; nothing is scored. Whether somebody is confident or nervous
does not follow from them: `STATES` names what is not assessed, with the reason. As everywhere, the order
in which windows came changes nothing, and what was not measured is None with the reason.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from central.interview.aggregates import Entry, Window, weighted

LEAST_VOICE_S: Final = 2.0
"""Less voice than this says nothing about how somebody speaks."""
RANGE_SDS: Final = 4.0
"""Pitch range: two standard deviations to each side of the mean (W. Jassem, 1971), since the ends of a
voice's range are where its pitch is found wrong."""
TALK: Final = "talk_ratio"


@dataclass(frozen=True, slots=True)
class DeliveryMeasure:
    """`value` in the unit of its name's end, or None for `reason`. `coverage` 0 to 1 is the share of the
    answer behind it: of pitch and level that with voice.
    """

    name: str
    value: float | None
    coverage: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Something about a person that sound is sometimes said to show."""

    name: str
    reason: str


STATES: Final = (
    State("confidence", "inner_state"),
    State("nervousness", "inner_state"),
)
"""Asked for by some; not assessed."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """Of one answer, or of all. `heard_s` is how long answers were open and heard, `voice_s` how much of
    that had voice.
    """

    heard_s: float
    voice_s: float
    measures: tuple[DeliveryMeasure, ...]
    not_assessed: tuple[State, ...] = STATES


def delivery(windows: Sequence[Window]) -> DeliveryReport:
    """Everything over `windows`, each a second long."""
    heard_s = sum(coverage for _, coverage in _of(TALK, windows))
    voice_s = sum((value or 0.0) * coverage for value, coverage in _of(TALK, windows))
    return DeliveryReport(
        heard_s=round(heard_s, 2),
        voice_s=round(voice_s, 2),
        measures=tuple(_measure(name, read(windows), voice_s) for name, read in MEASURES.items()),
    )


def _measure(name: str, found: Entry, voice_s: float) -> DeliveryMeasure:
    value, coverage = found
    if name in OF_VOICE and voice_s < LEAST_VOICE_S:
        return DeliveryMeasure(name, None, round(coverage, 4), "too_little_voice")
    if value is None:
        reason = "no_sentence" if name in COMPARED else "not_measured"
        return DeliveryMeasure(name, None, 0.0, reason)
    return DeliveryMeasure(name, round(value, 4), round(coverage, 4))


def _of(name: str, windows: Iterable[Window]) -> list[tuple[float | None, float]]:
    return [window.get(name, (None, 0.0)) for window in windows]


def _total(name: str, windows: Sequence[Window]) -> float:
    return sum(value for value, coverage in _of(name, windows) if value is not None and coverage)


def _mean(name: str) -> Callable[[Sequence[Window]], Entry]:
    """Weighted by what stands behind each window: the mean of all frames."""
    return lambda windows: weighted(_of(name, windows))


def _middle(name: str) -> Callable[[Sequence[Window]], Entry]:
    """The weighted median of the windows' medians."""

    def read(windows: Sequence[Window]) -> Entry:
        entries = _of(name, windows)
        known = sorted((v, share) for v, share in entries if v is not None and share > 0)
        half, passed = sum(share for _, share in known) / 2, 0.0
        for value, share in known:
            passed += share
            if passed >= half:
                return value, sum(share for _, share in known) / len(entries)
        return None, 0.0

    return read


def _sum(name: str) -> Callable[[Sequence[Window]], Entry]:
    def read(windows: Sequence[Window]) -> Entry:
        if not any(coverage for _, coverage in _of(name, windows)):
            return None, 0.0
        return _total(name, windows), weighted(_of(name, windows))[1]

    return read


def _most(name: str) -> Callable[[Sequence[Window]], Entry]:
    def read(windows: Sequence[Window]) -> Entry:
        known = [value for value, share in _of(name, windows) if value is not None and share]
        return (max(known), weighted(_of(name, windows))[1]) if known else (None, 0.0)

    return read


def _speaking_rate(windows: Sequence[Window]) -> Entry:
    """Syllables over all of the open answer, pauses and silence with it."""
    entries = _of(TALK, windows)
    heard = sum(coverage for _, coverage in entries)
    return (
        (_total("syllables_count", windows) / heard, heard / len(entries)) if heard else (None, 0.0)
    )


def _pitch_range(windows: Sequence[Window]) -> Entry:
    """From each window's mean and spread: together they are those of all frames, exactly."""
    mean, coverage = weighted(_of("pitch_st", windows))
    if mean is None:
        return None, 0.0
    parts = [
        (centre, spread, share)
        for (centre, share), (spread, _) in zip(
            _of("pitch_st", windows), _of("pitch_sd_st", windows), strict=True
        )
        if centre is not None and spread is not None and share > 0
    ]
    total = sum(share for *_, share in parts)
    if total <= 0:
        return None, 0.0
    variance = sum(share * (s**2 + (m - mean) ** 2) for m, s, share in parts) / total
    return RANGE_SDS * math.sqrt(variance), coverage


MEASURES: Final[dict[str, Callable[[Sequence[Window]], Entry]]] = {
    "talk_ratio": _mean(TALK),
    "voice_level_dbfs": _middle("voice_level_dbfs"),
    "voice_level_shift_db": _mean("voice_level_shift_db"),
    "snr_db": _middle("snr_db"),
    "clipped_ratio": _mean("clipped_ratio"),
    "pauses_count": _sum("pauses_count"),
    "pauses_s": _sum("pauses_s"),
    "longest_pause_s": _most("longest_pause_s"),
    "articulation_rate_hz": _mean("syllable_rate_hz"),
    "speaking_rate_hz": _speaking_rate,
    "syllable_rate_ratio": _mean("syllable_rate_ratio"),
    "pitch_hz": _middle("pitch_hz"),
    "pitch_shift_st": _mean("pitch_shift_st"),
    "pitch_range_st": _pitch_range,
}
"""In the order of the report."""
COMPARED: Final = frozenset({"voice_level_shift_db", "syllable_rate_ratio", "pitch_shift_st"})
"""With the candidate's own calibration sentence."""
OF_VOICE: Final = frozenset(MEASURES) - {
    "talk_ratio",
    "pauses_count",
    "pauses_s",
    "longest_pause_s",
}
"""What says nothing where there is hardly any voice."""
CHANNELS: Final = frozenset(
    {
        "voice_level_dbfs",
        "voice_level_shift_db",
        "snr_db",
        "clipped_ratio",
        "talk_ratio",
        "pauses_count",
        "pauses_s",
        "longest_pause_s",
        "syllables_count",
        "syllable_rate_hz",
        "syllable_rate_ratio",
        "pitch_hz",
        "pitch_st",
        "pitch_sd_st",
        "pitch_shift_st",
    }
)
"""Of the windows that this is computed from; reports show them here and not with the others."""
