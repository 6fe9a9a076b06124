"""Disk for a whole interview: taken before it, there when others fill the disk, given back after it."""

from __future__ import annotations

import asyncio
import errno
import os
from contextlib import suppress
from pathlib import Path

import pytest

from daedam.v1 import record_pb2
from edge_agent.errors import ReserveRefused, SpoolBroken
from edge_agent.flow import DeviceEvent, DeviceState, TurnEvent, TurnEventKind
from edge_agent.uplink.durable.files import RealFiles
from edge_agent.uplink.durable.sizes import SEGMENT_BYTES
from edge_agent.uplink.durable.spool import DurableSpool
from tests.fakes.crashing_files import Crash, CrashingFiles

pytestmark = pytest.mark.unit

SMALL = 4000
"""Bytes of a segment."""
EVENT = DeviceEvent("camera", DeviceState.READY, "x" * 200)
STARTED = TurnEvent(TurnEventKind.INTERVIEW_STARTED)
FINISHED = TurnEvent(TurnEventKind.INTERVIEW_FINISHED, text="done")


class Unable(RealFiles):
    """A file system that gives no blocks in advance, with so much free."""

    def __init__(self, free: int) -> None:
        super().__init__()
        self.free = free

    def allocate(self, path: str, size: int) -> None:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    def free_bytes(self, path: str) -> int:
        return self.free


def small(files: CrashingFiles, limit_bytes: int = 10**6) -> DurableSpool:
    return DurableSpool(Path("spool"), limit_bytes, files=files, group_s=None, segment_bytes=SMALL)


def write(spool: DurableSpool, size: int) -> None:
    for _ in range(size // 300):
        spool.append(EVENT)
        assert spool.commit()


async def test_what_was_reserved_can_be_written_to_a_full_disk() -> None:
    files = CrashingFiles()
    spool = small(files)
    await spool.reserve(50_000)
    files.full = True
    write(spool, 50_000)
    with pytest.raises(AssertionError):
        write(spool, 50_000)
    with pytest.raises(SpoolBroken, match="No space left on device"):
        spool.append(EVENT)


async def test_a_full_disk_refuses_and_says_what_to_do() -> None:
    files = CrashingFiles()
    spool = small(files)
    files.full = True
    with pytest.raises(ReserveRefused, match="free some space on the disk of spool") as refused:
        await spool.reserve(900_000)
    assert "may need 1 MB for its records, and there are 0 MB" in str(refused.value)
    files.full = False
    await spool.reserve(50_000)


async def test_a_spool_that_is_almost_full_refuses_before_an_interview_is_cut_by_it() -> None:
    spool = small(CrashingFiles(), limit_bytes=20_000)
    await spool.reserve(20_000)
    write(spool, 9_000)
    with pytest.raises(ReserveRefused, match="or let records that wait go: restore the connection"):
        await spool.reserve(15_000)


async def test_a_disk_that_fails_while_it_is_reserved_ends_the_spool() -> None:
    files = CrashingFiles()
    spool = small(files)
    files.sync_dir_fails = True
    with pytest.raises(SpoolBroken, match="Input/output error"):
        await spool.reserve(50_000)
    with pytest.raises(SpoolBroken):
        spool.append(EVENT)


async def test_the_end_of_an_interview_gives_back_what_it_did_not_need(tmp_path: Path) -> None:
    spool = DurableSpool(tmp_path, 10**9, group_s=None)
    standing = blocks(tmp_path)
    await spool.reserve(8 * SEGMENT_BYTES)
    assert blocks(tmp_path) >= standing + 8 * SEGMENT_BYTES
    spool.append(FINISHED, interview_id="7")
    assert spool.commit()
    assert blocks(tmp_path) <= standing + SEGMENT_BYTES
    spool.close()


async def test_a_start_gives_back_what_a_killed_agent_had_reserved(tmp_path: Path) -> None:
    spool = DurableSpool(tmp_path, 10**9, group_s=None)
    standing = blocks(tmp_path)
    await spool.reserve(8 * SEGMENT_BYTES)
    spool.close()
    DurableSpool(tmp_path, 10**9, group_s=None).close()
    assert blocks(tmp_path) <= standing + SEGMENT_BYTES


async def test_an_interview_that_goes_on_after_a_kill_keeps_its_reserve() -> None:
    files = CrashingFiles()
    spool = small(files)
    spool.append(STARTED, interview_id="7")
    await spool.reserve(50_000)
    assert spool.commit()
    files.crash(lambda most: most)
    again = DurableSpool(
        Path("spool"), 10**6, files=files, group_s=None, segment_bytes=SMALL, goes_on="7"
    )
    files.full = True
    write(again, 45_000)


async def test_a_new_series_keeps_what_is_reserved() -> None:
    files = CrashingFiles()
    spool = small(files)
    await spool.reserve(50_000)
    await spool.restart()
    files.full = True
    write(spool, 50_000)


@pytest.mark.parametrize(("free", "refused"), [(10_000, True), (10**9, False)])
async def test_where_nothing_can_be_reserved_free_space_decides(
    tmp_path: Path, free: int, *, refused: bool
) -> None:
    spool = DurableSpool(tmp_path, 10**9, files=Unable(free), group_s=None)
    if refused:
        with pytest.raises(ReserveRefused, match="free some space"):
            await spool.reserve(50_000)
    else:
        await spool.reserve(50_000)
    spool.append(EVENT)
    assert spool.commit()
    spool.close()


async def test_a_new_series_does_not_hold_the_event_loop() -> None:
    """What is appended while it is made follows in it."""
    files = CrashingFiles()
    spool = small(files)
    for n in range(20):
        spool.append(DeviceEvent("camera", DeviceState.READY, f"{n}"))
    while spool.commit():
        pass
    spool.acknowledge(5)
    moving = asyncio.create_task(spool.restart())
    for _ in range(3):
        await asyncio.sleep(0)
    reading = asyncio.create_task(spool.read(15, 1000))
    assert spool.append(DeviceEvent("camera", DeviceState.READY, "meanwhile")) == 16
    await moving
    assert (spool.oldest_seq, spool.next_seq, spool.acked_seq) == (1, 17, 0)
    assert spool.commit()
    assert b"meanwhile" in (await reading)[0].payload


def blocks(folder: Path) -> int:
    """Bytes that the disk gave to the files under `folder`."""
    return sum(file.stat().st_blocks * 512 for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize("steps", range(8))
async def test_a_spare_that_was_about_to_be_a_segment_is_never_taken_for_an_empty_one(
    steps: int,
) -> None:
    """The power goes while one is put into use, and its new name is lost."""
    files = CrashingFiles()
    spool = small(files)
    await spool.reserve(20_000)
    write(spool, 3_300)
    for _ in range(9):
        spool.append(EVENT)
    files.steps_left = steps
    with suppress(Crash):
        while spool.commit():
            pass
    files.crash(lambda _: 0)
    again = small(files)
    await again.reserve(20_000)
    write(again, 20_000)
    read, after = [], 0
    while after + 1 < again.next_seq:
        read += await again.read(after, 10_000)
        after = read[-1].seq
    assert [one.seq for one in read] == list(range(1, again.next_seq))
    assert all(one.kind == record_pb2.RECORD_KIND_DEVICE_EVENT for one in read)
