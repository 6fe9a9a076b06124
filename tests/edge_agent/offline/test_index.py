"""Every frame is found without decoding one, and no packet is decoded that no taken frame needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.offline.index import Packet, index
from edge_agent.offline.preset import Preset

pytestmark = pytest.mark.unit


def film(groups: list[int]) -> list[Packet]:
    """Groups of so many frames in order, a key first."""
    return [
        Packet(pts, key=place == 0)
        for pts, place in enumerate(place for size in groups for place in range(size))
    ]


def test_presets_take_what_the_specification_says() -> None:
    assert [one.every for one in Preset] == [3, 10, 20]


def test_frames_are_taken_in_the_order_of_showing() -> None:
    reordered = [Packet(pts, key=pts == 0) for pts in (0, 3, 1, 2, 6, 4, 5)]
    assert index(reordered, 3).taken == (0, 3, 6)


def test_nothing_is_decoded_behind_the_last_taken_frame_of_a_group() -> None:
    found = index(film([4, 4, 4]), 6)  # takes 0 and 6
    assert found.taken == (0, 6)
    assert found.needed == (True, *(False,) * 3, True, True, True, False, *(False,) * 4)


def test_an_open_group_needs_all_of_the_one_before() -> None:
    packets = [
        Packet(0, True),
        Packet(1, False),
        Packet(4, True),
        Packet(3, False),
    ]  # 3 before key 4
    assert index(packets, 2).taken == (0, 3)
    assert index(packets, 2).needed == (True, True, True, True)


def test_frames_of_varying_rate_are_counted_and_not_timed() -> None:
    packets = [Packet(pts, key=True) for pts in (0, 10, 500, 510, 9_000, 9_010)]
    assert index(packets, 2).taken == (0, 500, 9_000)
    assert index(packets, 2).period == 500


def test_a_single_frame_is_a_film() -> None:
    found = index([Packet(7, True)], 20)
    assert (found.taken, found.period, found.needed) == ((7,), 0, (True,))


def test_what_was_looked_at_before_is_not_decoded_again() -> None:
    found = index(film([4, 4, 4]), 2, from_pts=8)
    assert found.taken == (0, 2, 4, 6, 8, 10)
    assert found.needed == (False,) * 8 + (True, True, True, False)


@given(
    groups=st.lists(st.integers(1, 40), min_size=1, max_size=12), every=st.sampled_from([3, 10, 20])
)
def test_each_taken_frame_has_all_from_its_key_on(groups: list[int], every: int) -> None:
    packets = film(groups)
    found = index(packets, every)
    assert len(found.taken) == -(-len(packets) // every)
    for place, packet in enumerate(packets):
        if packet.pts in found.taken:
            key = max(n for n in range(place + 1) if packets[n].key)
            assert all(found.needed[key : place + 1])
