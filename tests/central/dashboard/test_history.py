"""A browser that was away gets what it missed, once, or is told that something is missing."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.bus.events import CaptionChanged, Readings, TranscriptAdded
from central.dashboard.live.history import History
from central.dashboard.live.hub import Hub
from central.dashboard.live.queue import MOST, Queue
from tests.fakes.live_bus import FakeLiveBus

pytestmark = pytest.mark.unit


def said(number: int, room: str = "a") -> TranscriptAdded:
    return TranscriptAdded(room, "7", "t", str(number), "u", "User", "words", "e", True, 0)


def readings(position: int) -> Readings:
    return Readings("a", "7", 0, "answering", "t", "q", position, 3, 0, True, {})


def taken(queue: Queue) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(queue.take() or b"[]")
    return found


@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 6))
def test_what_came_after_a_place_is_known_as_long_as_it_is_kept(
    before: int, after: int, most: int
) -> None:
    history = History("h", most=most)
    for number in range(before):
        history.add(said(number))
    place = history.cursor
    for number in range(before, before + after):
        history.add(said(number))
    expected = None if after > most else tuple(said(n) for n in range(before, before + after))
    assert history.since(place) == expected


@pytest.mark.parametrize(
    "cursor", ["other-0", "h-1", "h--1", "h-x", "h-", "-", "h", "h-" + "9" * 40]
)
def test_a_place_of_nowhere_is_not_known(cursor: str) -> None:
    assert History("h").since(cursor) is None


def test_what_the_next_one_says_again_takes_no_room() -> None:
    history = History("h", most=1)
    place = history.cursor
    history.add(said(1))
    for _ in range(9):
        history.add(readings(1))
        history.add(CaptionChanged("a", "7", "t", "x", "y", "e", 0))
    assert history.since(place) == (said(1),)


async def heard(hub: Hub, *events: Any) -> None:
    """The hub hears these, and nothing else after them."""
    bus = hub._bus
    assert isinstance(bus, FakeLiveBus)
    seen = hub.events_seen
    for event in events:
        await bus.publish(event)
    while hub.events_seen < seen + len(events):
        await bus_turn()


async def bus_turn() -> None:
    await asyncio.sleep(0)


async def test_a_browser_goes_on_where_it_was_and_hears_nothing_twice() -> None:
    hub = Hub(FakeLiveBus())
    running = asyncio.ensure_future(hub.run())
    await bus_turn()
    queue = Queue("a")
    with hub.listen(queue, after=""):
        await heard(hub, said(1), said(2, "b"))
        first = taken(queue)
    await heard(hub, said(3), said(4, "b"), readings(7))
    again = Queue("a")
    with hub.listen(again, after=first[-1]["cursor"]):
        second = taken(again)
        await heard(hub, said(5))
        third = taken(again)
    running.cancel()
    kinds = [[one["type"] for one in batch] for batch in (first, second, third)]
    assert kinds == [
        ["transcript", "cursor"], ["transcript", "readings", "cursor"], ["transcript", "cursor"],
    ]  # fmt: skip
    numbers = [one["transcript_id"] for batch in (first, second, third) for one in batch[:1]]
    assert numbers == ["1", "3", "5"]


@pytest.mark.parametrize("cursor", ["another-3", "nonsense"])
async def test_a_browser_of_another_process_is_told_to_fetch_the_page_anew(cursor: str) -> None:
    hub, queue = Hub(FakeLiveBus()), Queue("a")
    with hub.listen(queue, after=cursor):
        assert [one["type"] for one in taken(queue)] == ["reload", "cursor"]


async def test_a_browser_that_was_away_too_long_is_not_sent_a_queue_without_end() -> None:
    hub = Hub(FakeLiveBus())
    running = asyncio.ensure_future(hub.run())
    await bus_turn()
    place = hub.cursor
    await heard(hub, *(said(number) for number in range(MOST + 1)))
    queue = Queue("a")
    with hub.listen(queue, after=place):
        assert [one["type"] for one in taken(queue)] == ["reload", "cursor"]
    running.cancel()


def test_a_slow_browser_gets_the_latest_readings_with_the_word_that_something_is_missing() -> None:
    queue = Queue(most=2)
    for number in range(3):
        queue.put(said(number))
        queue.put(readings(number))
    batch = taken(queue)
    assert [one["type"] for one in batch] == ["reload", "readings"]
    assert batch[1]["position"] == 2
