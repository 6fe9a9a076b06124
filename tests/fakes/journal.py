"""The journal's socket, as a process under systemd has it: keeps the entries that arrive."""

from __future__ import annotations

import array
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

Decode = Callable[[bytes], Iterator[tuple[str, bytes]]]


class FakeJournal:
    """`address` is what `JOURNAL_SOCKET` would be; `stream` names a file as `JOURNAL_STREAM` does."""

    def __init__(self, listening: socket.socket, address: str, decode: Decode) -> None:
        self._socket, self.address, self._decode = listening, address, decode

    def next(self) -> dict[str, bytes]:
        """The oldest entry; of a sealed memfd where the datagram is empty."""
        data, ancillary, _, _ = self._socket.recvmsg(1 << 22, socket.CMSG_SPACE(4))
        if not data:
            files = array.array("i")
            files.frombytes(ancillary[0][2])
            with os.fdopen(files[0], "rb") as file:
                file.seek(0)
                data = file.read()
        return dict(self._decode(data))


@contextmanager
def listening_journal(folder: Path, decode: Decode) -> Iterator[FakeJournal]:
    """While open, entries may be sent to `address`."""
    address = str(folder / "journal.sock")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(address)
        listening.settimeout(5)
        yield FakeJournal(listening, address, decode)


def stream_of(descriptor: int) -> str:
    """What `JOURNAL_STREAM` would say where this descriptor is the journal."""
    there = os.fstat(descriptor)
    return f"{there.st_dev}:{there.st_ino}"
