"""The PC that is installed onto: this one, or an image in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final, Protocol

from edge_agent.errors import InstallError

BOOTED: Final = Path("/run/systemd/system")
ROOM: Final = "daedam-room.conf"
PATIENCE_S: Final = 90.0


class Machine(Protocol):
    """Paths are absolute, as the installed agent will see them. Failures are `InstallError`s."""

    def read(self, path: str) -> str | None:
        """None: it is not there."""
        ...

    def has(self, path: str) -> bool: ...
    def write(self, path: str, text: str, mode: int) -> None: ...
    def remove(self, path: str) -> None: ...
    def rename(self, path: str, to: str) -> None: ...
    def remove_folder(self, path: str) -> None: ...
    def accounts(self) -> None: ...
    def folders(self) -> None: ...
    def reload(self) -> None: ...
    def is_enabled(self, unit: str) -> bool: ...
    def enable(self, unit: str) -> None: ...
    def disable(self, unit: str) -> None: ...
    def status(self, unit: str) -> str:
        """What a running unit says of itself; empty where it does not run."""
        ...


class RealMachine:
    """`root`: `/`, or the folder of an image, whose services are then not talked to."""

    def __init__(self, root: Path = Path("/")) -> None:
        self._root = root
        self._here = root == Path("/")
        self._at = () if self._here else (f"--root={root}",)

    def read(self, path: str) -> str | None:
        try:
            return self._path(path).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise InstallError(f"{path} cannot be read: {error}") from error

    def has(self, path: str) -> bool:
        return self._path(path).exists()

    def write(self, path: str, text: str, mode: int) -> None:
        """Whole or not at all: systemd may look at any time."""
        to = self._path(path)
        beside = to.with_name(f".{to.name}.new")
        try:
            to.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
            beside.write_text(text, encoding="utf-8")
            beside.chmod(mode)
            beside.replace(to)
        except OSError as error:
            raise InstallError(f"{path} cannot be written: {error.strerror}") from error

    def remove(self, path: str) -> None:
        self._path(path).unlink(missing_ok=True)
        folder = self._path(path).parent
        if folder.name.endswith(".service.d") and not any(folder.iterdir()):
            folder.rmdir()

    def rename(self, path: str, to: str) -> None:
        self._path(path).rename(self._path(to))

    def remove_folder(self, path: str) -> None:
        shutil.rmtree(self._path(path), ignore_errors=True)

    def accounts(self) -> None:
        self._run("systemd-sysusers", *self._at, "daedam-edge.conf")

    def folders(self) -> None:
        own = () if self.read(f"/etc/tmpfiles.d/{ROOM}") is None else (ROOM,)
        self._run("systemd-tmpfiles", *self._at, "--create", "daedam-edge.conf", *own)

    def reload(self) -> None:
        if self._here and BOOTED.is_dir():
            self._run("systemctl", "daemon-reload")

    def is_enabled(self, unit: str) -> bool:
        return self._ask("systemctl", *self._at, "is-enabled", unit).strip() == "enabled"

    def enable(self, unit: str) -> None:
        self._run("systemctl", *self._at, "enable", unit)

    def disable(self, unit: str) -> None:
        now = ("--now",) if self._here and BOOTED.is_dir() else ()
        self._run("systemctl", *self._at, "disable", *now, unit)

    def status(self, unit: str) -> str:
        if not (self._here and BOOTED.is_dir()):
            return ""
        return self._ask("systemctl", "show", "--property=StatusText", "--value", unit).strip()

    def _path(self, path: str) -> Path:
        return self._root / path.lstrip("/")

    def _run(self, *words: str) -> None:
        done = self._done(words)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise InstallError(
                f"`{' '.join(words)}` failed: {said[-1] if said else done.returncode}"
            )

    def _ask(self, *words: str) -> str:
        return self._done(words).stdout

    def _done(self, words: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                words,
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
                check=False,
                env={**os.environ, "LC_ALL": "C", "SYSTEMD_COLORS": "0"},
            )
        except FileNotFoundError as error:
            problem = f"there is no {words[0]}: the agent is installed on systems with systemd"
            raise InstallError(problem) from error
        except subprocess.TimeoutExpired as error:
            raise InstallError(f"`{' '.join(words)}` took longer than {PATIENCE_S:g} s") from error


def require_root(command: str) -> None:
    """Raises `InstallError` with the line that works."""
    if os.geteuid() != 0:
        raise InstallError(f"only root may do this: sudo {command}")
