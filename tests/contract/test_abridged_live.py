"""A stream of live readings, abridged and made whole again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.bus.events import Readings
from central.gateway import wire as central_wire
from central.gateway.abridged import Completer
from daedam.v1 import live_pb2
from edge_agent.flow import Channel, LiveReading, Measure, Phase
from edge_agent.uplink import wire as edge_wire
from edge_agent.uplink.abridging import WHOLE_EVERY_NS, Abridger

pytestmark = pytest.mark.unit

SECOND_NS = 1_000_000_000


def reading(
    step: int = 0,
    turn: str = "t",
    channels: int = 3,
    coverage: float | None = 1.0,
    *,
    wall_ns: int | None = None,
) -> LiveReading:
    mono_ns = SECOND_NS + step * SECOND_NS // 10
    return LiveReading(
        mono_ns=mono_ns,
        wall_ns=7 * SECOND_NS + mono_ns if wall_ns is None else wall_ns,
        interview_id="12345",
        phase=Phase.ANSWERING,
        turn_id=turn,
        question_id="4711",
        position=2,
        question_count=8,
        phase_elapsed_ms=step * 100,
        measures=tuple(
            Measure(one, None if coverage is None else step / 8, coverage or 0.0)
            for one in list(Channel)[:channels]
        ),
        speaking=step % 2 == 0,
    )


def as_sent(readings: list[LiveReading]) -> list[live_pb2.Live]:
    """Over a wire: each message serialised on its own."""
    abridger = Abridger()
    requests = [abridger.abridge(edge_wire.live(one)) for one in readings]
    return [live_pb2.Live.FromString(one.live.SerializeToString()) for one in requests]


def as_seen(sent: list[live_pb2.Live]) -> list[Readings | None]:
    completer = Completer()
    return [
        central_wire.read_live(completer.complete(one), "room") if completer.see(one) else None
        for one in sent
    ]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 80),
            st.sampled_from(["", "0b2f8b0e", "5f2f0a3c"]),
            st.integers(0, 4),
            st.sampled_from([None, 0.5, 1.0]),
        ),
        max_size=12,
    )
)
def test_what_was_left_out_is_there_again(steps: list[tuple[int, str, int, float | None]]) -> None:
    readings = [reading(*one) for one in steps]
    whole = [central_wire.read_live(edge_wire.live(one).live, "room") for one in readings]
    assert as_seen(as_sent(readings)) == whole


def test_a_reading_that_goes_on_is_half_as_large() -> None:
    turn = "0b2f8b0e-8a5e-4a1c-9d51-5f2f0a3c7d11"
    first, second = as_sent([reading(0, turn), reading(1, turn)])
    assert not first.abridged
    assert second.abridged
    assert second.ByteSize() < first.ByteSize() / 2


@pytest.mark.parametrize(
    "second",
    [
        reading(1, turn="another"),
        reading(1, channels=4),
        reading(WHOLE_EVERY_NS * 10 // SECOND_NS),
        reading(-1),
    ],
    ids=["another turn", "another channel", "after five seconds", "time that went back"],
)
def test_what_changed_is_said_whole(second: LiveReading) -> None:
    assert [one.abridged for one in as_sent([reading(0), second])] == [False, False]


def test_a_step_of_the_wall_clock_shows_with_the_next_whole_reading() -> None:
    later = WHOLE_EVERY_NS * 10 // SECOND_NS
    seen = as_seen(as_sent([reading(0), reading(1, wall_ns=1), reading(later, wall_ns=1)]))
    assert [one.wall_ns for one in seen if one] == [
        8 * SECOND_NS,
        8 * SECOND_NS + SECOND_NS // 10,
        1,
    ]


def test_one_that_leaves_out_what_nobody_said_is_not_shown() -> None:
    assert as_seen([live_pb2.Live(abridged=True)]) == [None]


def test_times_that_no_clock_shows_do_no_harm() -> None:
    first = live_pb2.Live(wall_ns=2**63 - 1, mono_ns=-(2**63))
    assert as_seen([first, live_pb2.Live(abridged=True, mono_ns=2**63 - 1)])[1] is not None
