"""Remote settings on disk: those in force, those on trial, and those that the room gave back.

`remote.toml` is in force. `next.toml` waits to be tried; `tried` beside it says that a start with it has
begun. A start that finds both never became ready with it: it goes back, as `refused.toml`, and the room
runs with `remote.toml`. Every file takes its place at once and whole.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from edge_agent.errors import ConfigError
from edge_agent.settings.remote import Remote, from_toml, to_toml

FAILED = "the room did not start with these settings; its log says why"


class Store:
    """One folder; one process writes. Raises `ConfigError` where the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self) -> Remote:
        """What this start runs with; an untried version is on trial from now on."""
        self.give_back_failed()
        waiting = self.waiting()
        if waiting is None:
            return self.in_force()
        self._write("tried", f"{waiting.version}\n")
        return waiting

    def look(self) -> Remote:
        """What a start would run with now; changes nothing."""
        waiting = None if self._is_tried() else self.waiting()
        return waiting or self.in_force()

    def in_force(self) -> Remote:
        """The version that the room last became ready with."""
        return self._read("remote") or Remote()

    def waiting(self) -> Remote | None:
        """The version to try next, or that is on trial."""
        return self._read("next")

    def refused(self) -> Remote | None:
        """The version that was given back last."""
        return self._read("refused")

    def keep(self, remote: Remote) -> None:
        """Durable before it returns; an older one that waits is forgotten."""
        self._remove("tried")
        self._write("next.toml", to_toml(remote))

    def adopt(self, remote: Remote) -> None:
        """In force at once: it changes nothing but the version."""
        self._remove("next.toml")
        self._write("remote.toml", to_toml(remote))

    def settle(self) -> Remote | None:
        """The room is ready: what was on trial is in force now; None where nothing was."""
        trial = self.waiting()
        if trial is None or not self._is_tried():
            return None
        self._rename("next.toml", "remote.toml")
        self._remove("tried")
        return trial

    def give_back_failed(self) -> None:
        """A trial that never became ready is over."""
        if not self._is_tried():
            return
        trial = self.waiting()
        if trial is not None:
            self.refuse(replace(trial, refusal=FAILED))
            self._remove("next.toml")
        self._remove("tried")

    def refuse(self, remote: Remote) -> None:
        """Remember what was given back, and why."""
        self._write("refused.toml", to_toml(remote))

    def _is_tried(self) -> bool:
        with suppress(OSError):  # of another user: `settings show` shows what it may see
            return (self._folder / "tried").exists()
        return False

    def _read(self, name: str) -> Remote | None:
        try:
            return from_toml((self._folder / f"{name}.toml").read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return None

    def _write(self, name: str, text: str) -> None:
        place = self._folder / name
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = place.with_suffix(".fresh")
            with fresh.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(place)
            self._sync()
        except OSError as error:
            raise ConfigError(str(place), f"cannot be written: {error.strerror}") from error

    def _rename(self, old: str, new: str) -> None:
        try:
            (self._folder / old).replace(self._folder / new)
            self._sync()
        except OSError as error:
            raise ConfigError(str(self._folder / new), f"cannot be written: {error}") from error

    def _remove(self, name: str) -> None:
        with suppress(OSError):
            (self._folder / name).unlink()
            self._sync()

    def _sync(self) -> None:
        fd = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
