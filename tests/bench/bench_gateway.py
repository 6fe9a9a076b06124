"""How many rooms one machine holds: gateway, PostgreSQL and NATS as `central up` starts them, rooms from
another process, each with five batches and ten live messages a second.

`make bench NAME=gateway ARGS="--levels 100,200,300 --seconds 15"`; the last line is JSON. A level holds
where every stream lives, every message is sent in time, and 99 of 100 batches are acknowledged within
100 ms of their sending. The same levels then run with two gateways that share the rooms. The client
runs on the same machine and takes processor time from it: a machine of its own would hold more.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from central.config import Config, load
from central.fleet.authority import Authority
from central.fleet.rooms import add_agent, add_room
from central.storage.pool import open_pool
from central.supervisor.first_start import authority_folder
from central.supervisor.plan import free_port
from central.supervisor.settings import as_toml
from central.supervisor.up import ADDRESSES
from tests.story.api import until
from tests.story.processes import running

LIMIT_MS = 100.0
SETTLE_S = 3.0
START_S = 60.0
LOG_FILES = 31
"""What PostgreSQL keeps: see `min_wal_size` of the embedded one."""
CLK_TCK = os.sysconf("SC_CLK_TCK")


def main(words: list[str]) -> dict[str, Any]:
    """Measure and print; returns what was printed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--levels", default="100,200,250,300,350,400", help="rooms, ascending")
    parser.add_argument("--seconds", type=float, default=15.0, help="measured for each level")
    parser.add_argument("--gateways", default="1,2", help="how many share the rooms, one run each")
    wanted = parser.parse_args(words)
    levels = [int(one) for one in wanted.levels.split(",")]
    runs = {}
    for count in (int(one) for one in wanted.gateways.split(",")):
        with tempfile.TemporaryDirectory(prefix="daedam-bench-") as folder:
            Path(folder).chmod(0o711)  # PostgreSQL and NATS run as another account
            runs[count] = asyncio.run(_run(Path(folder), count, levels, wanted.seconds))
    result = {
        "cores": os.cpu_count(),
        "rooms": {str(count): _most(run) for count, run in runs.items()},
        "ack_limit_ms": LIMIT_MS,
        "runs": {str(count): run for count, run in runs.items()},
    }
    print(json.dumps(result))
    return result


def _most(run: list[dict[str, Any]]) -> int:
    return max((one["rooms"] for one in run if one["ok"]), default=0)


async def _run(
    data: Path, gateways: int, levels: list[int], seconds: float
) -> list[dict[str, Any]]:
    async with _site(data, gateways) as (config, addresses, roots):
        seats = await _seats(config, addresses, data, levels[-1])
        await _with_used_log(config)
        return await _levels(seats, levels, seconds, roots, gateways)


async def _levels(
    seats: Path, levels: list[int], seconds: float, roots: list[int], gateways: int
) -> list[dict[str, Any]]:
    client = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.gateway_load", str(seats),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert client.stdin is not None
    assert client.stdout is not None
    found: list[dict[str, Any]] = []
    try:
        for rooms in levels:
            command = {"rooms": rooms, "seconds": seconds, "settle_s": SETTLE_S}
            client.stdin.write(json.dumps(command).encode() + b"\n")
            before = _cpu_by_name(roots)
            async with asyncio.timeout(120 + seconds):
                line = await client.stdout.readline()
            # Connecting and settling are in it too: a little more than the steady state.
            used_s = {name: now - before.get(name, 0) for name, now in _cpu_by_name(roots).items()}
            result = {"rooms": rooms, **json.loads(line)}
            result["cpu_s"] = {name: round(one, 2) for name, one in used_s.items()}
            result["ok"] = _holds(result, rooms)
            found.append(result)
            print(f"· {gateways} gateway(s), {rooms} rooms: {json.dumps(result)}", file=sys.stderr)
            if not result["ok"]:
                break
    finally:
        client.stdin.close()
        async with asyncio.timeout(60):
            await client.wait()
    return found


def _holds(result: dict[str, Any], rooms: int) -> bool:
    asked = 0.97
    return (
        result["streams_ended"] == 0
        and result["ack_p99_ms"] is not None
        and result["ack_p99_ms"] <= LIMIT_MS
        and result["batches_per_s"] >= asked * 5 * rooms
        and result["lives_per_s"] >= asked * 10 * rooms
    )


@asynccontextmanager
async def _site(data: Path, gateways: int) -> AsyncIterator[tuple[Config, list[str], list[int]]]:
    """Central with so many gateways: the settings, their addresses, and the processes."""
    central = data / "central"
    central.mkdir(mode=0o711)
    bare = Config(data_dir=central)
    port = msgspec.structs.replace(bare.gateway, port=free_port("127.0.0.1"))
    (central / "central.toml").write_text(as_toml(msgspec.structs.replace(bare, gateway=port)))
    async with AsyncExitStack() as stack:
        words = ["central", "up", "--data", str(central), "--only", "steward,gateway"]
        up = await stack.enter_async_context(running("central", words, data / "central.log"))
        await until(START_S, f"central; see {data / 'central.log'}", _there(central / ADDRESSES))
        config = load(central / "run" / "central.toml")
        addresses = [f"127.0.0.1:{port.port}"]
        roots = [up.pid]
        for number in range(1, gateways):
            other = msgspec.structs.replace(
                config.gateway,
                port=free_port("127.0.0.1"),
                enrolment_port=free_port("127.0.0.1"),
            )
            file = central / "run" / f"gateway{number}.toml"
            file.touch(mode=0o644)
            file.write_text(as_toml(msgspec.structs.replace(config, gateway=other)))
            words = ["central", "gateway", "--config", str(file)]
            log = data / f"gateway{number}.log"
            process = await stack.enter_async_context(running("gateway", words, log))
            await until(START_S, f"gateway {number}; see {log}", _listens(other.port))
            addresses.append(f"127.0.0.1:{other.port}")
            roots.append(process.pid)
        yield config, addresses, roots


async def _seats(config: Config, addresses: list[str], data: Path, count: int) -> Path:
    """Rooms with certificates and an interview each; the file that the client reads."""
    authority = Authority.load(authority_folder(config), config.organisation)
    pool = await open_pool(config.database.url, 1)
    seats = []
    async with pool, pool.connection() as admission:
        for number in range(count):
            folder = data / "rooms" / f"r{number}"
            await add_room(admission, f"r{number}", f"Room {number}")
            await add_agent(admission, authority, f"r{number}", folder)
            seats.append({"address": addresses[number % len(addresses)], "folder": str(folder)})
    async with await psycopg.AsyncConnection.connect(config.database.url) as conn:
        await conn.execute(
            "insert into users (id, email, username, role, password_hash)"
            " values (1, 'c@example.org', 'c', 'candidate', '')"
        )
        cursor = await conn.execute(
            "insert into interviews (candidate_id, room_id, position, language, status)"
            " select 1, id, 'Engineer', 'en', 'live' from rooms"
            " order by substr(code, 2)::int returning id"
        )
        interviews = sorted(row[0] for row in await cursor.fetchall())
    told = [{**seat, "interview": str(one)} for seat, one in zip(seats, interviews, strict=True)]
    file = data / "seats.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


async def _with_used_log(config: Config) -> None:
    """As after some days: the database's log is written over files that are there. Where it is new, each
    16 MB begin with the making of a file, which no commit passes.
    """
    async with await psycopg.AsyncConnection.connect(config.database.url, autocommit=True) as conn:
        await conn.execute("create table log_filler (n int)")
        for _ in range(LOG_FILES):
            await conn.execute("insert into log_filler values (1)")
            await conn.execute("select pg_switch_wal()")
        await conn.execute("drop table log_filler")
        await conn.execute("checkpoint")


def _there(file: Path) -> Callable[[], Awaitable[bool]]:
    async def there() -> bool:
        return await asyncio.to_thread(file.exists)

    return there


def _listens(port: int) -> Callable[[], Awaitable[bool]]:
    async def listens() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        writer.close()
        return True

    return listens


def _cpu_by_name(roots: list[int]) -> dict[str, float]:
    """Processor seconds so far of these processes and all below them, by what they are."""
    found: dict[str, float] = {}
    for pid in (one for root in roots for one in (root, *_below(root))):
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        name = next((one for one in ("postgres", "nats-server", "gateway") if one in line), "other")
        found[name] = found.get(name, 0.0) + (int(fields[11]) + int(fields[12])) / CLK_TCK
    return found


def _below(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, todo = [], [root]
    while todo:
        todo += (below := children.get(todo.pop(), []))
        found += below
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
