"""Which children `central up` starts, with which commands, for one configuration."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from central.config import Config
from central.embedded import Cluster, NatsServer
from central.embedded.pulse import accepts, recovers
from central.errors import ConfigError
from central.supervisor.spec import Spec

ROLES = ("steward", "gateway", "speech", "language", "dashboard")
"""In order of start; stopped in the reverse order."""

_PATIENT = ("speech", "language")
"""Roles that use all the processor they get. On one machine they step back for those who answer people
and for a room's agent: a text may be a little later, a frame may not.
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """The engines that come first, one after the other, then the roles.

    `config` is what the roles are told: with the addresses of the engines, and no port left to chance
    (a role that is restarted has to come back where its clients look for it).
    """

    config: Config
    postgres: Spec | None
    nats: Spec | None
    roles: tuple[Spec, ...]

    def specs(self) -> list[Spec]:
        """All of them in order of start."""
        return [spec for spec in (self.postgres, self.nats, *self.roles) if spec is not None]


def plan(config: Config, sockets: Path, only: tuple[str, ...] = ()) -> Plan:
    """The children for `config`; `only` names the roles that are wanted (none: all)."""
    data = config.data_dir
    told = msgspec.structs.replace(
        config,
        gateway=msgspec.structs.replace(
            config.gateway,
            port=config.gateway.port or free_port(config.gateway.host),
            enrolment_port=config.gateway.enrolment_port or free_port(config.gateway.host),
        ),
        dashboard=msgspec.structs.replace(
            config.dashboard, port=config.dashboard.port or free_port(config.dashboard.host)
        ),
    )
    postgres = nats = None
    if not config.database.url:
        buffers_mb = config.database.shared_buffers_mb or _buffers_mb()
        cluster = Cluster(data / "postgres", sockets, shared_buffers_mb=buffers_mb)
        postgres = postgres_spec(cluster)
        database = msgspec.structs.replace(told.database, url=cluster.url())
        told = msgspec.structs.replace(told, database=database)
    if not config.nats.url:
        server = NatsServer(data / "nats", free_port("127.0.0.1"))
        nats = _nats(server)
        told = msgspec.structs.replace(
            told,
            nats=msgspec.structs.replace(told.nats, url=server.address(), seeds=server.seeds),
        )
    wanted = [role for role in ROLES if not only or role in only]
    return Plan(told, postgres, nats, tuple(_role(role, data) for role in wanted))


def _buffers_mb() -> int:
    """An eighth of the machine's memory, between 128 MB and 1 GB."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(128, min(1024, memory // 8 >> 20))


def roles_named(words: str) -> tuple[str, ...]:
    """The roles in `a,b`. Raises `ConfigError` for one that does not exist."""
    only = tuple(word.strip() for word in words.split(",") if word.strip())
    for role in only:
        if role not in ROLES:
            raise ConfigError("--only", f"no role {role!r}; there are {', '.join(ROLES)}")
    return only


def role_command(role: str, data: Path) -> list[str]:
    """One role as a process of its own, with the settings that `central up` wrote."""
    return [sys.executable, "-m", "central", role, "--config", str(data / "run" / "central.toml")]


def free_port(host: str) -> int:
    """A TCP port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _role(role: str, data: Path) -> Spec:
    command = role_command(role, data)
    nice = shutil.which("nice")
    if role in _PATIENT and nice:
        command = [nice, "-n", "5", *command]
    return Spec(role, _outlived_by_nobody(command))


def _outlived_by_nobody(command: list[str]) -> Callable[[], list[str]]:
    from central.embedded.unprivileged import same_account

    return lambda: same_account().command(command)


def postgres_spec(cluster: Cluster, watchdog_s: float = 15.0) -> Spec:
    """PostgreSQL on one machine; anew where it does not answer for that long and does not recover."""
    return Spec(
        "postgres",
        cluster.command,
        prepare=cluster.prepare,
        probe=lambda pid: str(cluster.sockets) if cluster.is_ready(pid) else None,
        answers=lambda pid: recovers(pid) or accepts(cluster),
        stop=signal.SIGINT,  # fast; SIGTERM waits for every client for ever
        stop_s=60.0,
        watchdog_s=watchdog_s,
    )


def _nats(server: NatsServer) -> Spec:
    return Spec("nats", server.command, prepare=server.prepare, probe=server.url)
