"""What the group commit is worth: batches a second against one transaction for each, in the same run.

`python -m tests.bench.bench_ingest [seconds] [rooms]`; the last line is JSON. A batch is what a room
sends five times a second: one Audio record of 200 ms (3.5 kB). PostgreSQL is the embedded one, on the
same machine; `fsync` is off there as in all tests, so figures compare ways, not disks.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import google_crc32c

from central.gateway.group import commit_group
from central.interview.facts import Record
from central.storage import rooms
from central.storage.ingest import Segment
from central.storage.pool import Pool, open_pool
from central.storage.rooms import AgentRow, Spool
from daedam.v1 import measuring_pb2, record_pb2
from tests.fakes.servers import running_servers

CONNECTIONS = 8


def main(seconds: float = 3.0, room_count: int = 60) -> dict[str, float]:
    """Measure and print; returns what was printed."""
    with (
        tempfile.TemporaryDirectory() as directory,
        running_servers(Path(directory)) as servers,
        servers.database() as url,
    ):
        result = asyncio.run(_measure(url, seconds, room_count))
    print(json.dumps(result))
    return result


async def _measure(url: str, seconds: float, room_count: int) -> dict[str, float]:
    pool = await open_pool(url, CONNECTIONS)
    try:
        spools = [await _spool(pool, number) for number in range(room_count)]
        single, single_cpu_s = await _single(pool, spools, seconds)
        grouped, grouped_cpu_s = await _grouped(pool, spools, seconds)
    finally:
        await pool.close()
    return {
        "rooms": room_count,
        "single_batches_per_s": round(single / seconds),
        "group_batches_per_s": round(grouped / seconds),
        "single_python_us_per_batch": round(single_cpu_s / single * 1e6, 1),
        "group_python_us_per_batch": round(grouped_cpu_s / grouped * 1e6, 1),
        "gain": round(grouped / single, 1),
    }


async def _grouped(pool: Pool, spools: list[Spool], seconds: float) -> tuple[int, float]:
    """One committer: all rooms' next batch in one transaction."""
    sequences = dict.fromkeys(range(len(spools)), 1_000_000)
    for spool in spools:
        await _move(pool, spool, 1_000_000)
    done, ends, cpu_s = 0, time.monotonic() + seconds, time.process_time()
    while time.monotonic() < ends:
        segments = []
        for number, spool in enumerate(spools):
            sequences[number] += 1
            segments.append(_segment(spool, sequences[number]))
        result = await commit_group(pool, segments)
        assert not any(one.stale for one in result.committed)
        done += len(segments)
    return done, time.process_time() - cpu_s


async def _single(pool: Pool, spools: list[Spool], seconds: float) -> tuple[int, float]:
    """As many transactions at once as there are connections, each with one batch of its room."""
    ends, cpu_s = time.monotonic() + seconds, time.process_time()

    async def worker(mine: list[Spool]) -> int:
        done = 0
        while time.monotonic() < ends:
            done += 1
            for spool in mine:
                result = await commit_group(pool, [_segment(spool, done)])
                assert not result.committed[0].stale
        return done * len(mine)

    counts = await asyncio.gather(*(worker(spools[i::CONNECTIONS]) for i in range(CONNECTIONS)))
    return sum(counts), time.process_time() - cpu_s


_PAYLOAD = measuring_pb2.Audio(
    sample_count=3_200, packets=[os.urandom(350) for _ in range(10)], voice=b"\xff" * 6
).SerializeToString()
_AUDIO = int(record_pb2.RECORD_KIND_AUDIO)
_CRC = google_crc32c.value(_PAYLOAD)


def _segment(spool: Spool, seq: int) -> Segment:
    record = Record(seq, time.time_ns(), time.monotonic_ns(), None, _AUDIO, _CRC, _PAYLOAD, None)
    return Segment(spool, seq, seq, _CRC, [record])


async def _spool(pool: Pool, number: int) -> Spool:
    async with pool.connection() as conn:
        room_id = await rooms.insert_room(conn, f"r{number}", f"Room {number}")
        agent_id = await rooms.insert_agent(conn, f"r{number}", f"agent-{number}")
        assert agent_id is not None
        agent = AgentRow(agent_id, f"agent-{number}", room_id, f"r{number}", "", revoked=False)
        spool = await rooms.open_spool(conn, f"spool-{number}", agent)
        assert spool is not None
        return spool


async def _move(pool: Pool, spool: Spool, seq: int) -> None:
    async with pool.connection() as conn:
        await conn.execute(
            "update ingest_watermark set seq = %s where id = %s", (seq, spool.watermark_id)
        )


if __name__ == "__main__":
    wanted = sys.argv[1:]
    main(float(wanted[0]) if wanted else 3.0, int(wanted[1]) if len(wanted) > 1 else 60)
