"""Which agent this is."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """As in the package; "unknown" where it was not installed as one."""
    try:
        return metadata.version("daedam")
    except metadata.PackageNotFoundError:
        return "unknown"
