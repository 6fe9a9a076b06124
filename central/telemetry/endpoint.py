"""`/metrics` of a process: a thread of its own, so that a busy event loop still answers."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog
from prometheus_client import start_http_server

from central.config import Config, Metrics
from central.errors import ConfigError
from central.telemetry.registry import REGISTRY, introduce

PORTS: Final = {"gateway": 0, "speech": 1, "language": 2, "steward": 3}
"""How far each role's port is from `metrics.port`; the dashboard has its own."""

_log = structlog.get_logger(__name__)


@contextmanager
def exposed(config: Config, role: str) -> Iterator[str]:
    """Answers while the block runs; the address, "" where none is wanted. A port that is taken costs the
    figures, not the role. Raises `ConfigError` for a host that is not loopback.
    """
    introduce(role)
    address = port_of(config.metrics, role)
    if address is None:
        yield ""
        return
    host, port = address
    try:
        server, thread = start_http_server(port, host, REGISTRY)
    except OSError as error:
        _log.warning("no metrics", address=f"{host}:{port}", error=error.strerror)
        yield ""
        return
    try:
        yield f"{host}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=2)


def port_of(settings: Metrics, role: str) -> tuple[str, int] | None:
    """Where a role answers; None: nowhere."""
    if not settings.port or role not in PORTS:
        return None
    if not is_loopback(settings.host):
        raise ConfigError(
            "metrics.host", "must be loopback; let Prometheus' agent on this machine forward them"
        )
    return settings.host, settings.port + PORTS[role]


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
