"""What is installed: the versions, and the pairs that must not be there together."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from typing import Final

from edge_agent.doctor.finding import Finding, Visit, ok, warn
from edge_agent.service import about

TOLD: Final = (
    "grpcio",
    "mediapipe",
    "onnxruntime",
    "onnxruntime-gpu",
    "opencv-contrib-python",
    "av",
)
TOGETHER_BROKEN: Final = (
    ("onnxruntime", "onnxruntime-gpu"),
    ("opencv-python", "opencv-contrib-python"),
    ("opencv-python-headless", "opencv-contrib-python"),
)


class VersionsCheck:
    name = "versions"
    limit_s = 5.0

    async def run(self, _: Visit) -> Finding:
        names = {*TOLD, *(one for pair in TOGETHER_BROKEN for one in pair)}
        return judge({name: version for name in sorted(names) if (version := _version(name))})


def judge(packages: dict[str, str]) -> Finding:
    """What follows from the packages that are there."""
    told = ", ".join(f"{name} {packages[name]}" for name in TOLD if name in packages)
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    seen = f"edge-agent {about.version()}, {told}; {system}, user {os.geteuid()}"
    figures = {"agent": about.version(), "system": system, "packages": packages}
    for pair in TOGETHER_BROKEN:
        if set(pair) <= packages.keys():
            both = " and ".join(pair)
            todo = f"pip uninstall {' '.join(pair)}, then install daedam again with one of them"
            return warn(f"{both} are both installed and overwrite each other", todo, **figures)
    return ok(seen, **figures)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
