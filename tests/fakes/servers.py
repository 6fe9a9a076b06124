"""One PostgreSQL and one NATS per test run, whichever xdist worker needs them first.

They are started by a small keeper process that ends when the last worker has gone: each worker holds
a shared lock on a file, and the keeper stops the servers once it can have that lock alone.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from tests.fakes import used_database

TEMPLATE = "daedam_template"
WORKERS = frozenset(f"gw{number}" for number in range(16))
"""Of xdist, that have an account of their own at NATS."""
_START_S = 60


@dataclass(slots=True)
class Servers:
    """Addresses of the run's servers. `postgres_url` has `{}` where the database's name goes; what one
    worker says on NATS no other hears.
    """

    postgres_url: str
    nats_url: str
    _spare: list[str] = field(default_factory=list)
    _shape: str = ""

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """A database as `template` is. One of our own tables is used again by this worker's next test,
        if it can be made as new; any other is dropped afterwards.
        """
        ours = template == TEMPLATE
        name = self._spare.pop() if ours and self._spare else self._created(template)
        url = self.postgres_url.format(name)
        if ours and not self._shape:
            self._shape = used_database.shape(url)
        try:
            yield url
        finally:
            if ours and used_database.made_as_new(url, self._shape):
                self._spare.append(name)
            else:
                self._tell(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _created(self, template: str) -> str:
        name = f"t_{uuid.uuid4().hex[:12]}"
        names = sql.Identifier(name), sql.Identifier(template)
        self._tell(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        return name

    def _tell(self, order: sql.Composed) -> None:
        with psycopg.connect(self.postgres_url.format("postgres"), autocommit=True) as conn:
            conn.execute(order)


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
        yield Servers(found["postgres_url"], _own_account(found["nats_url"]))


def _own_account(nats_url: str) -> str:
    """The same server, in the account of this worker."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    scheme, _, address = nats_url.partition("://")
    host = address.rpartition("@")[2]
    return f"{scheme}://{worker}:{worker}@{host}" if worker in WORKERS else nats_url


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
