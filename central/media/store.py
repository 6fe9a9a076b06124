"""The port to wherever large files lie."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterable, AsyncIterator
from typing import Final, Protocol

_NAME: Final = re.compile(r"[0-9a-f]{32}")


class MediaStore(Protocol):
    """Files by random name. A name is 32 hexadecimal digits (`new_name`): a path says nothing of a
    person. Another name is a `ValueError`; a file that is not there is a `VaultError`.
    """

    async def put(self, name: str, content: AsyncIterable[bytes]) -> int:
        """Store all of `content`; its length, bytes. The file is there whole and on disk when this
        returns, and not at all where it raises. An earlier file of this name is replaced.
        """

    def open(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Bytes [start, end) in pieces of at most 1 MiB; `end` None: to the end of the file."""

    async def size(self, name: str) -> int | None:
        """Its length, bytes; None where there is no such file."""

    async def delete(self, name: str) -> bool:
        """Remove it, durably; whether it was there."""

    def names(self) -> AsyncIterator[str]:
        """Every file that is there whole, in no order."""


def new_name() -> str:
    """A random name."""
    return secrets.token_hex(16)


def check_name(name: str) -> str:
    """`name`. Raises `ValueError` where it could be anything but a random name."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a stored file: 32 hexadecimal digits")
    return name
