"""A file system that forgets what was not synced, and fails when it is told to.

Contents and names are kept apart, each as what is durable and what is pending. A crash keeps, for
each file, any of its changed sectors (zeros where one is new and was not written) and, for each folder,
any prefix of its pending changes.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

Choose: TypeAlias = Callable[[int], int]
"""A number from 0 to the one given, included."""

SECTOR_BYTES = 512
"""What a disk writes as one."""


@dataclass(slots=True)
class File:
    data: bytearray = field(default_factory=bytearray)
    durable: bytes = b""
    allocated: int = 0
    """Bytes that it may hold on a full disk."""
    written_off: bool = False
    """A sync failed: what was pending is readable, counts as clean, and never reaches the disk."""


@dataclass(slots=True)
class Folder:
    names: dict[str, File | Folder] = field(default_factory=dict)
    durable: dict[str, File | Folder] = field(default_factory=dict)
    pending: list[Callable[[dict[str, File | Folder]], None]] = field(default_factory=list)

    def change(self, how: Callable[[dict[str, File | Folder]], None]) -> None:
        how(self.names)
        self.pending.append(how)


class Crash(BaseException):
    """The power is gone."""


class CrashingFiles:
    """Implements `Files`. `steps_left` counts down with every write to disk; at 0 the power goes."""

    def __init__(self) -> None:
        self._top = Folder()
        self.steps_left: int | None = None
        self.full = self.sync_fails = self.sync_dir_fails = False

    def lock(self, path: str) -> str | None:
        """Given up with the process that crashed: every machine here has one agent."""
        return None

    def close(self) -> None:
        """Nothing is held."""

    def make_dir(self, path: str) -> None:
        folder, name = self._parent(path)
        if name not in folder.names:
            self._step()
            made = Folder()
            folder.change(lambda names: names.update({name: made}))
            if folder is self._top:
                self.sync_dir("")  # the spool's own folder is the installer's business

    def append(self, path: str, data: bytes) -> None:
        self._step()
        folder, name = self._parent(path)
        if name not in folder.names:
            if self.full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            made = File()
            folder.change(lambda names: names.update({name: made}))
        file = self._file(path)
        if self.full and len(file.data) + len(data) > file.allocated:
            file.data += data[: max(file.allocated - len(file.data), len(data) // 2)]
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        file.data += data

    def write(self, path: str, offset: int, data: bytes) -> None:
        self._step()
        file = self._file(path)
        assert offset <= len(file.data)
        end = offset + len(data)
        if self.full and end > max(len(file.data), file.allocated):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        file.data[offset:end] = data

    def allocate(self, path: str, size: int) -> None:
        self._step()
        folder, name = self._parent(path)
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if name not in folder.names:
            made = File()
            folder.change(lambda names: names.update({name: made}))
        self._file(path).allocated = size

    def free_bytes(self, path: str) -> int:
        return 0 if self.full else 10**9

    def sync(self, path: str) -> None:
        self._step()
        file = self._file(path)
        if self.sync_fails:
            file.written_off = True
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        if not file.written_off:
            file.durable = bytes(file.data)

    def sync_dir(self, path: str) -> None:
        self._step()
        folder = self._folder(path)
        if self.sync_fails or self.sync_dir_fails:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        folder.durable = dict(folder.names)
        folder.pending.clear()

    def list(self, path: str) -> list[str]:
        return sorted(self._folder(path).names)

    def read(self, path: str, offset: int = 0, size: int = -1) -> bytes:
        data = self._file(path).data
        return bytes(data[offset:] if size < 0 else data[offset : offset + size])

    def remove(self, path: str) -> None:
        self._step()
        folder, name = self._parent(path)
        if name not in folder.names:
            raise FileNotFoundError(path)

        def drop(names: dict[str, File | Folder]) -> None:
            names.pop(name, None)

        folder.change(drop)

    def rename(self, old: str, new: str) -> None:
        self._step()
        folder, name = self._parent(old)
        other, new_name = self._parent(new)
        assert folder is other
        moved = folder.names[name]

        def move(names: dict[str, File | Folder]) -> None:
            names.pop(name, None)
            names[new_name] = moved

        folder.change(move)

    def link(self, path: str, other: str) -> None:
        self._step()
        folder, name = self._parent(other)
        file = self._file(path)
        if name not in folder.names:
            folder.change(lambda names: names.update({name: file}))

    def crash(self, choose: Choose) -> None:
        """What is left when the power comes back."""
        self.steps_left = None
        self.full = self.sync_fails = self.sync_dir_fails = False
        self._settle(self._top, choose)

    def segments(self) -> dict[str, bytearray]:
        """Every segment of every series."""
        found: dict[str, bytearray] = {}
        for folder, inside in self._folder("spool").names.items():
            assert isinstance(inside, Folder)
            for name, file in inside.names.items():
                if isinstance(file, File) and name.endswith(".seg"):
                    found[f"{folder}/{name}"] = file.data
        return found

    def _settle(self, folder: Folder, choose: Choose) -> None:
        for change in folder.pending[: choose(len(folder.pending))]:
            change(folder.durable)
        folder.names = dict(folder.durable)
        folder.pending.clear()
        for inside in folder.names.values():
            if isinstance(inside, Folder):
                self._settle(inside, choose)
            else:
                self._tear(inside, choose)

    def _tear(self, file: File, choose: Choose) -> None:
        """Each changed sector on its own, the old or the new: disks write them in any order."""
        before, grown = file.durable, len(file.data) - len(file.durable)
        if file.written_off:
            file.data = bytearray(before)
        elif grown:
            del file.data[len(before) + choose(grown) :]
        before = before.ljust(len(file.data), b"\0")
        for start in range(0, len(file.data), SECTOR_BYTES):
            old = before[start : start + SECTOR_BYTES]
            if file.data[start : start + SECTOR_BYTES] != old and choose(1):
                file.data[start : start + SECTOR_BYTES] = old
        file.durable, file.written_off = bytes(file.data), False

    def _step(self) -> None:
        if self.steps_left is not None:
            if self.steps_left == 0:
                raise Crash
            self.steps_left -= 1

    def _folder(self, path: str) -> Folder:
        folder = self._top
        for name in path.split("/") if path else ():
            inside = folder.names.get(name)
            if not isinstance(inside, Folder):
                raise FileNotFoundError(path)
            folder = inside
        return folder

    def _parent(self, path: str) -> tuple[Folder, str]:
        folder, _, name = path.rpartition("/")
        return self._folder(folder), name

    def _file(self, path: str) -> File:
        folder, name = self._parent(path)
        file = folder.names.get(name)
        if not isinstance(file, File):
            raise FileNotFoundError(path)
        return file
