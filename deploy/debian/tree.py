"""Lays out what the package holds, in a folder that stands for `/`."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).resolve().parents[2]
UNITS: Final = REPOSITORY / "deploy" / "systemd"
HERE: Final = REPOSITORY / "deploy" / "debian"
VENV: Final = "/opt/daedam/venv"
CONFFILES: Final = ("/etc/daedam/edge.toml", "/etc/pam.d/daedam-kiosk")
DOC: Final = "/usr/share/doc/daedam-edge"

_PLACES: Final = {
    "daedam-edge.service": "/lib/systemd/system/daedam-edge.service",
    "daedam-enrol.service": "/lib/systemd/system/daedam-enrol.service",
    "daedam-kiosk.service": "/lib/systemd/system/daedam-kiosk.service",
    "daedam-edge.sysusers": "/usr/lib/sysusers.d/daedam-edge.conf",
    "daedam-edge.tmpfiles": "/usr/lib/tmpfiles.d/daedam-edge.conf",
    "daedam-kiosk.pam": "/etc/pam.d/daedam-kiosk",
    "edge.toml": "/etc/daedam/edge.toml",
    "kiosk": "/usr/lib/daedam/kiosk",
}
_PROGRAMS: Final = {"/usr/lib/daedam/kiosk"}


@dataclass(frozen=True, slots=True)
class Release:
    """What this package is. `epoch_s`: seconds since 1970 of every file in it, so that the same sources
    give the same package.
    """

    version: str
    architecture: str
    epoch_s: int
    date: str
    """As RFC 5322 has it, for the changelog."""
    python: str = "python3.11"
    """The Debian package of the interpreter that the environment stands on."""


def lay_out(stage: Path, release: Release) -> None:
    """Everything but the environment, which lies in `stage` already."""
    for name, place in _PLACES.items():
        _copy(UNITS / name, stage, place, 0o755 if place in _PROGRAMS else 0o644)
    command = stage / "usr/bin/edge-agent"
    command.parent.mkdir(parents=True, exist_ok=True)
    command.symlink_to(f"{VENV}/bin/edge-agent")
    _copy(REPOSITORY / "docs" / "installing.md", stage, f"{DOC}/installing.md", 0o644)
    _copy(HERE / "copyright", stage, f"{DOC}/copyright", 0o644)
    _copy(HERE / "lintian-overrides", stage, "/usr/share/lintian/overrides/daedam-edge", 0o644)
    log = (
        f"daedam-edge ({release.version}) bookworm; urgency=medium\n\n"
        "  * See CHANGELOG.md of the sources.\n\n"
        f" -- Daedam maintainers <maintainers@daedam.invalid>  {release.date}\n"
    )
    packed = gzip.compress(log.encode(), mtime=0)
    (stage / DOC.lstrip("/") / "changelog.gz").write_bytes(packed)


def control(stage: Path, release: Release) -> None:
    """The folder DEBIAN: what dpkg knows of the package."""
    files = sorted(path for path in stage.rglob("*") if path.is_file() and not path.is_symlink())
    to = stage / "DEBIAN"
    to.mkdir(mode=0o755)
    kibibytes = sum(-(-path.stat().st_size // 1024) for path in files)
    words = {
        "@VERSION@": release.version,
        "@ARCHITECTURE@": release.architecture,
        "@SIZE@": str(kibibytes),
        "@PYTHON@": release.python,
    }
    text = (HERE / "control.in").read_text()
    for word, value in words.items():
        text = text.replace(word, value)
    _write(to / "control", text)
    _write(to / "conffiles", "".join(f"{one}\n" for one in CONFFILES))
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(stage)}\n"
        for path in files
        if f"/{path.relative_to(stage)}" not in CONFFILES
    ]
    _write(to / "md5sums", "".join(sums))
    for script in (HERE / "scripts").iterdir():
        shutil.copyfile(script, to / script.name)
        (to / script.name).chmod(0o755)


def _copy(source: Path, stage: Path, place: str, mode: int) -> None:
    to = stage / place.lstrip("/")
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)
    to.chmod(mode)


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o644)
