"""The room's settings, and where each value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from edge_agent import config as room_config
from edge_agent.config import Config
from edge_agent.errors import ConfigError
from edge_agent.settings.remote import Remote
from edge_agent.settings.settable import SETTABLE, Value, problem, typed
from edge_agent.settings.store import Store

PREFIX = "DAEDAM_"
"""`DAEDAM_CAMERA_FPS` sets `camera.fps`, as far as central could."""

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sourced:
    """One value; `source` is "default", "file", "remote version 7 by minho", "environment (NAME)" or
    "command line".
    """

    key: str
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it. `remote` is the version that is in force or on trial."""

    config: Config
    values: tuple[Sourced, ...]
    remote: Remote
    store: Store


def load(
    path: Path, environment: Mapping[str, str], orders: Sequence[str] = (), *, start: bool = True
) -> Settings:
    """`orders` are `key=value` of the command line. Where `start`, an untried remote version is on trial
    from now on; else nothing changes.

    Raises `ConfigError` naming the key, for what a person here wrote: remote values that do not fit are
    given back instead, and the room runs with the former ones.
    """
    folder = path.resolve().parent
    document = room_config.read(path)
    own = room_config.parse(deepcopy(document), folder)
    store = Store(store_folder(own))
    here = _from_here(environment, orders)
    remote = store.begin() if start else store.look()
    try:
        config, sources = _merged(document, remote, here, folder)
    except ConfigError:
        if start:
            store.give_back_failed()
        remote = Remote()  # what came from afar must never be what keeps a room from starting
        config, sources = _merged(document, remote, here, folder)
    return Settings(config, tuple(_sourced(config, sources)), remote, store)


def store_folder(config: Config) -> Path:
    """Beside the spool: both survive an update of the agent."""
    return config.spool.folder.parent / "settings"


def _from_here(environment: Mapping[str, str], orders: Sequence[str]) -> list[Sourced]:
    found = []
    for key in SETTABLE:
        name = PREFIX + key.upper().replace(".", "_")
        if name in environment:
            found.append(Sourced(key, _checked(key, environment[name]), f"environment ({name})"))
    for order in orders:
        key, equals, text = order.partition("=")
        if not equals:
            raise ConfigError("--set", f"{order!r} is not KEY=VALUE, as in camera.fps=15")
        found.append(Sourced(key, _checked(key, text), "command line"))
    return found


def _checked(key: str, text: str) -> Value:
    value = typed(key, text)
    if wrong := problem(key, value):
        raise ConfigError(key, wrong.replace("from central", "this way"))
    return value


def _merged(
    document: Document, remote: Remote, here: list[Sourced], folder: Path
) -> tuple[Config, dict[str, str]]:
    merged = deepcopy(document)
    sources = dict.fromkeys(_keys(document), "file")
    by = f" by {remote.changed_by}" if remote.changed_by else ""
    label = f"remote version {remote.version}{by}"
    over = [Sourced(key, value, label) for key, value in remote.values.items()]
    for one in [*over, *here]:
        section, _, name = one.key.partition(".")
        merged.setdefault(section, {})[name] = one.value
        sources[one.key] = one.source
    return room_config.parse(merged, folder), sources


def _keys(document: Document, before: str = "") -> Iterator[str]:
    for key, value in document.items():
        if isinstance(value, dict):
            yield from _keys(value, f"{before}{key}.")
        else:
            yield f"{before}{key}"


def _sourced(config: Config, sources: Mapping[str, str]) -> Iterator[Sourced]:
    for section in msgspec.structs.fields(config):
        values = getattr(config, section.name)
        if not isinstance(values, msgspec.Struct):
            yield Sourced(section.name, values, sources.get(section.name, "default"))
            continue
        for one in msgspec.structs.fields(values):
            key = f"{section.name}.{one.name}"
            yield Sourced(key, getattr(values, one.name), sources.get(key, "default"))
