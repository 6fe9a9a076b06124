"""What the spool needs of a file system, and the real one. Paths are strings with `/`.

Every function raises `OSError` where the disk does not do what it was asked for.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """Nothing is durable before `sync`, no name before `sync_dir` of its folder."""

    def make_dir(self, path: str) -> None: ...

    def append(self, path: str, data: bytes) -> None:
        """All of `data`, behind what is there; makes the file."""
        ...

    def sync(self, path: str) -> None: ...

    def sync_dir(self, path: str) -> None: ...

    def list(self, path: str) -> list[str]:
        """Names in a folder, sorted."""
        ...

    def read(self, path: str, offset: int = 0, size: int = -1) -> bytes: ...

    def remove(self, path: str) -> None:
        """A file, or a folder with all that is in it."""
        ...

    def rename(self, old: str, new: str) -> None:
        """Takes the place of `new` at once."""
        ...


class RealFiles:
    """The operating system's. Holds the file it last appended to open."""

    def __init__(self) -> None:
        self._path = ""
        self._fd = -1

    def make_dir(self, path: str) -> None:
        Path(path).mkdir(mode=0o700, parents=True, exist_ok=True)

    def append(self, path: str, data: bytes) -> None:
        view, fd = memoryview(data), self._open(path)
        while view:
            view = view[os.write(fd, view) :]

    def sync(self, path: str) -> None:
        os.fdatasync(self._open(path))

    def sync_dir(self, path: str) -> None:
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def list(self, path: str) -> list[str]:
        return sorted(one.name for one in Path(path).iterdir())

    def read(self, path: str, offset: int = 0, size: int = -1) -> bytes:
        with Path(path).open("rb") as file:
            file.seek(offset)
            return file.read(size)

    def remove(self, path: str) -> None:
        if Path(path).is_dir():
            shutil.rmtree(path)
        else:
            Path(path).unlink()

    def rename(self, old: str, new: str) -> None:
        self.close()
        Path(old).replace(new)

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
        self._path, self._fd = "", -1

    def _open(self, path: str) -> int:
        if path != self._path:
            self.close()
            self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            self._path = path
        return self._fd
