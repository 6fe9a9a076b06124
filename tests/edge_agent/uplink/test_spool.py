"""What every spool promises, in memory or on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import google_crc32c
import pytest

from edge_agent.errors import SpoolFull
from edge_agent.flow import DeviceEvent, DeviceState
from edge_agent.uplink.durable.spool import DurableSpool
from edge_agent.uplink.journal import Spool
from tests.fakes.memory_spool import MemorySpool

pytestmark = pytest.mark.unit


@pytest.fixture(params=["memory", "disk"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[int], Spool]]:
    opened: list[DurableSpool] = []

    def on_disk(limit_bytes: int) -> Spool:
        opened.append(DurableSpool(tmp_path / str(len(opened)), limit_bytes))
        return opened[-1]

    yield MemorySpool if request.param == "memory" else on_disk
    for one in opened:
        one.close()


def event(text: str = "x") -> DeviceEvent:
    return DeviceEvent("camera", DeviceState.READY, text)


def filled(make: Callable[[int], Spool], count: int) -> Spool:
    spool = make(1_000_000)
    for i in range(count):
        spool.append(event(f"{i:06}"), interview_id="1")
    return spool


def fill(spool: Spool) -> None:
    for _ in range(100):
        spool.append(event("y" * 50))


def test_records_are_numbered_from_1_without_holes(make: Callable[[int], Spool]) -> None:
    spool = make(1_000_000)
    assert [spool.append(event()) for _ in range(5)] == [1, 2, 3, 4, 5]
    assert (spool.oldest_seq, spool.next_seq, spool.acked_seq) == (1, 6, 0)


async def test_what_is_read_is_what_was_written(make: Callable[[int], Spool]) -> None:
    spool = filled(make, 3)
    records = await spool.read(0, 1_000_000)
    assert [record.seq for record in records] == [1, 2, 3]
    assert all(google_crc32c.value(one.payload) == one.crc32c for one in records)
    assert b"000001" in records[1].payload
    assert records[0].interview_id == "1"


async def test_a_read_takes_about_what_was_asked_for_and_at_least_one(
    make: Callable[[int], Spool],
) -> None:
    spool = filled(make, 100)
    assert len(await spool.read(0, 1)) == 1
    some = await spool.read(10, 200)
    assert some[0].seq == 11
    assert sum(len(one.payload) for one in some) <= 200


async def test_a_reader_is_woken_by_the_next_record(make: Callable[[int], Spool]) -> None:
    spool = filled(make, 1)
    waiting = asyncio.create_task(spool.read(1, 100))
    await asyncio.sleep(0)
    assert not waiting.done()
    spool.append(event())
    assert [one.seq for one in await asyncio.wait_for(waiting, 1)] == [2]


async def test_an_acknowledgement_is_cumulative_and_frees_room(
    make: Callable[[int], Spool],
) -> None:
    spool = filled(make, 10)
    spool.acknowledge(4)
    spool.acknowledge(2)  # late and harmless
    assert (spool.acked_seq, spool.next_seq) == (4, 11)
    assert (await spool.read(4, 1))[0].seq == 5
    spool.acknowledge(10)
    assert spool.waiting_bytes == 0


def test_a_full_spool_refuses_and_keeps_what_it_has(make: Callable[[int], Spool]) -> None:
    spool = make(300)
    with pytest.raises(SpoolFull, match=r"spool\.limit_bytes"):
        fill(spool)
    count = spool.next_seq - 1
    assert 0 < count < 7
    spool.acknowledge(count)
    assert spool.append(event("y" * 50)) == count + 1


async def test_the_crc_of_the_last_acknowledged_record_is_known(
    make: Callable[[int], Spool],
) -> None:
    spool = filled(make, 5)
    third = (await spool.read(2, 1))[0]
    spool.acknowledge(3)
    assert spool.crc_at(3) == third.crc32c
    assert spool.crc_at(99) is None
    assert make(100).crc_at(0) == 0


async def test_a_restart_numbers_what_is_held_anew(make: Callable[[int], Spool]) -> None:
    spool = filled(make, 5)
    spool.acknowledge(2)
    before = spool.spool_id
    held = await spool.read(2, 1_000_000)
    await spool.restart()
    assert spool.spool_id != before
    again = await spool.read(0, 1_000_000)
    payloads = [one.payload for one in again]
    assert [one.payload for one in held] == payloads[-3:]
    assert [one.seq for one in again] == list(range(1, len(again) + 1))
    assert spool.acked_seq == 0
