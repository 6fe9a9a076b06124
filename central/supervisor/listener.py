"""The supervisor's end of sd_notify: one datagram socket per child."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path


def parse(message: bytes) -> dict[str, str]:
    """`KEY=value` lines of one notification; lines of any other form are left out."""
    lines = message.decode(errors="replace").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


@asynccontextmanager
async def listening(path: Path, told: Callable[[dict[str, str]], None]) -> AsyncIterator[None]:
    """Call `told` with each notification that arrives on the socket `path`."""
    receiver = _bound(path)
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Receiver(told), sock=receiver
    )
    try:
        yield
    finally:
        transport.close()
        _remove(path)


def _bound(path: Path) -> socket.socket:
    _remove(path)
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.setblocking(False)
    receiver.bind(str(path))
    path.chmod(0o600)
    return receiver


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


class _Receiver(asyncio.DatagramProtocol):
    def __init__(self, told: Callable[[dict[str, str]], None]) -> None:
        self._told = told

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002 - its base has it
        self._told(parse(data))
