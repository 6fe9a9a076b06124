"""What every process of central tells of itself."""

from __future__ import annotations

from importlib import metadata
from typing import Final

from prometheus_client import CollectorRegistry, GCCollector, Info, ProcessCollector

REGISTRY: Final = CollectorRegistry(auto_describe=True)
"""Of this process. Not the library's own, which any imported package may add to."""

LATENCY_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)


def introduce(role: str) -> None:
    """Which process this is."""
    try:
        version = metadata.version("daedam")
    except metadata.PackageNotFoundError:
        version = "unknown"
    _BUILD.info({"role": role, "version": version})


_BUILD: Final = Info("daedam_build", "Which process this is, and its version", registry=REGISTRY)
