"""What the leading steward reads from the database every few seconds; another one tells nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from prometheus_client import Gauge

from central.health.facts import RoomState
from central.telemetry.registry import REGISTRY

JOBS: Final = Gauge(
    "daedam_jobs", "Jobs that are not done", labelnames=("kind", "state"), registry=REGISTRY
)
OLDEST: Final = Gauge(
    "daedam_jobs_oldest_age_seconds",
    "Age of the oldest job that waits",
    labelnames=("kind",),
    registry=REGISTRY,
)
ALARMS: Final = Gauge("daedam_alarms_open", "Open alarms", labelnames=("kind",), registry=REGISTRY)
ROOMS: Final = Gauge("daedam_rooms", "Rooms by state", labelnames=("state",), registry=REGISTRY)


def tell(
    jobs: Sequence[tuple[str, str, int, float]],
    alarms: Mapping[str, int],
    rooms: Mapping[RoomState, int],
) -> None:
    """`jobs`: (kind, state, count, age of the oldest in seconds)."""
    for gauge in (JOBS, OLDEST, ALARMS):
        gauge.clear()  # a kind that is gone must not stay
    for kind, state, count, oldest_s in jobs:
        JOBS.labels(kind, state).set(count)
        if state == "queued":
            OLDEST.labels(kind).set(oldest_s)
    for kind, count in alarms.items():
        ALARMS.labels(kind).set(count)
    for colour in RoomState:
        ROOMS.labels(colour.name.lower()).set(rooms.get(colour, 0))
