"""What the dashboard counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from central.telemetry.registry import REGISTRY


class Live(Protocol):
    """What is asked of the hub."""

    events_seen: int

    @property
    def listening(self) -> int: ...


class Browsers(Collector):
    """Live events and who listens, read when somebody asks."""

    def __init__(self, hub: Live) -> None:
        self._hub = hub

    def collect(self) -> Iterator[Metric]:
        events = CounterMetricFamily("daedam_dashboard_live_events", "Live events from the rooms")
        events.add_metric([], self._hub.events_seen)
        yield events
        browsers = GaugeMetricFamily("daedam_dashboard_live_browsers", "Open live sockets")
        browsers.add_metric([], self._hub.listening)
        yield browsers


def watch(hub: Live) -> None:
    """Tell of this hub, instead of that of an earlier call."""
    global _browsers  # noqa: PLW0603 - one dashboard a process; tests have several
    if _browsers is not None:
        REGISTRY.unregister(_browsers)
    _browsers = Browsers(hub)
    REGISTRY.register(_browsers)


_browsers: Browsers | None = None
