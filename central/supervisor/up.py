"""`central up`: every role of central on this machine, until told to stop."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from central.config import Config
from central.embedded.postgres import socket_folder
from central.storage.migrate import migrate
from central.supervisor.child import Child, Log
from central.supervisor.first_start import make_missing, only_one, reminders
from central.supervisor.notify import Notify
from central.supervisor.plan import ROLES, Plan, plan
from central.supervisor.ports import refuse_taken
from central.supervisor.settings import as_toml
from central.vault.first_key import make_site_key

ADDRESSES = "run/addresses.json"
"""Written once everything is ready: where each role listens."""


async def up(config: Config, log: Log, only: tuple[str, ...] = ()) -> None:
    """Run until SIGINT or SIGTERM. Raises `StartError` where a child cannot be started."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    starting = asyncio.create_task(_hold(config, log, only, stop))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
    finally:
        stopping.cancel()
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def _hold(config: Config, log: Log, only: tuple[str, ...], stop: asyncio.Event) -> None:
    notify = Notify.from_env()
    with only_one(config.data_dir):
        async with children(config, log, only) as running:
            addresses = {child.spec.name: child.address for child in running}
            _write_private(config.data_dir / ADDRESSES, json.dumps(addresses))
            for line in reminders(config):
                log("up", line)
            log("up", "-- ready")
            notify.ready(addresses.get("dashboard", ""))
            while not stop.is_set():
                notify.watchdog()
                await asyncio.sleep(1)


@asynccontextmanager
async def children(
    config: Config, log: Log, only: tuple[str, ...] = ()
) -> AsyncIterator[list[Child]]:
    """All children, ready; stopped in reverse order on exit. The caller holds the folder's lock."""
    refuse_taken(config, only or ROLES)
    run = config.data_dir / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    (config.data_dir / ADDRESSES).unlink(missing_ok=True)
    sockets = socket_folder(config.data_dir)
    make_missing(config)
    for line in make_site_key(config):
        log("up", line)
    planned = plan(config, sockets, only)
    _write_private(run / "central.toml", as_toml(planned.config))
    async with AsyncExitStack() as stack:
        yield await _start(planned, stack, run, log)


async def _start(planned: Plan, stack: AsyncExitStack, run: Path, log: Log) -> list[Child]:
    sockets = socket_folder(run)
    sockets.mkdir(mode=0o700, exist_ok=True)
    started = []
    for spec in (planned.postgres, planned.nats):
        if spec is not None:
            child = await stack.enter_async_context(Child(spec, sockets, log).running())
            await child.ready()
            started.append(child)
    revision = await asyncio.to_thread(migrate, planned.config.database.url)
    log("migrate", f"-- the database is at revision {revision}")
    roles = [
        await stack.enter_async_context(Child(spec, sockets, log).running())
        for spec in planned.roles
    ]
    await asyncio.gather(*(role.ready() for role in roles))
    return started + roles


def _write_private(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")
