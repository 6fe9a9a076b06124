"""Starts the test run's servers, writes their addresses, and stops them when nobody uses them."""

from __future__ import annotations

import fcntl
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from central.embedded import Cluster, NatsServer
from central.storage.migrate import migrate
from tests.fakes.servers import TEMPLATE, WORKERS


def main(run: Path) -> None:
    """Keep the servers of the run in `run`."""
    folder = Path(tempfile.mkdtemp(prefix="daedam-test-"))
    folder.chmod(0o711)  # PostgreSQL's account may walk through it
    cluster = Cluster(folder / "pg", folder / "sockets", durable=False)
    bus = NatsServer(folder / "nats", for_tests=True)
    children: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []
    try:
        cluster.prepare()
        postgres = subprocess.Popen(cluster.command(), start_new_session=True)
        children.append((postgres, signal.SIGINT))
        bus.prepare()
        _set_workers_apart(bus.folder / "nats.conf")
        nats = subprocess.Popen(bus.command(), start_new_session=True)
        children.append((nats, signal.SIGTERM))
        while not cluster.is_ready(postgres.pid) or bus.url(nats.pid) is None:
            time.sleep(0.01)
        migrate(cluster.url(TEMPLATE))
        _announce(run, {"postgres_url": cluster.url("{}"), "nats_url": bus.url(nats.pid) or ""})
        with (run / "servers.users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_EX)  # returns when the last worker has gone
    finally:
        for child, how in reversed(children):
            child.send_signal(how)
            child.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _set_workers_apart(configuration: Path) -> None:
    """An account for each worker: rooms of one name in two workers' tests never hear each other."""
    accounts = (
        f"{name}: {{ users: [{{user: {name}, password: {name}}}] }}" for name in sorted(WORKERS)
    )
    with configuration.open("a", encoding="utf-8") as file:
        file.write(f"accounts {{ {', '.join(accounts)} }}\n")


def _announce(run: Path, addresses: dict[str, str]) -> None:
    draft = run / "servers.json.new"
    draft.write_text(json.dumps(addresses), encoding="utf-8")
    draft.rename(run / "servers.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
