"""What the gateway counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import Final, Protocol

from prometheus_client import Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from central.telemetry.registry import LATENCY_S, REGISTRY

COMMITTED: Final = Counter(
    "daedam_gateway_records_committed", "Records committed", registry=REGISTRY
)
REFUSED: Final = Counter(
    "daedam_gateway_records_refused", "Records put into quarantine", registry=REGISTRY
)
STALE: Final = Counter(
    "daedam_gateway_batches_stale",
    "Batches whose watermark had moved elsewhere: their stream was closed",
    registry=REGISTRY,
)
GROUP: Final = Histogram(
    "daedam_gateway_commit_group_records",
    "Records of one transaction",
    buckets=(1, 4, 16, 64, 256, 1024, 4096),
    registry=REGISTRY,
)
DURATION: Final = Histogram(
    "daedam_gateway_commit_duration_seconds",
    "From taking what waits to its commit, retries included",
    buckets=LATENCY_S,
    registry=REGISTRY,
)


class _Span(Protocol):
    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


class _Committed(Protocol):
    """What became of one room's part of a group: `central.gateway.group.Committed`."""

    @property
    def segment(self) -> _Span: ...

    @property
    def stale(self) -> bool: ...

    @property
    def refused(self) -> Sized: ...


def count_group(group: Iterable[_Committed], took_s: float) -> None:
    """One transaction is through."""
    records = refused = 0
    for one in group:
        if one.stale:
            STALE.inc()
            continue
        records += one.segment.last - one.segment.first + 1
        refused += len(one.refused)
    COMMITTED.inc(records - refused)
    REFUSED.inc(refused)
    GROUP.observe(records)
    DURATION.observe(took_s)


class _Agent(Protocol):
    @property
    def room_code(self) -> str: ...


class _Session(Protocol):
    @property
    def agent(self) -> _Agent: ...


class Streams(Collector):
    """The open streams, read when somebody asks."""

    def __init__(self, hall: Iterable[_Session]) -> None:
        self._hall = hall

    def collect(self) -> Iterator[Metric]:
        codes = sorted({session.agent.room_code for session in self._hall})
        streams = GaugeMetricFamily("daedam_gateway_streams_open", "Rooms with an open stream")
        streams.add_metric([], len(codes))
        yield streams
        each = GaugeMetricFamily(
            "daedam_gateway_room_connected", "1 for each room with an open stream", labels=["room"]
        )
        for code in codes:
            each.add_metric([code], 1)
        yield each


def watch(hall: Iterable[_Session]) -> None:
    """Tell of these streams, instead of those of an earlier call."""
    global _streams  # noqa: PLW0603 - one gateway a process; tests have several, one after the other
    if _streams is not None:
        REGISTRY.unregister(_streams)
    _streams = Streams(hall)
    REGISTRY.register(_streams)


_streams: Streams | None = None
