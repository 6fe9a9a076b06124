"""A media store in memory."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable

from central.errors import VaultError
from central.media import check_name


class MemoryMedia:
    """`MediaStore` over a dict. `files` may be damaged by a test, also by `stored`, which is called
    with a name once its file is there.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.stored: Callable[[str], Awaitable[None]] | None = None

    async def put(self, name: str, content: AsyncIterable[bytes]) -> int:
        check_name(name)
        data = b"".join([piece async for piece in content])
        self.files[name] = data
        if self.stored is not None:
            await self.stored(name)
        return len(data)

    async def open(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        if check_name(name) not in self.files:
            raise VaultError(name, "is not in the store")
        data = self.files[name][start:end]
        for at in range(0, len(data), 1 << 20):
            yield data[at : at + (1 << 20)]

    async def size(self, name: str) -> int | None:
        data = self.files.get(check_name(name))
        return None if data is None else len(data)

    async def delete(self, name: str) -> bool:
        return self.files.pop(check_name(name), None) is not None

    async def names(self) -> AsyncIterator[str]:
        for name in list(self.files):
            yield name
