"""What `central up` makes in an empty data folder: settings, the session key, certificates."""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from central.config import Config, load
from central.errors import StartError
from central.fleet.authority import Authority
from central.fleet.certificates import write_public
from central.fleet.root import ROOT_KEY_FILE, create_authority
from central.fleet.server_certificate import ServerFiles, renew_server, write_server
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


def root_folder(config: Config) -> Path:
    """Where the root's key is left at the first start, to be taken away."""
    return config.data_dir / "offline-root"


def reminders(config: Config) -> list[str]:
    """What a person still has to do after the first start."""
    folder = root_folder(config)
    if not (folder / ROOT_KEY_FILE).exists():
        return []
    return [f"-- take the folder {folder} away: it holds the root key; see the text in it"]


def _make_certificates(config: Config) -> None:
    rooms_ca = config.path(config.gateway.rooms_ca)
    files = ServerFiles.of(config)
    if rooms_ca.exists() and files.exist() and not _issues(config):
        return  # another machine enrols
    authority = _authority(config)
    rooms_ca.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not rooms_ca.exists():
        write_public(rooms_ca, authority.certificate)
    if not files.exist():
        write_server(files, authority, _names(config))
    elif files.is_due(datetime.now(UTC)) and authority.issued(files.read()):
        renew_server(files, authority)


def _issues(config: Config) -> bool:
    folder = authority_folder(config)
    return config.path(config.gateway.issuing_key).exists() or folder.exists()


def _authority(config: Config) -> Authority:
    gateway = config.gateway
    key = config.path(gateway.issuing_key)
    if key.exists() and key.parent != authority_folder(config):
        certificate, roots = config.path(gateway.issuing_certificate), config.path(gateway.rooms_ca)
        return Authority.read(certificate, key, roots, config.organisation)
    return create_authority(authority_folder(config), config.organisation, root_folder(config))


def _names(config: Config) -> list[str]:
    """What rooms may call this machine."""
    names = [socket.gethostname(), "localhost", "127.0.0.1"]
    if config.gateway.host not in {*names, "0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        names.append(config.gateway.host)
    return names
