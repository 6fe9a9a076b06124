"""What `central up` makes in an empty data folder: settings, the session key, certificates."""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from central.config import Config, load
from central.errors import StartError
from central.fleet.authority import create_authority, write_private
from central.supervisor.settings import as_toml

SETTINGS = "central.toml"
_SECRET_BYTES = 32


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Holds the data folder's lock. Raises `StartError` where another `central up` has it."""
    data.mkdir(mode=0o711, parents=True, exist_ok=True)
    with (data / "up.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise StartError(
                "up", f"{data} is in use by process {lock.read().strip() or '?'}; stop that first"
            ) from error
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def settings_of(data: Path) -> Config:
    """The settings in the data folder; written with the defaults where there are none."""
    file = data / SETTINGS
    if not file.exists():
        file.write_text(as_toml(Config(data_dir=data)), encoding="utf-8")
    return load(file)


def make_missing(config: Config) -> None:
    """The session key and the certificates, where they are not there."""
    secret = config.path(config.dashboard.session_secret)
    if not secret.exists():
        secret.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret.touch(mode=0o600)
        secret.write_bytes(secrets.token_bytes(_SECRET_BYTES))
    _make_certificates(config)


def authority_folder(config: Config) -> Path:
    """Where the site's certificate authority keeps its key."""
    return config.data_dir / "authority"


def _make_certificates(config: Config) -> None:
    gateway = config.gateway
    certificate, key, rooms_ca = (
        config.path(file) for file in (gateway.certificate, gateway.private_key, gateway.rooms_ca)
    )
    authority = create_authority(authority_folder(config), config.organisation)
    for file in (certificate, key, rooms_ca):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not rooms_ca.exists():
        rooms_ca.write_bytes(authority.certificate)
    if not certificate.exists() or not key.exists():
        names = [socket.gethostname(), "localhost", "127.0.0.1"]
        if gateway.host not in {*names, "0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
            names.append(gateway.host)
        issued = authority.issue_server(names)
        write_private(key, issued.private_key or b"")
        certificate.write_bytes(issued.certificate)
