"""A folder that looks like a machine with our units on it, for systemd's own tools."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = Path(__file__).resolve().parents[2] / "deploy" / "systemd"
PROGRAMS = (
    "/opt/daedam/venv/bin/edge-agent",
    "/opt/daedam/venv/bin/central",
    "/usr/bin/cage",
    "/usr/lib/daedam/kiosk",
    "/bin/rm",
)


def fake_root(folder: Path) -> Path:
    """Our units where systemd looks for them, and an empty program for each one they start."""
    to = folder / "etc/systemd/system"
    to.mkdir(parents=True)
    for unit in UNITS.iterdir():
        if unit.is_dir():
            shutil.copytree(unit, to / unit.name)
        elif unit.suffix in {".service", ".target"}:
            shutil.copy(unit, to)
    for program in PROGRAMS:
        path = folder / program.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    return folder


def systemd_analyze(*words: str) -> subprocess.CompletedProcess[str]:
    """Skips where systemd is not installed; `make setup` installs it on Debian."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze: apt-get install systemd")
    return subprocess.run(
        ["systemd-analyze", *words], capture_output=True, text=True, timeout=50, check=False
    )
