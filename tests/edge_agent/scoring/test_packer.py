"""Frames packed by second."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.flow import FrameReading
from edge_agent.scoring import ReadingPacker

pytestmark = pytest.mark.unit


@given(st.lists(st.integers(1, 400_000_000), max_size=200))
def test_every_frame_is_in_one_pack_in_order_and_no_pack_is_longer_than_a_second(
    steps_ns: list[int],
) -> None:
    packer, packs, readings, at_ns = ReadingPacker(), [], [], 0
    for n, step_ns in enumerate(steps_ns):
        at_ns += step_ns
        readings.append(FrameReading(n, at_ns, 1))
        if pack := packer.add(readings[-1]):
            packs.append(pack)
    if pack := packer.flush():
        packs.append(pack)
    assert [frame for pack in packs for frame in pack.frames] == readings
    assert all(p.frames[-1].mono_ns - p.frames[0].mono_ns < 1_000_000_000 for p in packs)


def test_nothing_is_packed_of_nothing() -> None:
    assert ReadingPacker().flush() is None
