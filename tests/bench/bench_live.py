"""How late the dashboard is: from a reading's stamp to the change in a real browser's page.

`make bench NAME=live ARGS="--rooms 1,50 --seconds 20"`; the last line is JSON. `--seconds 1800` shows
whether the page's memory stays as it is. Every room sends ten
readings a second over NATS, stamped as they leave here; the dashboard is a process of its own, and
Chromium shows the wall of all rooms, then one room's page. What the room's PC and the gateway take
before (30 of the budget's 150 ms) is not in it. Senders, dashboard, servers and browser share this
machine: `cores` says how many there were.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from playwright.async_api import Browser, async_playwright

from central import config as settings
from central.bus.bus import Bus
from central.bus.events import Readings
from central.dashboard.auth import passwords
from central.storage import interview_questions, interviews, users
from central.storage.engine import create_engine, sessions
from central.storage.interview_questions import TypedQuestion
from central.storage.interviews import NewInterview
from central.storage.tables import Agent, Room
from central.storage.users import NewUser
from central.supervisor.plan import free_port
from central.supervisor.settings import as_toml
from tests.bench.live_page import watched
from tests.browser.chromium import ARGUMENTS, EXECUTABLE
from tests.browser.measured import measures_at
from tests.fakes.servers import Servers, running_servers
from tests.story.api import until
from tests.story.processes import running

GOAL_P99_MS = {1: 150.0, 50: 300.0}
PATHS = {"wall": "/rooms", "room": "/rooms/r-0"}
EVERY_S = 0.1
SETTLE_S = 3.0
START_S = 60.0
PASSWORD = "correct horse battery"
CLK_TCK = os.sysconf("SC_CLK_TCK")


def main(words: list[str]) -> dict[str, Any]:
    """Measure and print; returns what was printed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", default="1,50", help="how many rooms are live, one run each")
    parser.add_argument("--seconds", type=float, default=20.0, help="measured for each page")
    parser.add_argument("--pages", default="wall,room", help="which, one after the other")
    wanted = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="daedam-bench-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL and NATS run as another account
        with running_servers(Path(folder)) as servers:
            runs = [
                asyncio.run(
                    _run(servers, Path(folder), int(rooms), wanted.seconds, wanted.pages.split(","))
                )
                for rooms in wanted.rooms.split(",")
            ]
    result = {"cores": os.cpu_count(), "every_ms": EVERY_S * 1_000, "runs": runs}
    print(json.dumps(result))
    return result


async def _run(
    servers: Servers, folder: Path, rooms: int, seconds: float, wanted: list[str]
) -> dict[str, Any]:
    data = folder / str(rooms)
    data.mkdir(mode=0o711)
    async with _site(servers, data, rooms) as (url, pid, bus), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        sending = asyncio.create_task(_send(bus, rooms))
        try:
            pages = {
                name: await _page(browser, url + PATHS[name], url, pid, seconds) for name in wanted
            }
        finally:
            sending.cancel()
            await asyncio.wait([sending])
            await browser.close()
    goal = GOAL_P99_MS.get(rooms)
    found = {"rooms": rooms, "goal_p99_ms": goal, **pages}
    print(f"· {json.dumps(found)}", file=sys.stderr)
    return found


async def _page(
    browser: Browser, address: str, url: str, pid: int, seconds: float
) -> dict[str, Any]:
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await page.goto(f"{url}/login")
    await page.fill("#login", "bench")
    await page.fill("#password", PASSWORD)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await page.goto(address)
    await page.wait_for_selector("body[data-line=up]")
    await asyncio.sleep(SETTLE_S)
    cpu_s = _cpu_s(pid)
    found = await watched(page, seconds)
    found["dashboard_cpu"] = round((_cpu_s(pid) - cpu_s) / seconds, 3)
    await context.close()
    return found


async def _send(bus: Bus, rooms: int) -> None:
    """Ten readings a second of each room, spread over the tenth."""
    noise, started_s, number = random.Random(1), time.monotonic(), 0
    while True:
        second, room = number // rooms * EVERY_S, number % rooms
        due_s = started_s + (number / rooms) * EVERY_S
        await asyncio.sleep(max(0.0, due_s - time.monotonic()))
        await bus.publish(_readings(room, second, noise))
        number += 1


def _readings(room: int, second: float, noise: random.Random) -> Readings:
    found = measures_at(second, away=False, noise=noise).items()
    return Readings(
        room=f"r-{room}",
        interview_id=str(room + 1),
        wall_ns=time.time_ns(),
        phase="answering",
        turn_id="t",
        question_id="q",
        position=0,
        question_count=1,
        phase_elapsed_ms=int(second * 1_000),
        speaking=True,
        measures={name: (value, float(share or 0)) for name, (value, share) in found},
    )


@asynccontextmanager
async def _site(servers: Servers, data: Path, rooms: int) -> AsyncIterator[tuple[str, int, Bus]]:
    """The dashboard's address and process, and a bus to its rooms."""
    port = free_port("127.0.0.1")
    with servers.database() as database_url:
        await _furnish(database_url, rooms)
        config = settings.Config(
            data_dir=data,
            database=settings.Database(url=database_url),
            nats=settings.Nats(url=servers.nats_url),
            dashboard=settings.Dashboard(port=port, reveal="always"),
        )
        log, url = data / "dashboard.log", f"http://127.0.0.1:{port}"
        words = ["central", "dashboard", "--config", str(_written(config))]
        async with (
            running("dashboard", words, log) as process,
            await Bus.connect(servers.nats_url, "bench") as bus,
        ):
            await until(START_S, f"the dashboard; see {log}", lambda: _answers(url))
            yield url, process.pid, bus


def _written(config: settings.Config) -> Path:
    """The configuration's file, with the secrets that it names, readable by whoever serves."""
    secrets = config.path(config.dashboard.session_secret).parent
    secrets.mkdir()
    file = config.data_dir / "central.toml"
    file.write_text(as_toml(config))
    for name in ("session.key", "upload.key"):
        (secrets / name).write_bytes(bytes(range(32)))
    for path in (config.data_dir, *config.data_dir.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return file


async def _answers(url: str) -> bool:
    async with httpx.AsyncClient(timeout=2.0) as client:
        try:
            return (await client.get(f"{url}/healthz")).status_code == 200
        except httpx.TransportError:
            return False


async def _furnish(database_url: str, rooms: int) -> None:
    """A person who looks, and rooms with a live interview each."""
    engine = create_engine(database_url)
    async with sessions(engine).begin() as session:
        secret = await passwords.hashed(PASSWORD)
        new = NewUser("bench@example.org", "bench", "recruiter", secret, "Bench")
        await users.create(session, new, actor_id=None)
        for number in range(rooms):
            room = Room(code=f"r-{number}", name=f"Room {number}")
            session.add(room)
            await session.flush()
            session.add(Agent(room_id=room.id, uuid=f"a-{number}", connected=True, health={}))
            who = NewUser(f"{number}@example.org", f"c{number}", "candidate", "-", f"C. {number}")
            candidate = await users.create(session, who, actor_id=None)
            planned = NewInterview(candidate_id=candidate.id, position="Engineer", language="en")
            interview = await interviews.create(session, planned, actor_id=None)
            await interview_questions.add_typed(
                session, interview, TypedQuestion("What did you build?")
            )
            row = await interviews.locked(session, interview)
            row.status, row.room_id = "live", room.id
    await engine.dispose()


def _cpu_s(pid: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLK_TCK


if __name__ == "__main__":
    main(sys.argv[1:])
