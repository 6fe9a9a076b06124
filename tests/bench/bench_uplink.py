"""Records a second from a spool to a gateway on the same machine, mTLS, one process.

make bench NAME=uplink
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from pathlib import Path

from edge_agent.config import Central
from edge_agent.flow import AudioBlock, Capabilities
from edge_agent.uplink.uplink import Facts, Uplink
from tests.fakes.certificates import Authority, write_room
from tests.fakes.memory_spool import MemorySpool
from tests.fakes.room_gateway import RoomGateway

RECORDS = 20_000
BLOCK = AudioBlock(0, 0, 3200, (bytes(3500),), bytes(6), playing=False, gap=False)
"""200 ms of FLAC."""


async def measure(folder: Path) -> dict[str, float]:
    authority = Authority()
    write_room(folder, authority, authority.room())
    gateway = RoomGateway(authority)
    await gateway.start()
    spool = MemorySpool(1_000_000_000)
    tls = folder / "tls"
    settings = Central(
        address=gateway.address,
        ca=tls / "central-ca.crt",
        certificate=tls / "room.crt",
        private_key=tls / "room.key",
    )
    uplink = Uplink(
        settings,
        spool,
        facts=Facts("bench", "boot", Capabilities("", "", "", "")),
        on_command=print,
        on_feedback=print,
        on_link=lambda _: None,
    )
    began = time.perf_counter()
    for _ in range(RECORDS):
        spool.append(BLOCK)
    appended_s = time.perf_counter() - began
    running = asyncio.create_task(uplink.run())
    began = time.perf_counter()
    await uplink.drained()
    sent_s = time.perf_counter() - began
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await gateway.stop()
    return {
        "append_us": round(appended_s / RECORDS * 1e6, 1),
        "records_per_s": round(RECORDS / sent_s),
        "megabytes_per_s": round(RECORDS * 3506 / sent_s / 1e6, 1),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(measure(Path(folder)))))


if __name__ == "__main__":
    main()
