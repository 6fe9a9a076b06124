"""`python -m deploy.debian`: one .deb; its path is the last line."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from email.utils import formatdate
from pathlib import Path

from deploy.debian import environment, tree
from deploy.debian.tree import REPOSITORY, Release


def main(arguments: list[str] | None = None) -> int:
    """0: made. Raises `SystemExit` with what is missing."""
    wanted = _parser().parse_args(arguments)
    if not any((REPOSITORY / "edge_agent/kiosk/static/build").glob("*.js")):
        raise SystemExit("the kiosk's pages are not built: make setup")
    with tempfile.TemporaryDirectory(prefix="daedam-deb-") as work:
        stage = Path(work) / "root"
        stage.mkdir(mode=0o755)
        if wanted.venv is None:
            environment.make(stage, wanted.extra)
        else:
            to = stage / tree.VENV.lstrip("/")
            shutil.copytree(wanted.venv, to, symlinks=True)
        environment.settle(stage)
        print(packed(stage, release(), wanted.out, wanted.level))
    return 0


def packed(stage: Path, release: Release, out: Path, level: int) -> Path:
    """The .deb of what lies in `stage`."""
    tree.lay_out(stage, release)
    _permit(stage)
    tree.control(stage, release)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"daedam-edge_{release.version}_{release.architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{level}", "--build"]
    subprocess.run(
        [*command, str(stage), str(path)],
        check=True,
        stdout=sys.stderr,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(release.epoch_s)},
    )
    return path


def release() -> Release:
    """Of the sources as they are: the time is that of the last commit."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    epoch_s = int(os.environ.get("SOURCE_DATE_EPOCH") or _asked("git", "log", "-1", "--format=%ct"))
    return Release(
        version=project["version"],
        architecture=_asked("dpkg", "--print-architecture"),
        epoch_s=epoch_s,
        date=formatdate(epoch_s),
    )


def _permit(stage: Path) -> None:
    """Readable by everybody, writable by root: whatever umask this was made under. Libraries are loaded,
    not run.
    """
    for path in stage.rglob("*"):
        if path.is_symlink():
            continue
        runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.suffixes)
        path.chmod(0o755 if runs else 0o644)


def _asked(*words: str) -> str:
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=REPOSITORY)
    return done.stdout.strip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m deploy.debian", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/deb"), metavar="DIR")
    parser.add_argument("--extra", choices=("edge", "edge-gpu"), default="edge")
    parser.add_argument(
        "--venv", type=Path, metavar="DIR", help="pack this one instead of a new one"
    )
    parser.add_argument("--level", type=int, default=10, metavar="N", help="of zstd: 1 to 19")
    return parser


if __name__ == "__main__":
    sys.exit(main())
