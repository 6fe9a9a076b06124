"""A room's figures for people: which, in which words, and how old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from babel import numbers

from central.dashboard import i18n
from central.dashboard.pages import fault_words, fleet_words, words
from central.health.facts import Problem
from central.health.rules import figure
from central.storage.fleet_views import FleetRoom

NS_PER_S = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what, how much (None: not measured), and how long ago it was told."""

    name: str
    value: str | None
    age_s: int | None


def figures(room: FleetRoom, language: str, now: datetime) -> tuple[Figure, ...]:
    """Every figure of the last heartbeat."""
    health, told = room.health, _Told(room.health, language, now)
    age_s = told.age_s()
    values = {
        "phase": _phase(health, language),
        "fps": told.number("fps", digits=1),
        "frozen_ms": told.span("frozen_ms"),
        "frames": told.share("frames_analysed", "frames_captured"),
        "vision_provider": health.get("vision_provider") or None,
        "vision_profile": _profile(health, language),
        "vision_restarts": told.number("vision_restarts"),
        "level_dbfs": told.number("level_dbfs", unit=" dBFS", digits=1),
        "silent_ms": told.span("silent_ms"),
        "sound_lost_ms": told.span("sound_lost_ms"),
        "sentence_snr_db": told.number("sentence_snr_db", unit=" dB"),
        "sentence_latency_ms": told.number("sentence_latency_ms", unit=" ms"),
        "sentence_error_ratio": told.number("sentence_error_ratio", unit="%", per=0.01),
        "waiting": told.waiting(),
        "oldest_unsent_ms": told.span("oldest_unsent_ms"),
        "spool": told.share("spool_bytes", "spool_limit_bytes", unit="MB", per=1e6),
        "disk_free_bytes": told.number("disk_free_bytes", unit=" GB", per=1e9, digits=1),
        "certificate": told.ends("certificate_ends_wall_ns"),
        "clock_skew_ms": told.number("clock_skew_ms", unit=" s", per=1e3, digits=1),
        "uptime_ms": told.span("uptime_ms"),
        "cpu_ratio": told.number("cpu_ratio", unit="%", per=0.01),
        "memory_ratio": told.number("memory_ratio", unit="%", per=0.01),
        "temperature_celsius": told.number("temperature_celsius", unit=" °C"),
        "settings_version": told.number("settings_version"),
    }
    return tuple(
        Figure(i18n.translate(language, name), values[key], None if values[key] is None else age_s)
        for key, name in fleet_words.FIGURES.items()
    )


def sentence(problem: Problem, language: str) -> str:
    """A problem in one sentence; one that is not the rules' with its details behind."""
    if problem.kind in fleet_words.PROBLEMS:
        told = {key: _plain(value, language) for key, value in problem.figures.items()}
        told |= _in_words(problem.figures, language)
        text = i18n.translate(language, fleet_words.PROBLEMS[problem.kind])
        return text.format_map(_Known(told))
    known = fleet_words.OTHERS.get(problem.kind, problem.kind.replace("_", " ").capitalize())
    details = ", ".join(
        f"{key.replace('_', ' ')} {_plain(value, language)}"
        for key, value in problem.figures.items()
    )
    return i18n.translate(language, known) + (f" ({details})" if details else "")


def span(seconds: float, language: str) -> str:
    """A length of time in its largest unit, as a person says it: "12 s", "3 h", "2 days"."""
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        if seconds >= size or unit == "s":
            count = _decimal(
                seconds / size, 1 if size > 60 and seconds < 10 * size else 0, language
            )
            apart = "" if language == "ko" else " "
            return count + apart + i18n.translate(language, unit)
    raise AssertionError


def _in_words(given: Mapping[str, float | int | str], language: str) -> dict[str, str]:
    """Seconds as people say them, and devices by their names."""
    told = {}
    if isinstance(seconds := given.get("seconds"), int | float):
        told["span"] = span(abs(seconds), language)
    if isinstance(faults := given.get("faults"), str):
        said = (fault_words.in_words(one, language, details=True) for one in faults.split(" · "))
        told["faults"] = " · ".join(said)
    return told


class _Known(dict[str, str]):
    """An alarm of an earlier version may lack a figure."""

    def __missing__(self, key: str) -> str:
        return "?"


@dataclass(frozen=True, slots=True)
class _Told:
    """What one heartbeat told."""

    health: Mapping[str, Any]
    language: str
    now: datetime

    def age_s(self) -> int | None:
        received = self._figure("received_wall_ns")
        return None if received is None else max(0, round(self._now_s() - received / NS_PER_S))

    def number(self, name: str, *, unit: str = "", per: float = 1.0, digits: int = 0) -> str | None:
        value = self._figure(name)
        return None if value is None else _decimal(value / per, digits, self.language) + unit

    def span(self, name: str) -> str | None:
        value = self._figure(name)
        return None if value is None else span(value / 1000, self.language)

    def share(self, part: str, whole: str, *, unit: str = "", per: float = 1.0) -> str | None:
        have, of = self._figure(part), self._figure(whole)
        if have is None or of is None:
            return None
        texts = [_decimal(value / per, 0, self.language) for value in (have, of)]
        return " / ".join(texts) + (f" {unit}" if unit else "")

    def waiting(self) -> str | None:
        told, acked = self._figure("records_appended"), self._figure("records_acked")
        if told is None or acked is None:
            return None
        return _decimal(max(0, told - acked), 0, self.language)

    def ends(self, name: str) -> str | None:
        value = self._figure(name)
        if value is None:
            return None
        left_s = value / NS_PER_S - self._now_s()
        if left_s <= 0:
            return i18n.translate(self.language, "ended")
        return i18n.translate(self.language, "in {span}", span=span(left_s, self.language))

    def _figure(self, name: str) -> float | None:
        return figure(self.health, name)

    def _now_s(self) -> float:
        return self.now.astimezone(UTC).timestamp()


def _phase(health: Mapping[str, Any], language: str) -> str | None:
    phase = health.get("phase")
    return i18n.translate(language, words.PHASES[phase]) if phase in words.PHASES else None


def _profile(health: Mapping[str, Any], language: str) -> str | None:
    known = fleet_words.PROFILES.get(health.get("vision_profile") or "")
    return None if known is None else i18n.translate(language, known)


def _plain(value: float | str, language: str) -> str:
    if isinstance(value, str):
        return value
    return _decimal(value, 0 if float(value).is_integer() else 1, language)


def _decimal(value: float, digits: int, language: str) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = numbers.format_decimal(round(value, digits) + 0.0, pattern, locale=language)
    return str(text).replace("-", "\N{MINUS SIGN}")
