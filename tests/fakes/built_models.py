"""The models that vision needs, built once by the agent's own builder."""

from __future__ import annotations

import fcntl
from pathlib import Path


def built_models(folder: Path) -> Path:
    """`folder` with the models in it; a second caller waits for the first."""
    from edge_agent.models.build import build

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build(folder)
    return folder
