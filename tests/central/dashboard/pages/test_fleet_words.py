"""Everything the fleet pages say has its Korean, and every figure its words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from central.dashboard import i18n
from central.dashboard.pages import fleet_words
from central.dashboard.pages.fleet_figures import figures, sentence, span
from central.health.facts import Problem, RoomState, Severity
from central.health.rules import KINDS
from central.health.settable import SETTABLE
from central.storage.fleet_views import FleetRoom

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TABLES = {
    name: table
    for name, table in vars(fleet_words).items()
    if isinstance(table, dict) and name.isupper() and not name.endswith(("ICONS", "CLASSES"))
}


def room(**health: Any) -> FleetRoom:
    return FleetRoom(1, "r", "R", RoomState.GREEN, (), True, NOW, "1", {}, health, 0)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_sentence_has_its_korean(name: str) -> None:
    korean = i18n.catalogue("ko")
    assert [text for text in TABLES[name].values() if text not in korean] == []


@pytest.mark.parametrize("unit", ["d", "h", "min", "s", "ended", "in {span}"])
def test_every_unit_has_its_korean(unit: str) -> None:
    assert unit in i18n.catalogue("ko")


def test_every_kind_and_setting_has_words() -> None:
    assert set(fleet_words.PROBLEMS) == set(fleet_words.REMEDIES) == set(KINDS)
    assert set(fleet_words.SETTINGS) == set(SETTABLE)


@pytest.mark.parametrize(
    ("problem", "english"),
    [
        (Problem("fps_low", Severity.AMBER, {"fps": 12.5, "wanted": 30}),
         "12.5 of 30 frames a second"),
        (Problem("fps_low", Severity.AMBER, {}), "? of ? frames a second"),
        (Problem("token_reused", Severity.RED, {"token": "a1"}),
         "An enrolment token was used a second time (token a1)"),
        (Problem("moon_full", Severity.RED, {}), "Moon full"),
        (Problem("device_lost", Severity.RED, {"faults": "camera: {x}"}),
         "Device fault: The camera is lost ({x})"),
    ],
)  # fmt: skip
def test_any_alarm_can_be_said(problem: Problem, english: str) -> None:
    assert sentence(problem, "en") == english
    assert sentence(problem, "ko")


@pytest.mark.parametrize(
    ("seconds", "english", "korean"),
    [
        (0, "0 s", "0초"),
        (59, "59 s", "59초"),
        (60, "1 min", "1분"),
        (5_400, "1.5 h", "1.5시간"),
        (200_000, "2.3 d", "2.3일"),
        (90_000_000, "1,042 d", "1,042일"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_unit(
    seconds: float, english: str, korean: str
) -> None:
    assert (span(seconds, "en"), span(seconds, "ko")) == (english, korean)


def test_what_was_not_measured_is_said_and_has_no_age() -> None:
    told = figures(room(), "en", NOW)
    assert {one.value for one in told} == {None}
    assert {one.age_s for one in told} == {None}


def test_every_figure_has_a_value_and_an_age() -> None:
    now_ns = int(NOW.timestamp() * 1e9)
    names = {
        "fps", "frozen_ms", "frames_analysed", "frames_captured", "vision_restarts", "level_dbfs",
        "silent_ms", "records_appended", "records_acked", "oldest_unsent_ms", "spool_bytes",
        "spool_limit_bytes", "disk_free_bytes", "clock_skew_ms", "uptime_ms", "cpu_ratio",
        "memory_ratio", "temperature_celsius", "settings_version", "sound_lost_ms", "sentence_snr_db",
        "sentence_latency_ms", "sentence_error_ratio",
    }  # fmt: skip
    whole: dict[str, Any] = dict.fromkeys(names, 3)
    whole |= {"phase": "idle", "vision_provider": "x", "vision_profile": "gpu"}
    whole |= {"received_wall_ns": now_ns - 4_000_000_000}
    told = figures(room(**whole, certificate_ends_wall_ns=now_ns + 86_400_000_000_000), "en", NOW)
    assert [one.name for one in told if one.value is None] == []
    assert {one.age_s for one in told} == {4}
    assert next(one.value for one in told if one.name == "Certificate ends") == "in 1.0 d"
