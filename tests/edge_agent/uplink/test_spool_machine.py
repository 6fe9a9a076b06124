"""The real spool over a disk that forgets: whatever was read is there after every crash."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from daedam.v1 import record_pb2
from edge_agent.errors import SpoolBroken
from edge_agent.flow import DeviceEvent, DeviceState
from edge_agent.uplink.durable.spool import DurableSpool
from edge_agent.uplink.journal import StoredRecord
from tests.fakes.crashing_files import Crash, CrashingFiles

pytestmark = pytest.mark.unit

EVENT, GAP = record_pb2.RECORD_KIND_DEVICE_EVENT, record_pb2.RECORD_KIND_GAP
NUMBERS = st.integers(0, 2**32)


class Machine(RuleBasedStateMachine):
    """`told` is what `read` gave out of this series: sequence to payload."""

    def __init__(self) -> None:
        super().__init__()
        self.files = CrashingFiles()
        self.runner = asyncio.Runner()
        self.told: dict[int, bytes] = {}
        self.acked = 0
        self.count = 0
        self.spool: DurableSpool | None = None
        self.open()

    def open(self) -> None:
        self.spool = DurableSpool(
            Path("spool"), 10**9, files=self.files, group_s=None, segment_bytes=300
        )

    def read(self, after: int) -> list[StoredRecord]:
        assert self.spool is not None
        return self.runner.run(self.spool.read(after, 500))

    @precondition(lambda self: self.spool is not None)
    @rule(size=st.integers(0, 120), more=st.integers(1, 90))
    def append(self, size: int, more: int) -> None:
        assert self.spool is not None
        for _ in range(more):
            self.count += 1
            event = DeviceEvent("camera", DeviceState.READY, f"{self.count}:" + "x" * size)
            self.spool.append(event, interview_id="7")

    @precondition(lambda self: self.spool is not None)
    @rule()
    def commit(self) -> None:
        assert self.spool is not None
        self.spool.commit()

    @precondition(lambda self: self.spool is not None)
    @rule(most=st.sampled_from([1, 3, 100]))
    def tell(self, most: int) -> None:
        """Read on from what was told, as the uplink does."""
        assert self.spool is not None
        for _ in range(most):
            after = max(self.told, default=0)
            if after + 1 == self.spool.next_seq:
                return
            self.told.update({one.seq: one.payload for one in self._durable(after)})

    @precondition(lambda self: self.spool is not None and self.told)
    @rule(pick=NUMBERS)
    def acknowledge(self, pick: int) -> None:
        assert self.spool is not None
        self.acked = max(self.acked, sorted(self.told)[pick % len(self.told)])
        self.spool.acknowledge(self.acked)

    @precondition(lambda self: self.spool is not None)
    @rule(data=st.data(), steps=st.integers(0, 6), reopening=st.booleans())
    def crash(self, data: st.DataObject, steps: int, reopening: bool) -> None:
        """At any step of what the spool does with the disk, its own recovery included."""
        self.files.steps_left = steps
        try:
            if reopening:
                self.open()
            else:
                assert self.spool is not None
                while self.spool.commit():
                    pass
        except Crash:
            pass
        self.files.crash(lambda most: data.draw(st.integers(0, most)))
        self._again()

    @precondition(lambda self: self.spool is not None)
    @rule(data=st.data(), sync=st.booleans())
    def disk_fails(self, data: st.DataObject, sync: bool) -> None:
        """ENOSPC or EIO: the spool is over at once, and what it told is there at the next start, also
        where the machine goes down right after that start.
        """
        assert self.spool is not None
        self.files.full, self.files.sync_fails = not sync, sync
        self.append(10, 1)
        assert not self.spool.commit()
        with pytest.raises(SpoolBroken):
            self.append(10, 1)
        self.files.full = self.files.sync_fails = False
        self._again()
        self.tell(100)
        self.files.crash(lambda most: data.draw(st.integers(0, most)))
        self._again()

    @precondition(lambda self: self.spool is not None and self.told)
    @rule(data=st.data())
    def bit_flips(self, data: st.DataObject) -> None:
        """In the middle of the disk: others stay, and the lost ones are named."""
        assert self.spool is not None
        while self.spool.commit():
            pass
        segments = self.files.segments()
        name = data.draw(st.sampled_from(sorted(segments)[:-1] or [""]))
        if not name:
            return
        where = data.draw(st.integers(0, len(segments[name]) - 1))
        segments[name][where] ^= 1 << data.draw(st.integers(0, 7))
        self._again(damaged=True)

    @precondition(lambda self: self.spool is not None)
    @rule()
    def new_series(self) -> None:
        assert self.spool is not None
        held = [self.told[seq] for seq in sorted(self.told) if seq > self.acked]
        before = self.spool.spool_id
        self.runner.run(self.spool.restart())
        assert self.spool.spool_id != before
        self.told, self.acked = {}, 0
        everything = self._all()
        assert [one.payload for one in everything][: len(held)] == held
        self.told = {one.seq: one.payload for one in everything}

    @invariant()
    def numbers_go_on(self) -> None:
        if self.spool is not None:
            assert self.spool.next_seq > max(self.told, default=0)

    def teardown(self) -> None:
        self.runner.close()

    def _again(self, *, damaged: bool = False) -> None:
        self.open()
        assert self.spool is not None
        self.spool.acknowledge(self.acked)
        found = {one.seq: one for one in self._all()}
        gaps = 0
        for seq, payload in self.told.items():
            if seq <= self.acked:
                continue
            if damaged and payload != found[seq].payload and found[seq].kind == GAP:
                gaps += 1
                self.told[seq] = found[seq].payload
                continue
            assert found[seq].payload == payload
        assert gaps <= 1

    def _all(self) -> list[StoredRecord]:
        """Everything after what is acknowledged, in order, exactly once."""
        assert self.spool is not None
        found: list[StoredRecord] = []
        after = self.acked
        while after + 1 < self.spool.next_seq:
            found += self._durable(after)
            after = found[-1].seq
        assert [one.seq for one in found] == list(range(self.acked + 1, self.spool.next_seq))
        return found

    def _durable(self, after: int) -> list[StoredRecord]:
        """What can be read after `after` without waiting for a commit that nobody makes."""
        assert self.spool is not None
        while self.spool.commit():
            pass
        return self.read(after)


Machine.TestCase.settings = settings(
    max_examples=50,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestSpoolOverACrashingDisk = Machine.TestCase
