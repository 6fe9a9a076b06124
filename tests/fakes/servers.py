"""One PostgreSQL and one NATS per test run, whichever xdist worker needs them first.

They are started by a small keeper process that ends when the last worker has gone: each worker holds
a shared lock on a file, and the keeper stops the servers once it can have that lock alone.
"""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

TEMPLATE = "daedam_template"
_START_S = 60


@dataclass(frozen=True, slots=True)
class Servers:
    """Addresses of the run's servers. `postgres_url` has `{}` where the database's name goes."""

    postgres_url: str
    nats_url: str

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """A database made from `template`, dropped afterwards."""
        name = f"t_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.postgres_url.format("postgres"), autocommit=True) as conn:
            conn.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
            try:
                yield self.postgres_url.format(name)
            finally:
                conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def running_servers(run: Path) -> Iterator[Servers]:
    """The servers of the test run whose folder is `run`."""
    with (run / "servers.users").open("w") as users, (run / "servers.start").open("w") as start:
        fcntl.flock(users, fcntl.LOCK_SH)  # the keeper waits for this one
        fcntl.flock(start, fcntl.LOCK_EX)
        addresses = run / "servers.json"
        if not addresses.exists():
            _start_keeper(run, addresses)
        fcntl.flock(start, fcntl.LOCK_UN)
        found = json.loads(addresses.read_text(encoding="utf-8"))
        yield Servers(found["postgres_url"], found["nats_url"])


def _start_keeper(run: Path, addresses: Path) -> None:
    log = (run / "servers.log").open("wb")
    with log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.servers_keeper", str(run)],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[2],
            start_new_session=True,
        )
    keeper.returncode = 0  # it ends by itself after us; nobody waits for it
    deadline_s = time.monotonic() + _START_S
    while not addresses.exists():
        if time.monotonic() > deadline_s:
            raise RuntimeError((run / "servers.log").read_text(encoding="utf-8", errors="replace"))
        time.sleep(0.02)
