"""`/metrics` of the agent: a thread of its own, on loopback, where a port is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from prometheus_client import start_http_server

from edge_agent.config import Metrics
from edge_agent.telemetry.figures import Figures, Room
from edge_agent.telemetry.registry import REGISTRY

log = structlog.get_logger(__name__)


@contextmanager
def exposed(settings: Metrics, room: Room) -> Iterator[str]:
    """Answers while the block runs; the address, "" where none is wanted. A port that is taken costs the
    figures, not the room.
    """
    if not settings.port:
        yield ""
        return
    figures = Figures(room)
    try:
        server, thread = start_http_server(settings.port, settings.host, REGISTRY)
    except OSError as error:
        log.warning("no metrics", port=settings.port, error=error.strerror)
        yield ""
        return
    REGISTRY.register(figures)
    try:
        yield f"{settings.host}:{server.server_port}"
    finally:
        REGISTRY.unregister(figures)
        server.shutdown()
        server.server_close()
        thread.join(timeout=2)
