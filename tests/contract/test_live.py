"""What a room shows of itself, central reads: many channels in few bytes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.gateway import wire as central_wire
from daedam.v1 import live_pb2
from edge_agent.flow import Channel, LiveReading, Measure, Phase
from edge_agent.uplink import wire as edge_wire

pytestmark = pytest.mark.unit

VALUES = st.one_of(st.none(), st.floats(-1e6, 1e6), st.sampled_from([math.nan, math.inf]))


def reading(measures: tuple[Measure, ...]) -> LiveReading:
    return LiveReading(1, 2, "7", Phase.ANSWERING, "t", "q", 0, 3, 100, measures, speaking=True)


@given(
    st.lists(
        st.builds(Measure, st.sampled_from(Channel), VALUES, st.floats(0.004, 1)),
        unique_by=lambda one: one.channel,
    )
)
def test_every_channel_comes_as_it_was_to_a_thousandth(measures: list[Measure]) -> None:
    sent = edge_wire.live(reading(tuple(measures))).live
    seen = central_wire.read_live(sent, "room").measures
    assert len(seen) == len(measures)
    for one in measures:
        value, coverage = seen[one.channel.name.lower()]
        if one.value is None or not math.isfinite(one.value):
            assert (value, coverage) == (None, 0.0)
        else:
            assert value == pytest.approx(one.value, abs=0.000_501)
            assert coverage == pytest.approx(one.coverage, abs=0.003)


def test_a_reading_of_fourteen_channels_is_small() -> None:
    measures = tuple(Measure(one, -12.345, 0.97) for one in list(Channel)[:14])
    assert edge_wire.live(reading(measures)).live.columns.ByteSize() < 80


@pytest.mark.parametrize(
    "columns",
    [
        live_pb2.Columns(channels=b"\x02\x03", coverage=b"\xff", milli=[1, 2, 3]),
        live_pb2.Columns(channels=b"\x02\xff\x00", coverage=b"\xff\xff\xff", milli=[1, 2, 3]),
    ],
    ids=["unequal", "unknown channels"],
)
def test_columns_that_make_no_sense_are_read_as_far_as_they_do(columns: live_pb2.Columns) -> None:
    seen = central_wire.read_live(live_pb2.Live(columns=columns), "room")
    assert seen.measures == {"head_yaw_deg": (0.001, 1.0)}
