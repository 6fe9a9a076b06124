"""The virtual environment of the package: made in one place, to be used in another.

`venv` and pip write the place into `pyvenv.cfg`, the scripts' first lines and the compiled files. All of
them are made anew for the place where dpkg will put them, and it is checked that no trace is left.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from deploy.debian.tree import REPOSITORY, UNITS, VENV

PYTHON: Final = Path("/usr/bin/python3.11")
"""Debian 12's: the package depends on it, and a virtual environment is bound to it."""

_NOT_OURS: Final = ("central", "../../../bin/central")
"""The wheel holds both sides; a room PC needs none of central."""


def make(stage: Path, extra: str) -> Path:
    """The agent with its libraries, at the versions of constraints.txt. Takes minutes.

    `extra`: "edge", or "edge-gpu" for a PC with an NVIDIA card. Raises `SystemExit` where the system's
    Python is not the one that Debian 12 has.
    """
    if not PYTHON.exists():
        raise SystemExit(f"the package is made with Debian 12's {PYTHON}, which is not here")
    venv = stage / VENV.lstrip("/")
    _run(str(PYTHON), "-m", "venv", str(venv))
    wheel = _wheel(stage.parent / "wheel")
    pip = (str(venv / "bin" / "python"), "-m", "pip", "install", "-q", "--no-compile")
    _run(*pip, "-c", "constraints.txt", f"daedam[{extra}] @ {wheel.resolve().as_uri()}")
    return venv


def settle(stage: Path) -> None:
    """Make the environment in `stage` one that lies at its final place.

    Raises `SystemExit` where it does not hold the agent, was made from other sources, or keeps a trace
    of the place where it was made.
    """
    venv = stage / VENV.lstrip("/")
    made_in = _made_in(venv)
    _check_units(venv)
    site = next(venv.glob("lib/python3*/site-packages"))
    for name in _NOT_OURS:
        _remove(site / name)
    for folder in list(venv.rglob("__pycache__")):
        shutil.rmtree(folder)
    for note in site.glob("*.dist-info/direct_url.json"):
        note.unlink()  # names the folder that the wheel lay in
    for path in _texts(venv):
        text = path.read_text(encoding="utf-8")
        if made_in in text:
            path.write_text(text.replace(made_in, VENV), encoding="utf-8")
    _compile(stage, venv)
    first = (venv / "bin" / "edge-agent").read_text(encoding="utf-8").splitlines()[0]
    if not first.startswith(f"#!{VENV}/bin/python"):
        raise SystemExit(f"edge-agent would be started by {first}")


def _check_units(venv: Path) -> None:
    """What `edge-agent install` wants must be what the package brings."""
    for folder in venv.glob("lib/python3*/site-packages/edge_agent/installation/units"):
        for path in folder.iterdir():
            if path.is_file() and path.read_bytes() != (UNITS / path.name).read_bytes():
                raise SystemExit(f"{venv} was made from other sources: {path.name} differs")


def _made_in(venv: Path) -> str:
    """The folder that the scripts' first lines name, also where that is too long for the kernel."""
    try:
        text = (venv / "bin" / "edge-agent").read_text(encoding="utf-8")
    except OSError as error:
        raise SystemExit(f"{venv} does not hold the agent: {error}") from error
    found = re.search(r"(/[^\s'\"]*)/bin/python", text)
    if found is None:
        raise SystemExit(f"{venv}/bin/edge-agent names no Python")
    return found[1]


def _wheel(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), ".")
    return next(folder.glob("daedam-*.whl"))


def _texts(venv: Path) -> Iterator[Path]:
    """Where `venv` and pip note the place; small text files all of them."""
    yield venv / "pyvenv.cfg"
    for path in sorted((venv / "bin").iterdir()):
        if path.is_file() and not path.is_symlink():
            yield path


def _compile(stage: Path, venv: Path) -> None:
    """Nobody may write there later, and each start would compile everything. Unchecked hashes, not
    times: dpkg may set any.
    """
    where = ("-s", str(stage), "-p", "/", "--invalidation-mode", "unchecked-hash")
    done = subprocess.run(
        [str(PYTHON), "-m", "compileall", "-q", "-j", "2", *where, str(venv / "lib")],
        capture_output=True,
        check=False,
    )
    # Some wheels ship templates that are not Python; what the agent imports is tried by the tests.
    if done.returncode not in {0, 1}:
        raise SystemExit("compileall failed")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, cwd=REPOSITORY)
