"""What a room's settings make of the units: pure.

The units are installed as they are shipped, so that a package's own can stand in for them; what the room
does otherwise is in drop-ins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edge_agent.config import Config
from edge_agent.errors import ConfigError
from edge_agent.settings.sources import store_folder

AGENT: Final = "daedam-edge.service"
ENROL: Final = "daedam-enrol.service"
KIOSK: Final = "daedam-kiosk.service"
PROGRAM: Final = "/opt/daedam/venv/bin/edge-agent"
CONFIG: Final = "/etc/daedam/edge.toml"
STATE: Final = "/var/lib/daedam"
CACHE: Final = "/var/cache/daedam"
URL_FILE: Final = "/run/daedam-kiosk/url"
UNITS: Final = "/etc/systemd/system"

_HIDDEN: Final = ("/home", "/root", "/run/user", "/tmp", "/var/tmp")  # noqa: S108 - not used, refused
_NOT_WRITABLE: Final = (*_HIDDEN, "/etc", "/usr", "/boot", "/opt")
_CONDITIONS: Final = (f"{STATE}/identity.pem", f"{STATE}/tls/room.crt")


@dataclass(frozen=True, slots=True)
class File:
    """One file as it has to be. Where `vendor` (a package's place for it) has the same, that will do."""

    path: str
    text: str
    mode: int = 0o644
    vendor: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How this room is to be installed."""

    config: Config
    config_path: str = CONFIG
    program: str = PROGRAM
    kiosk: bool = True


def rendered(wanted: Wanted, shipped: Callable[[str], str]) -> tuple[File, ...]:
    """Every file, in the order in which they are written.

    Raises `ConfigError` where the service could not reach what the settings name.
    """
    _check(wanted)
    return tuple(_files(wanted, shipped))


def units(wanted: Wanted) -> tuple[str, ...]:
    """What is started at boot."""
    return (AGENT, KIOSK) if wanted.kiosk else (AGENT,)


def _files(wanted: Wanted, shipped: Callable[[str], str]) -> Iterator[File]:
    def unit(name: str) -> File:
        return File(f"{UNITS}/{name}", shipped(name), vendor=f"/lib/systemd/system/{name}")

    for kind, package in (("sysusers", "/usr/lib/sysusers.d"), ("tmpfiles", "/usr/lib/tmpfiles.d")):
        text = shipped(f"daedam-edge.{kind}")
        yield File(f"/etc/{kind}.d/daedam-edge.conf", text, vendor=f"{package}/daedam-edge.conf")
    if folders := _folders(wanted.config):
        lines = [_made(wanted), *(f"d {_word(one)} 0700 daedam daedam -" for one in folders)]
        yield File("/etc/tmpfiles.d/daedam-room.conf", "\n".join(lines) + "\n")
    yield unit(AGENT)
    yield unit(ENROL)
    if lines := _agent(wanted):
        yield _drop_in(AGENT, wanted, lines)
    if lines := _enrol(wanted):
        yield _drop_in(ENROL, wanted, lines)
    if not wanted.kiosk:
        return
    yield File("/usr/lib/daedam/kiosk", shipped("kiosk"), 0o755)
    yield File("/etc/pam.d/daedam-kiosk", shipped("daedam-kiosk.pam"))
    yield unit(KIOSK)
    if str(wanted.config.kiosk.url_file) != URL_FILE:
        url = _word(str(wanted.config.kiosk.url_file))
        command = f"/usr/bin/cage -d -- /usr/lib/daedam/kiosk {url}"
        yield _drop_in(KIOSK, wanted, ["[Service]", "ExecStart=", f"ExecStart={command}"])


def _agent(wanted: Wanted) -> list[str]:
    config = wanted.config
    lines, proofs = [], (str(config.central.identity), str(config.central.certificate))
    if proofs != _CONDITIONS:
        lines += ["[Unit]", "ConditionPathExists="]
        lines += [f"ConditionPathExists=|{_word(one)}" for one in proofs]
    folders = _folders(config)
    if folders:
        lines += ["[Unit]", *(f"RequiresMountsFor={_word(one)}" for one in folders)]
    service = _command(wanted, "run --config {config}")
    if folders:
        service += [f"ReadWritePaths={_word(one)}" for one in folders]
    return lines + (["[Service]", *service] if service else [])


def _enrol(wanted: Wanted) -> list[str]:
    identity = str(wanted.config.central.identity)
    lines = []
    if identity != _CONDITIONS[0]:
        token = "/etc/credstore/daedam.enrolment-token"  # noqa: S105 - where it lies, not what it is
        lines += ["[Unit]", "ConditionPathExists=", f"ConditionPathExists={token}"]
        lines += [f"ConditionPathExists=!{_word(identity)}"]
    service = _command(wanted, "enrol --config {config}")
    folder = str(wanted.config.central.identity.parent)
    if folder in _folders(wanted.config):
        service.append(f"ReadWritePaths={_word(folder)}")
    return lines + (["[Service]", *service] if service else [])


def _command(wanted: Wanted, arguments: str) -> list[str]:
    if (wanted.program, wanted.config_path) == (PROGRAM, CONFIG):
        return []
    words = arguments.format(config=_word(wanted.config_path))
    return ["ExecStart=", f"ExecStart={_word(wanted.program)} {words}"]


def _drop_in(unit: str, wanted: Wanted, lines: list[str]) -> File:
    return File(f"{UNITS}/{unit}.d/10-room.conf", "\n".join([_made(wanted), *lines]) + "\n")


def _made(wanted: Wanted) -> str:
    return f"# From {wanted.config_path}; after a change there run `edge-agent install` again."


def _folders(config: Config) -> list[str]:
    """Folders that the agent writes to and that its unit does not know of yet."""
    places = [config.spool.folder, store_folder(config), config.central.identity.parent]
    if config.kiosk.url_file is not None and str(config.kiosk.url_file) != URL_FILE:
        places.append(config.kiosk.url_file.parent)
    known = Path(STATE)
    return sorted({str(one) for one in places if not one.is_relative_to(known)})


def _check(wanted: Wanted) -> None:
    config = wanted.config
    if wanted.kiosk and config.kiosk.url_file is None:
        raise ConfigError(
            "kiosk.url_file",
            f'the kiosk finds the page by it; set it to "{URL_FILE}", or install with --no-kiosk',
        )
    read = {
        "the agent itself": Path(wanted.program),
        "the settings": Path(wanted.config_path),
        "models.folder": config.models.folder,
        "replay.file": config.replay.file,
    }
    written = {
        "spool.folder": config.spool.folder,
        "central.identity": config.central.identity,
        "kiosk.url_file": config.kiosk.url_file if wanted.kiosk else None,
    }
    for name, path in read.items():
        _reachable(name, path, _HIDDEN, "the service sees nothing there; choose a place under /srv")
    for name, path in written.items():
        advice = f"the service may not write there; choose a place under {STATE}"
        _reachable(name, path, _NOT_WRITABLE, advice)


def _reachable(name: str, path: Path | None, closed: tuple[str, ...], advice: str) -> None:
    for one in closed:
        if path is not None and path.is_relative_to(one):
            raise ConfigError(name, f"{path} lies in {one}, and {advice}")


def _word(path: str) -> str:
    """A path as a unit file takes it: `%` begins a specifier there."""
    if not re.fullmatch(r"/[\w@%+=:,./-]*", path):
        raise ConfigError("a path", f"{path!r} holds characters that have no place in a unit file")
    return path.replace("%", "%%")
