"""What the spool needs of a file system, and the real one. Paths are strings with `/`.

Every function raises `OSError` where the disk does not do what it was asked for.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Protocol

KEEP_SIZE = 1
"""FALLOC_FL_KEEP_SIZE of fallocate(2): the blocks are the file's, its end stays where it is."""


class Files(Protocol):
    """Nothing is durable before `sync`, no name before `sync_dir` of its folder."""

    def lock(self, path: str) -> str | None:
        """Ours alone until `close`, or until this process ends; else who has it."""
        ...

    def close(self) -> None: ...

    def make_dir(self, path: str) -> None: ...

    def append(self, path: str, data: bytes) -> None:
        """All of `data`, behind what is there; makes the file."""
        ...

    def write(self, path: str, offset: int, data: bytes) -> None:
        """Over what is there."""
        ...

    def allocate(self, path: str, size: int) -> None:
        """An empty file that will hold `size` bytes on a full disk. May be called while another thread
        writes. Raises `OSError` with `ENOTSUP` where the file system cannot.
        """
        ...

    def free_bytes(self, path: str) -> int:
        """What the disk of a folder still takes from this user."""
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

    def link(self, path: str, other: str) -> None:
        """The same file under a second name of the same folder, unless that is taken."""
        ...


class RealFiles:
    """The operating system's. Holds the file it last wrote to open, and the lock."""

    def __init__(self) -> None:
        self._path = ""
        self._fd = self._lock_fd = -1

    def lock(self, path: str) -> str | None:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(fd, 32, 0).decode(errors="replace").strip()
            os.close(fd)
            return f"process {holder}" if holder else "another process"
        except OSError:
            os.close(fd)
            raise
        self._lock_fd = fd
        with suppress(
            OSError
        ):  # the number only helps who is refused; a full disk has no room for it
            os.ftruncate(fd, 0)
            os.pwrite(fd, f"{os.getpid()}\n".encode(), 0)
        return None

    def close(self) -> None:
        self._close_file()
        if self._lock_fd >= 0:
            os.close(self._lock_fd)
        self._lock_fd = -1

    def make_dir(self, path: str) -> None:
        Path(path).mkdir(mode=0o700, parents=True, exist_ok=True)

    def append(self, path: str, data: bytes) -> None:
        self.write(path, os.lseek(self._open(path), 0, os.SEEK_END), data)

    def write(self, path: str, offset: int, data: bytes) -> None:
        fd = self._open(path)
        written = os.pwrite(fd, data, offset)
        while written < len(data):
            written += os.pwrite(fd, data[written:], offset + written)

    def allocate(self, path: str, size: int) -> None:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _fallocate(fd, size)
        finally:
            os.close(fd)

    def free_bytes(self, path: str) -> int:
        seen = os.statvfs(path)
        return seen.f_bavail * seen.f_frsize

    def sync(self, path: str) -> None:
        os.fdatasync(self._open(path))

    def sync_dir(self, path: str) -> None:
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)

    def list(self, path: str) -> list[str]:
        return sorted(os.listdir(path))  # noqa: PTH208 (a folder of one's own has many names)

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
        self._close_file()
        Path(old).replace(new)

    def link(self, path: str, other: str) -> None:
        with suppress(FileExistsError):
            os.link(path, other)

    def _open(self, path: str) -> int:
        if path != self._path:
            self._close_file()
            self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._path = path
        return self._fd

    def _close_file(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
        self._path, self._fd = "", -1


def _fallocate(fd: int, size: int) -> None:
    """fallocate(2) itself: Python has only posix_fallocate, which moves the file's end."""
    libc = ctypes.CDLL(None, use_errno=True)
    call = getattr(libc, "fallocate64", None) or getattr(libc, "fallocate", None)
    if call is None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    call.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_int64, ctypes.c_int64)
    if call(fd, KEEP_SIZE, 0, size):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
