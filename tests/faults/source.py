"""A room that only writes: the real spool and the real uplink in a process of their own, and records
like those of an interview, one after the other: `python -m tests.faults.source FOLDER`.

Lines on standard output are promises to whoever reads them:

- `S <spool id> <oldest> <next>` it begins, or its series began anew;
- `D <first> <crc> <crc> ...` these are durable;
- `A <sequence>` central says that it has everything up to here.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
import random
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import structlog

from edge_agent.config import Central
from edge_agent.errors import EdgeError
from edge_agent.flow import (
    AudioBlock,
    AudioFormat,
    Capabilities,
    Channel,
    Codec,
    DeviceEvent,
    DeviceState,
    Measure,
    RecordValue,
    ScoreWindow,
    Utterance,
    UtteranceCut,
)
from edge_agent.uplink.durable.files import RealFiles
from edge_agent.uplink.durable.spool import DurableSpool
from edge_agent.uplink.uplink import Facts, Uplink

BLOCK_SAMPLES = 3_200
UTTERANCE_BLOCKS = 5
"""Sound of one second."""
SEGMENT_BYTES = 256 * 1024
"""Small, so that segments begin and go while the test runs."""
FULL_FLAG = "disk-is-full"
"""A file of this name in the room's folder makes its disk full."""
BROKEN = 3
"""Exit status where the disk did not keep records."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What one room is told, as JSON in its folder."""

    address: str
    interview_id: str
    turn_key: str
    seed: int
    records_s: float
    """0: append nothing, deliver what is there."""
    utterance_s: float
    """Seconds between two utterances that have to be transcribed."""
    limit_bytes: int = 64 * 1024 * 1024

    def write(self, folder: Path) -> None:
        (folder / "orders.json").write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Orders:
        return cls(**json.loads((folder / "orders.json").read_text(encoding="utf-8")))


class PerhapsFull(RealFiles):
    """The disk, which is full while a file says so: half of what is written still fits."""

    def __init__(self, flag: Path) -> None:
        super().__init__()
        self._flag = flag

    def write(self, path: str, offset: int, data: bytes) -> None:
        if self._flag.exists():
            super().write(path, offset, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().write(path, offset, data)


class Source:
    """Appends until it is killed."""

    def __init__(self, folder: Path) -> None:
        self._orders = orders = Orders.read(folder)
        self._spool = DurableSpool(
            folder / "spool",
            orders.limit_bytes,
            files=PerhapsFull(folder / FULL_FLAG),
            segment_bytes=SEGMENT_BYTES,
        )
        self._told = self._spool.oldest_seq - 1
        self._crcs: dict[int, int] = {}
        self._series = ""
        self._acked = -1
        # A life's contents follow from the seed and from where it begins.
        self._chance = random.Random(f"{orders.seed} {self._spool.next_seq}")
        central = Central(
            address=orders.address,
            ca=folder / "ca.crt",
            certificate=folder / "agent.crt",
            private_key=folder / "agent.key",
            identity=folder / "identity.pem",
        )
        capabilities = Capabilities("none", "none", "none", "none")
        self._uplink = Uplink(
            central,
            self._spool,
            facts=Facts("1.0", str(uuid.uuid4()), capabilities),
            on_command=lambda _: None,
            on_feedback=lambda _: None,
            on_link=lambda _: None,
        )

    async def run(self) -> None:
        """Raises `EdgeError` where the disk fails."""
        self._begin_series()
        async with asyncio.TaskGroup() as tasks:
            for part in (self._spool.failed, self._uplink.run, self._append, self._tell, self._ack):
                tasks.create_task(part())

    def _begin_series(self) -> None:
        spool = self._spool
        self._series = spool.spool_id
        self._told = spool.oldest_seq - 1
        for seq in range(spool.oldest_seq, spool.next_seq):
            self._remember(seq)
        _say(f"S {self._series} {spool.oldest_seq} {spool.next_seq}")

    def _remember(self, seq: int) -> None:
        crc = self._spool.crc_at(seq)
        assert crc is not None
        self._crcs[seq] = crc

    async def _append(self) -> None:
        """At its rate on average, in bursts as a room's parts write."""
        if not self._orders.records_s:
            return
        values = self._values()
        due_s = time.monotonic()
        while True:
            for _ in range(self._chance.randint(1, 8)):
                seq = self._spool.append(next(values), interview_id=self._orders.interview_id)
                self._remember(seq)
                due_s += 1 / self._orders.records_s
            await asyncio.sleep(max(0.0, due_s - time.monotonic()))

    async def _tell(self) -> None:
        """What the committer calls durable; the parent holds us to it. Not through `read`: what the
        uplink sent may be acknowledged, and gone, before a second reader comes to it.
        """
        while True:
            committer = self._spool._committer
            with suppress(TimeoutError):
                async with asyncio.timeout(1.0):  # a new series has another committer
                    await committer.until_durable(self._told + 1)
            if self._spool.spool_id != self._series:
                self._begin_series()
                continue
            up_to = committer._durable_seq
            crcs = [self._crcs.pop(seq) for seq in range(self._told + 1, up_to + 1)]
            if crcs:
                _say(f"D {self._told + 1} " + " ".join(map(str, crcs)))
            self._told = up_to

    async def _ack(self) -> None:
        while True:
            if self._uplink.acked != self._acked:
                self._acked = self._uplink.acked
                _say(f"A {self._acked}")
            await asyncio.sleep(0.02)

    def _values(self) -> Iterator[RecordValue]:
        """Sound most of the time; now and then what else a room has to say."""
        chance, turn = self._chance, self._orders.turn_key
        yield AudioFormat(0, Codec.PCM, 16_000, b"", time.monotonic_ns())
        format_seq, sample = self._spool.next_seq - 1, 0
        next_s, blocks = time.monotonic() + self._orders.utterance_s, 0
        while True:
            yield AudioBlock(
                0, sample, BLOCK_SAMPLES, (chance.randbytes(2 * BLOCK_SAMPLES),), b"", False, False
            )
            sample, blocks = sample + BLOCK_SAMPLES, blocks + 1
            if chance.random() < 0.3:
                yield _window(chance, turn)
            if chance.random() < 0.05:
                yield DeviceEvent("camera", DeviceState.RESTARTED, f"{chance.random()}")
            if blocks >= UTTERANCE_BLOCKS and time.monotonic() >= next_s:
                last = self._spool.next_seq - 1
                span = UTTERANCE_BLOCKS * BLOCK_SAMPLES
                yield Utterance(
                    str(uuid.uuid4()), turn, 0, sample - span, sample,
                    max(format_seq + 1, last - 4 * UTTERANCE_BLOCKS), last, format_seq,
                    800, UtteranceCut.SILENCE, "en", blocks,
                )  # fmt: skip
                next_s, blocks = time.monotonic() + self._orders.utterance_s, 0


def _window(chance: random.Random, turn: str) -> ScoreWindow:
    measures = tuple(
        Measure(channel, chance.uniform(0, 1), chance.uniform(0.5, 1)) for channel in Channel
    )
    return ScoreWindow(time.monotonic_ns(), 1000, 30, 30, turn, measures)


def _say(line: str) -> None:
    print(line, flush=True)


def main() -> int:
    """`BROKEN` where the disk fails, and why on standard error."""
    status = 0
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        asyncio.run(Source(Path(sys.argv[1])).run())
    except* EdgeError as group:
        print(_first(group), file=sys.stderr, flush=True)
        status = BROKEN
    return status


def _first(group: BaseException) -> BaseException:
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group


if __name__ == "__main__":
    sys.exit(main())
