"""What the leading steward reads from the database every few seconds; another one tells nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from prometheus_client import Counter, Gauge

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
ERASED: Final = Counter(
    "daedam_interviews_erased", "Interviews erased as their day had come", registry=REGISTRY
)
OVERDUE: Final = Gauge(
    "daedam_interviews_overdue",
    "Interviews that are there though their day of deletion has come",
    labelnames=("state",),
    registry=REGISTRY,
)


def tell_erased(count: int, overdue: Mapping[str, int]) -> None:
    """By the site's one sealer, once a round. `overdue`: how many are held, unfinished, due."""
    ERASED.inc(count)
    for state, left in overdue.items():
        OVERDUE.labels(state).set(left)


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
