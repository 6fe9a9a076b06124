"""What the speech and language workers count."""

from __future__ import annotations

from typing import Final

from prometheus_client import Counter, Histogram

from central.telemetry.registry import REGISTRY

DURATION: Final = Histogram(
    "daedam_worker_batch_duration_seconds",
    "From claiming a batch of jobs to its end: transcribing, marking, reporting",
    labelnames=("kind",),
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
    registry=REGISTRY,
)
CLAIMED: Final = Counter(
    "daedam_worker_jobs_claimed", "Jobs claimed", labelnames=("kind",), registry=REGISTRY
)


def worked(kinds: list[str], took_s: float) -> None:
    """A batch is through; a job's kind is that of its batch."""
    for kind in set(kinds):
        DURATION.labels(kind).observe(took_s)
    for kind in kinds:
        CLAIMED.labels(kind).inc()
