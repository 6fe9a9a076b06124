"""The window is as wide as the link: quick acknowledgements open it, late ones close it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.uplink.journal import StoredRecord
from edge_agent.uplink.window import FIRST_BYTES, Window

pytestmark = pytest.mark.unit

LIMIT = 1 << 20


class Link:
    """A window, with a link that takes its time."""

    def __init__(self, limit_bytes: int = LIMIT) -> None:
        self.now_s, self.seq = 0.0, 0
        self.window = Window(limit_bytes, lambda: self.now_s)

    def deliver(self, took_s: float) -> int:
        """Fill the window, wait, have it acknowledged; how many bytes that were."""
        size = self.window.free_bytes
        self.seq += 1
        self.window.sent([StoredRecord(self.seq, 0, 0, "", 1, 0, bytes(size))])
        assert self.window.free_bytes == 0
        self.now_s += took_s
        self.window.acknowledged(self.seq)
        return size


def test_a_good_link_opens_the_whole_window_in_a_few_round_trips() -> None:
    link = Link()
    sizes = [link.deliver(0.01) for _ in range(8)]
    assert sizes[0] == FIRST_BYTES
    assert sizes[-1] == LIMIT


@pytest.mark.parametrize("bytes_s", [4_000, 8_000, 20_000, 60_000])
def test_a_thin_link_never_carries_more_than_a_ping_can_wait_for(bytes_s: int) -> None:
    link = Link()
    for _ in range(50):
        assert link.deliver(link.window.free_bytes / bytes_s) / bytes_s <= 4.1


def test_a_link_that_becomes_thin_closes_the_window_again() -> None:
    link = Link()
    for _ in range(10):
        link.deliver(0.01)
    for _ in range(10):
        link.deliver(3.0)
    assert link.window.free_bytes == FIRST_BYTES


@given(
    st.integers(0, 2 * LIMIT), st.lists(st.sampled_from([0.0, 0.5, 1.5, 3.0, 60.0]), max_size=40)
)
def test_it_is_never_wider_than_central_allows(limit: int, delays_s: list[float]) -> None:
    link = Link(limit)
    for took_s in delays_s:
        assert link.deliver(took_s) <= limit
