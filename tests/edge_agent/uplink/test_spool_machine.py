"""The real spool over a disk that forgets: whatever was read is there after every crash, whatever was
reserved can be written to a full disk, and whatever the disk damages is named.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from daedam.v1 import record_pb2
from edge_agent.errors import ReserveRefused, SpoolBroken
from edge_agent.flow import DeviceEvent, DeviceState
from edge_agent.uplink.durable import segment
from edge_agent.uplink.durable.spool import DurableSpool
from edge_agent.uplink.journal import StoredRecord
from tests.fakes.crashing_files import Crash, CrashingFiles

pytestmark = pytest.mark.unit

EVENT, GAP = record_pb2.RECORD_KIND_DEVICE_EVENT, record_pb2.RECORD_KIND_GAP
NUMBERS = st.integers(0, 2**32)
FILLERS = ("x", "\0")
"""Zeros too, as silence has them: they look like what was never written. Never a whole sector of them,
where nobody could tell.
"""
LARGEST = 480
SEGMENT_BYTES = 4000
BESIDES_PAYLOAD = segment.RECORD_BYTES + segment.GROUP_BYTES + len("7" + "!")


class Machine(RuleBasedStateMachine):
    """`told` is what `read` gave out of this series: sequence to payload."""

    def __init__(self) -> None:
        super().__init__()
        self.files = CrashingFiles()
        self.runner = asyncio.Runner()
        self.told: dict[int, bytes] = {}
        self.acked = 0
        self.count = 0
        self.reserved = 0
        self.open()

    def open(self) -> None:
        self.reserved = 0
        self.spool = DurableSpool(
            Path("spool"), 10**9, files=self.files, group_s=None, segment_bytes=SEGMENT_BYTES
        )

    def event(self, size: int, filler: str = "x") -> DeviceEvent:
        self.count += 1
        return DeviceEvent("camera", DeviceState.READY, f"{self.count}:" + filler * size)

    @rule(size=st.integers(0, LARGEST), more=st.integers(1, 90), filler=st.sampled_from(FILLERS))
    def append(self, size: int, more: int, filler: str) -> None:
        for _ in range(more):
            seq = self.spool.append(self.event(size, filler), interview_id="7")
            assert seq == self.spool.next_seq - 1
            self.reserved -= BESIDES_PAYLOAD + 30 + size

    @rule()
    def commit(self) -> None:
        self.spool.commit()

    @rule(most=st.sampled_from([1, 3, 100]))
    def tell(self, most: int) -> None:
        """Read on from what was told, as the uplink does."""
        for _ in range(most):
            after = max(self.told, default=0)
            if after + 1 == self.spool.next_seq:
                return
            self.told.update({one.seq: one.payload for one in self._durable(after)})

    @precondition(lambda self: self.told)
    @rule(pick=NUMBERS)
    def acknowledge(self, pick: int) -> None:
        self.acked = max(self.acked, sorted(self.told)[pick % len(self.told)])
        self.spool.acknowledge(self.acked)

    @rule(size=st.integers(0, 20_000))
    def reserve(self, size: int) -> None:
        """From now on, so much can be appended whatever else fills the disk."""
        self._commit_all()
        self.runner.run(self.spool.reserve(size))
        self.reserved = max(self.reserved, size)

    @rule()
    def release(self) -> None:
        self.spool.release()
        self.reserved = 0

    @rule(
        data=st.data(),
        steps=st.integers(0, 9),
        doing=st.sampled_from(["commit", "open", "reserve"]),
    )
    def crash(self, data: st.DataObject, steps: int, doing: str) -> None:
        """At any step of what the spool does with the disk, its own recovery included."""
        self.files.steps_left = steps
        try:
            match doing:
                case "open":
                    self.open()
                case "reserve":
                    self.runner.run(self.spool.reserve(9000))
                case _:
                    self._commit_all()
        except Crash:
            pass
        self._power_cut(data)
        self._again()

    @rule(data=st.data(), sync=st.booleans())
    def disk_fails(self, data: st.DataObject, sync: bool) -> None:
        """EIO at a sync, or at a folder's alone: the spool is over at once, and what it told is there at
        the next start, also where the machine goes down right after that start.
        """
        self.files.sync_fails, self.files.sync_dir_fails = sync, not sync
        for _ in range(50):  # a folder is synced where a segment begins
            self.spool.append(self.event(LARGEST), interview_id="7")
            if not self.spool.commit():
                break
        with pytest.raises(SpoolBroken):
            self.spool.append(self.event(1))
        self.files.sync_fails = self.files.sync_dir_fails = False
        self._again()
        self.tell(100)
        self._power_cut(data)
        self._again()

    @rule(data=st.data(), sizes=st.lists(st.integers(0, LARGEST), min_size=1, max_size=40))
    def disk_fills(self, data: st.DataObject, sizes: list[int]) -> None:
        """By others: what was reserved is still taken; after that the spool is over, and a start on the
        full disk spoils nothing.
        """
        self._commit_all()
        self.files.full = True
        with pytest.raises(ReserveRefused, match="free some space"):
            self.runner.run(self.spool.reserve(10**7))
        for size in sizes:
            self.append(size, 1, "x")
            if not self.spool.commit():
                assert self.reserved < 0
                break
            self.tell(1)
        try:
            self._again()
        except SpoolBroken:
            self.files.full = False
            self._again()
        self._power_cut(data)
        self._again()

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def bit_flips(self, data: st.DataObject) -> None:
        """Anywhere on disk: others stay, and the lost one is named, be it the very last."""
        self._commit_all()
        segments = self.files.segments()
        name = data.draw(st.sampled_from(sorted(segments)))
        where = data.draw(st.integers(0, len(segments[name]) - 1))
        segments[name][where] ^= 1 << data.draw(st.integers(0, 7))
        self._again(may_lose=1)

    @rule(pick=NUMBERS)
    def a_segment_is_gone(self, pick: int) -> None:
        """Not the first or last: of those only central can know."""
        self._commit_all()
        names = sorted(self.files.segments())
        if len(names) < 3:
            return
        at = 1 + pick % (len(names) - 2)
        begins, ends = (int(Path(name).stem) for name in names[at : at + 2])
        self.files.remove(f"spool/{names[at]}")
        self.files.sync_dir(f"spool/{Path(names[at]).parent}")
        self._again(may_lose=ends - begins)

    @rule(meanwhile=st.integers(0, 3))
    def new_series(self, meanwhile: int) -> None:
        held = self._held()
        before, count = self.spool.spool_id, self.spool.next_seq - 1 - self.acked

        async def restart() -> None:
            moving = asyncio.create_task(self.spool.restart())
            await asyncio.sleep(0)
            for _ in range(meanwhile):
                self.spool.append(self.event(1), interview_id="7")
            await moving

        self.runner.run(restart())
        assert self.spool.spool_id != before
        assert self.spool.next_seq == count + meanwhile + 1
        self._begin_anew(held)

    @rule(data=st.data(), steps=st.integers(0, 9))
    def crash_between_series(self, data: st.DataObject, steps: int) -> None:
        """One of the two is there, whole."""
        held, before = self._held(), self.spool.spool_id
        self.files.steps_left = steps
        with suppress(Crash):
            self.runner.run(self.spool.restart())
        self._power_cut(data)
        self.open()
        if self.spool.spool_id != before:
            self._begin_anew(held)
        else:
            self._again()

    @invariant()
    def numbers_go_on(self) -> None:
        assert self.spool.next_seq > max(self.told, default=0)

    def teardown(self) -> None:
        self.runner.close()

    def _power_cut(self, data: st.DataObject) -> None:
        self.files.crash(lambda most: data.draw(st.integers(0, most)))

    def _held(self) -> list[bytes]:
        return [self.told[seq] for seq in sorted(self.told) if seq > self.acked]

    def _begin_anew(self, held: list[bytes]) -> None:
        self.told, self.acked, self.reserved = {}, 0, 0
        everything = self._all()
        assert [one.payload for one in everything][: len(held)] == held
        self.told = {one.seq: one.payload for one in everything}

    def _again(self, *, may_lose: int = 0) -> None:
        self.open()
        self.spool.acknowledge(self.acked)
        found = {one.seq: one for one in self._all()}
        gaps = 0
        for seq, payload in self.told.items():
            if seq <= self.acked:
                continue
            if may_lose and payload != found[seq].payload and found[seq].kind == GAP:
                gaps += 1
                self.told[seq] = found[seq].payload
                assert self.spool.crc_at(seq) is None  # central may have what was lost
                continue
            assert found[seq].payload == payload
        assert gaps <= may_lose

    def _all(self) -> list[StoredRecord]:
        """Everything after what is acknowledged, in order, exactly once."""
        found: list[StoredRecord] = []
        after = self.acked
        while after + 1 < self.spool.next_seq:
            found += self._durable(after)
            after = found[-1].seq
        assert [one.seq for one in found] == list(range(self.acked + 1, self.spool.next_seq))
        return found

    def _durable(self, after: int) -> list[StoredRecord]:
        """What can be read after `after` without waiting for a commit that nobody makes."""
        self._commit_all()
        return self.runner.run(self.spool.read(after, 5000))

    def _commit_all(self) -> None:
        while self.spool.commit():
            pass


Machine.TestCase.settings = settings(
    max_examples=50,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestSpoolOverACrashingDisk = Machine.TestCase
