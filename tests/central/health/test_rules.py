"""Every rule at its edges, and nothing said about what was not measured."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.dashboard.pages import fleet_words
from central.dashboard.pages.fleet_figures import sentence
from central.health.facts import AgentFacts, Problem, RoomState, Severity
from central.health.rules import KINDS, newest, problems, state_of
from central.health.thresholds import Thresholds

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
AMBER, RED = Severity.AMBER, Severity.RED
WELL: dict[str, Any] = {
    "fps": 29.9,
    "wanted_fps": 30,
    "frozen_ms": 0,
    "silent_ms": 0,
    "oldest_unsent_ms": 0,
    "spool_bytes": 0,
    "spool_limit_bytes": 268_435_456,
    "disk_free_bytes": 80_000_000_000,
    "clock_skew_ms": -12,
    "uptime_ms": 86_400_000,
    "vision_restarts": 0,
    "temperature_celsius": 51.0,
    "memory_ratio": 0.4,
    "phase": "idle",
    "faults": [],
}


def room(
    *, connected: bool = True, seen_s: float = 2, version: str = "1.2.0", **health: Any
) -> AgentFacts:
    seen = NOW - timedelta(seconds=seen_s)
    return AgentFacts(1, connected, seen, version, WELL | health)


def ends_in(hours: float) -> int:
    return int((NOW + timedelta(hours=hours)).timestamp() * 1e9)


def found(agent: AgentFacts) -> list[tuple[str, Severity]]:
    return [(one.kind, one.severity) for one in problems(agent, "1.2.0", NOW, Thresholds())]


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        ({}, []),
        ({"frozen_ms": 5_000}, []),
        ({"frozen_ms": 5_001}, [("camera_frozen", RED)]),
        ({"silent_ms": 60_000}, []),
        ({"silent_ms": 60_001}, [("microphone_silent", AMBER)]),
        ({"silent_ms": 60_001, "phase": "answering"}, [("microphone_silent", RED)]),
        ({"fps": 24.0}, []),
        ({"fps": 23.9}, [("fps_low", AMBER)]),
        ({"fps": 14.9}, [("fps_low", RED)]),
        ({"fps": 12.0, "wanted_fps": 15}, []),
        ({"fps": 3.0, "wanted_fps": None}, []),  # a replay has its own pace
        ({"oldest_unsent_ms": 30_000}, []),
        ({"oldest_unsent_ms": 30_001}, [("spool_growing", AMBER)]),
        ({"oldest_unsent_ms": 300_001}, [("spool_growing", RED)]),
        ({"spool_bytes": 134_217_729}, [("spool_filling", AMBER)]),
        ({"spool_bytes": 268_435_456}, [("spool_filling", RED)]),
        ({"disk_free_bytes": 4_999_999_999}, [("disk_low", AMBER)]),
        ({"disk_free_bytes": 999_999_999}, [("disk_low", RED)]),
        ({"clock_skew_ms": -10_001}, [("clock_off", AMBER)]),
        ({"clock_skew_ms": 60_001}, [("clock_off", RED)]),
        ({"vision_restarts": 3, "uptime_ms": 1_800_000}, [("vision_restarting", AMBER)]),
        ({"vision_restarts": 3, "uptime_ms": 7_200_000}, []),
        ({"vision_restarts": 2, "uptime_ms": 60_000}, []),
        ({"temperature_celsius": 86.0}, [("machine_hot", AMBER)]),
        ({"vision_fallback": ""}, []),
        ({"vision_fallback": "CUDA does not load"}, [("vision_fallback", AMBER)]),
        ({"memory_ratio": 0.96}, [("memory_full", AMBER)]),
        ({"faults": ["camera: gone"]}, [("device_lost", RED)]),
        ({"faults": ["clock: 3 s ahead"]}, [("room_fault", AMBER)]),
        ({"faults": ["no colon"]}, [("room_fault", AMBER)]),
        ({"faults": ["check_in: 5 wrong codes; staff let the candidate in"]}, []),
        ({"certificate_ends_wall_ns": ends_in(48)}, []),
        ({"certificate_ends_wall_ns": ends_in(47.9)}, [("certificate_ending", AMBER)]),
        ({"certificate_ends_wall_ns": ends_in(11.9)}, [("certificate_ending", RED)]),
        ({"certificate_ends_wall_ns": ends_in(-3)}, [("certificate_ending", RED)]),
        (
            {"fps": 20.0, "faults": ["speaker: x"], "disk_free_bytes": 0},
            [("device_lost", RED), ("disk_low", RED), ("fps_low", AMBER)],
        ),
    ],
)
def test_a_figure_is_a_problem_from_its_threshold_on(
    health: dict[str, Any], expected: list[tuple[str, Severity]]
) -> None:
    assert found(room(**health)) == expected


@pytest.mark.parametrize(
    ("agent", "expected", "state"),
    [
        (room(), [], RoomState.GREEN),
        (room(fps=20.0), [("fps_low", AMBER)], RoomState.AMBER),
        (room(frozen_ms=9_000), [("camera_frozen", RED)], RoomState.RED),
        (room(connected=False, seen_s=10), [], RoomState.AMBER),  # it may be back at once
        (room(connected=False, seen_s=31), [("agent_away", RED)], RoomState.RED),
        (room(connected=True, seen_s=31), [("agent_away", RED)], RoomState.RED),
        (room(connected=False, seen_s=31, frozen_ms=9_000), [("agent_away", RED)], RoomState.RED),
        (room(version="1.1.9"), [("version_behind", AMBER)], RoomState.AMBER),
        (room(version=""), [], RoomState.GREEN),
        (AgentFacts(1, False, None, ""), [], RoomState.GREY),
    ],
)
def test_a_rooms_state_is_its_worst_problem(
    agent: AgentFacts, expected: list[tuple[str, Severity]], state: RoomState
) -> None:
    told = problems(agent, "1.2.0", NOW, Thresholds())
    assert [(one.kind, one.severity) for one in told] == expected
    assert state_of(agent, told) is state


def test_a_room_without_an_agent_was_never_seen() -> None:
    assert problems(None, "1.0", NOW, Thresholds()) == ()
    assert state_of(None, ()) is RoomState.GREY


def test_an_agent_that_measures_nothing_has_no_problem() -> None:
    old = AgentFacts(1, True, NOW, "1.2.0", {"faults": []})
    assert problems(old, "1.2.0", NOW, Thresholds()) == ()


@given(
    st.dictionaries(
        st.sampled_from(sorted(WELL)),
        st.none()
        | st.integers()
        | st.floats(allow_nan=False)
        | st.text(max_size=5)
        | st.booleans(),
    )
)
def test_no_heartbeat_makes_a_rule_fail(health: dict[str, Any]) -> None:
    health.pop("faults", None)
    told = problems(room(**health), "1.2.0", NOW, Thresholds())
    assert {one.kind for one in told} <= set(KINDS)


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([], ""),
        (["", "0.1.0"], "0.1.0"),
        (["0.9.1", "0.10.0"], "0.10.0"),
        (["1.0", "1.0.1"], "1.0.1"),
        (["unknown", "0.1.0"], "0.1.0"),
        (["0.1.0+a", "0.1.0+b"], "0.1.0+b"),
    ],
)
def test_the_newest_version_is_found_number_by_number(versions: list[str], expected: str) -> None:
    assert newest(versions) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_every_problem_has_a_sentence_that_its_figures_fill(kind: str) -> None:
    agents = [
        room(frozen_ms=9e9, silent_ms=9e9, fps=1, disk_free_bytes=0, memory_ratio=1.0,
             faults=["x", "disk: y"], temperature_celsius=99, clock_skew_ms=9e9,
             vision_restarts=99, vision_fallback="no card", version="0.1",
             oldest_unsent_ms=9e9, spool_bytes=9e9, certificate_ends_wall_ns=0),
        room(connected=False, seen_s=900),
    ]  # fmt: skip
    told = {
        one.kind: one for agent in agents for one in problems(agent, "1.2.0", NOW, Thresholds())
    }
    one: Problem = told[kind]
    said = sentence(one, "en")
    assert "{" not in said
    assert "?" not in said
    assert fleet_words.REMEDIES[kind]
