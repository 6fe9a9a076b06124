from __future__ import annotations

import pytest

from edge_agent.uplink.room_clock import RoomClock

pytestmark = pytest.mark.unit

S = 1_000_000_000
WALL = 1_800_000_000 * S


def welcomed(central_wall_ns: int, mono_ns: int = 100 * S, trip_ns: int = 0) -> RoomClock:
    clock = RoomClock()
    clock.welcomed(central_wall_ns, mono_ns=mono_ns, hello_mono_ns=mono_ns - trip_ns)
    return clock


@pytest.mark.parametrize(
    ("ahead_s", "told"),
    [
        (0, None),
        (2, None),
        (-2, None),
        (2.5, "2.5 s ahead of central"),
        (-40, "40.0 s behind central"),
        (-86400 * 365 * 30, "behind central"),
    ],
)
def test_more_than_two_seconds_is_a_fault(ahead_s: float, told: str | None) -> None:
    fault = welcomed(WALL).fault(WALL + int(ahead_s * S), 100 * S)
    assert (fault is None) if told is None else (fault is not None and told in fault)


def test_half_of_the_way_there_and_back_is_not_the_clocks() -> None:
    clock = welcomed(WALL, trip_ns=6 * S)
    assert clock.skew_ns(WALL + 3 * S, 100 * S) == 0


def test_a_clock_that_is_set_later_is_right_without_a_new_stream() -> None:
    clock = welcomed(WALL)
    assert clock.fault(WALL + 60 * S, 100 * S)
    assert clock.fault(WALL + 60 * S, 160 * S) is None
    assert clock.fault(WALL + 120 * S, 160 * S)


def test_a_central_that_does_not_tell_its_time_blames_nobody() -> None:
    assert welcomed(0).fault(0, 100 * S) is None
    assert RoomClock().fault(WALL, 100 * S) is None
