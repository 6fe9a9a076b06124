"""What the agent counts while it works: the rest is read from what lives in the room (`figures`)."""

from __future__ import annotations

import time
from typing import Final

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector

from edge_agent.uplink.durable.files import RealFiles

REGISTRY: Final = CollectorRegistry(auto_describe=True)
ProcessCollector(registry=REGISTRY)

SYNC: Final = Histogram(
    "daedam_edge_spool_sync_duration_seconds",
    "Until the disk said that a group of records is durable",
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0),
    registry=REGISTRY,
)


class TimedFiles(RealFiles):
    """The operating system's files, with the time that each sync takes."""

    def sync(self, path: str) -> None:
        began_s = time.monotonic()
        super().sync(path)
        SYNC.observe(time.monotonic() - began_s)
