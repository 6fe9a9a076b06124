"""A process that is killed at random instants: what it told durable is there, once and in order."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edge_agent.uplink.durable.spool import DurableSpool

pytestmark = pytest.mark.integration

KILLS = 15
WRITER = """
import asyncio, sys
from pathlib import Path
from edge_agent.flow import DeviceEvent, DeviceState
from edge_agent.uplink.durable.spool import DurableSpool

async def main():
    spool = DurableSpool(Path(sys.argv[1]), 10**9, segment_bytes=20_000)
    async def tell():
        after = spool.next_seq - 1
        while True:
            for one in await spool.read(after, 10_000):
                print("told", one.seq, one.crc32c, flush=True)
                after = one.seq
    telling = asyncio.create_task(tell())
    for n in range(10**9):
        spool.append(DeviceEvent("camera", DeviceState.READY, f"{n}" * (n % 20)))
        if n % 50 == 0:
            await asyncio.sleep(0.002)

asyncio.run(main())
"""


def killed(folder: Path, after_s: float) -> list[tuple[int, int]]:
    """(sequence, crc) of each record that a writer told durable before it was killed."""
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        lines: list[str] = []
        while not lines or not lines[-1].startswith("told"):  # before it, a start may log of damage
            lines.append(writer.stdout.readline())
        time.sleep(after_s)
        writer.kill()
        lines += writer.stdout.read().splitlines(keepends=True)
    words = [line.split() for line in lines if line.startswith("told") and line.endswith("\n")]
    return [(int(seq), int(crc)) for _, seq, crc in words]


async def test_a_killed_process_keeps_all_that_it_told_durable(tmp_path: Path) -> None:
    chance = random.Random(7)
    told: list[tuple[int, int]] = []
    for _ in range(KILLS):
        told += await asyncio.to_thread(killed, tmp_path, chance.uniform(0, 0.1))
    assert len(told) > KILLS
    assert len(dict(told)) == len(told)
    spool = DurableSpool(tmp_path, 10**9)
    found: list[tuple[int, int]] = []
    while len(found) + 1 < spool.next_seq:
        found += [(one.seq, one.crc32c) for one in await spool.read(len(found), 1_000_000)]
    assert [seq for seq, _ in found] == list(range(1, spool.next_seq))
    assert set(told) <= set(found)
    spool.close()
