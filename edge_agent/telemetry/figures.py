"""The room in figures for Prometheus, read when somebody asks, in a thread of its own: only numbers that
are there anyway. One room a process, so no label names it; nothing of an interview is in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Protocol

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from edge_agent.flow import VisionCounts
from edge_agent.service.about import version

PARTS: Final = ("loop", "spool", "camera")
"""What the watchdog looks at; a test holds these to what it says."""


class _Spool(Protocol):
    next_seq: Any
    acked_seq: Any
    waiting_bytes: Any


class _Vision(Protocol):
    counts: VisionCounts
    fps: float


class _Watchdog(Protocol):
    still: tuple[str, ...]


class Room(Protocol):
    """What is asked of `edge_agent.room.Room`."""

    @property
    def spool(self) -> Any: ...

    @property
    def vision(self) -> Any: ...

    @property
    def uplink(self) -> Any: ...

    @property
    def watchdog(self) -> Any: ...

    @property
    def desk(self) -> Any: ...


class Figures(Collector):
    """Reads one room."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def collect(self) -> Iterator[Metric]:
        spool: _Spool = self._room.spool
        vision: _Vision = self._room.vision
        counts, uplink = vision.counts, self._room.uplink
        build = GaugeMetricFamily("daedam_edge_build", "Its version", labels=["version"])
        build.add_metric([version()], 1)
        yield build
        yield _counter("records_appended", "Records of this series", spool.next_seq - 1)
        yield _counter("records_acknowledged", "Records that central has", spool.acked_seq)
        yield _gauge("spool_waiting_bytes", "Bytes that wait for central", spool.waiting_bytes)
        yield _counter("frames_captured", "Pictures of the camera", counts.captured)
        yield _counter("frames_analysed", "Pictures that became readings", counts.analysed)
        yield _counter("frames_dropped", "Pictures that came too fast", counts.dropped)
        yield _counter("vision_restarts", "Restarts of picture analysis", counts.restarts)
        yield _gauge("frames_per_second", "Readings a second", vision.fps)
        up, streams, flying = (0, 0, 0) if uplink is None else uplink.figures()
        yield _gauge("uplink_connected", "1 while a stream is open", up)
        yield _counter("uplink_streams", "Streams that central welcomed", streams)
        yield _gauge("uplink_in_flight_bytes", "Sent and not acknowledged", flying)
        watchdog: _Watchdog = self._room.watchdog
        parts = GaugeMetricFamily(
            "daedam_edge_watchdog_part_moving", "1 where a part moves", labels=["part"]
        )
        for part in PARTS:
            parts.add_metric([part], 0 if part in watchdog.still else 1)
        yield parts
        yield _gauge("settings_version", "Remote settings in force", self._room.desk.version)


def _counter(name: str, about: str, value: float) -> Metric:
    family = CounterMetricFamily(f"daedam_edge_{name}", about)
    family.add_metric([], value)
    return family


def _gauge(name: str, about: str, value: float) -> Metric:
    family = GaugeMetricFamily(f"daedam_edge_{name}", about)
    family.add_metric([], value)
    return family
