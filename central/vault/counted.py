"""What comes in from outside: counted and hashed on its way, and stopped where it is too much."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterable, AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from central.errors import Refused


@dataclass(slots=True)
class Counted:
    """A stream that goes by once; `size` and `hash` (SHA-256) are of what has passed."""

    content: AsyncIterable[bytes]
    most_bytes: int
    too_large: Callable[[int], Refused]
    """What to say, given `most_bytes`."""
    size: int = 0
    hash: Any = field(default_factory=hashlib.sha256)

    async def pieces(self) -> AsyncIterator[bytes]:
        """Each piece as it came. Raises what `too_large` makes."""
        async for piece in self.content:
            self.size += len(piece)
            if self.size > self.most_bytes:
                raise self.too_large(self.most_bytes)
            self.hash.update(piece)
            yield piece
