"""A media store in a folder of this machine, or of a mounted file server."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterable, AsyncIterator
from pathlib import Path
from typing import Final

from central.errors import VaultError
from central.media.store import check_name

PIECE: Final = 1 << 20
_PART: Final = ".part"
_ABANDONED_S: Final = 86_400.0


class Directory:
    """`MediaStore` over a folder: 256 folders by the name's first two digits, files 0600.

    A file is written beside its place, synced, renamed, and the folder synced: it is there whole or
    not at all, also after a power cut. Disk work is done in threads, a megabyte at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, content: AsyncIterable[bytes]) -> int:
        final = self._path(name)
        partial = final.with_name(f"{name}.{os.getpid()}{_PART}")
        await asyncio.to_thread(_make_folder, self._folder, final.parent)
        file = await asyncio.to_thread(_create, partial)
        try:
            size, waiting = 0, bytearray()
            async for piece in content:
                waiting += piece
                if len(waiting) >= PIECE:
                    size += await asyncio.to_thread(_write, file, bytes(waiting))
                    waiting.clear()
            size += await asyncio.to_thread(_write, file, bytes(waiting))
            await asyncio.to_thread(_settle, file, partial, final)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        finally:
            os.close(file)
        return size

    async def open(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        path = self._path(name)
        try:
            file = await asyncio.to_thread(os.open, path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError as error:
            raise _missing(name) from error
        try:
            at = start
            while end is None or at < end:
                wanted = PIECE if end is None else min(PIECE, end - at)
                piece = await asyncio.to_thread(os.pread, file, wanted, at)
                if not piece:
                    return
                at += len(piece)
                yield piece
        finally:
            os.close(file)

    async def size(self, name: str) -> int | None:
        try:
            return (await asyncio.to_thread(self._path(name).stat)).st_size
        except FileNotFoundError:
            return None

    async def delete(self, name: str) -> bool:
        return await asyncio.to_thread(_remove, self._path(name))

    async def names(self) -> AsyncIterator[str]:
        for folder in await asyncio.to_thread(_sorted, self._folder):
            for path in await asyncio.to_thread(_sorted, folder):
                if len(path.name) == 32:
                    yield path.name

    async def sweep(self) -> int:
        """Remove what writers that were killed left half-written, a day later; how many."""
        return await asyncio.to_thread(_sweep, self._folder, time.time() - _ABANDONED_S)

    def _path(self, name: str) -> Path:
        return self._folder / check_name(name)[:2] / name


def _missing(name: str) -> VaultError:
    return VaultError(name, "is not in the store; restore the vault folder from its backup")


def _make_folder(root: Path, folder: Path) -> None:
    for one in (root, folder):
        if not one.is_dir():
            one.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_folder(one.parent)


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)


def _write(file: int, data: bytes) -> int:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
    return len(data)


def _settle(file: int, partial: Path, final: Path) -> None:
    os.fsync(file)
    partial.rename(final)
    _sync_folder(final.parent)


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    _sync_folder(path.parent)
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sorted(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _sweep(root: Path, before_s: float) -> int:
    left = [
        path
        for folder in _sorted(root)
        for path in _sorted(folder)
        if path.suffix == _PART and path.stat().st_mtime < before_s
    ]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
