"""Structured lines to systemd's journal, in its native protocol, without a library.

One datagram an entry: `NAME=value` lines, or for values of several lines the name, the length as 64 bit
little endian, and the value. What is too large for a datagram goes as a sealed memfd.
https://systemd.io/JOURNAL_NATIVE_PROTOCOL/. Both sides of Daedam have this file word for word: they
share no package.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

SOCKET: Final = "/run/systemd/journal/socket"
PRIORITIES: Final = {"debug": 7, "info": 6, "warning": 4, "error": 3, "critical": 2}
"""syslog(3)."""
LONGEST_NAME: Final = 64
SEND_BUFFER_BYTES: Final = 8 << 20
OWN: Final = {"MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "LOST"}
SEALS: Final = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SEAL
TOO_LARGE: Final = {errno.EMSGSIZE, errno.ENOBUFS}


def is_ours(descriptor: int = 2, stream: str | None = None) -> bool:
    """Whether this descriptor leads to the journal, as `JOURNAL_STREAM` says (systemd.exec(5))."""
    named = os.environ.get("JOURNAL_STREAM", "") if stream is None else stream
    with suppress(OSError):
        there = os.fstat(descriptor)
        return named == f"{there.st_dev}:{there.st_ino}"
    return False


class Journal:
    """Sends entries; never waits and never raises. What the journal does not take is counted, and the
    number is told with the next entry that it takes.
    """

    def __init__(self, identifier: str, address: str = SOCKET) -> None:
        self._identifier, self._address = identifier, address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        self.lost = 0

    def send(self, message: str, priority: int, fields: Mapping[str, Any]) -> None:
        """One entry. Names of `fields` become the journal's (`name_of`)."""
        entry = {"MESSAGE": message, "PRIORITY": priority, "SYSLOG_IDENTIFIER": self._identifier}
        if self.lost:
            entry["LOST"] = self.lost
        entry |= {name_of(name): value for name, value in fields.items()}
        data = encode(entry)
        try:
            try:
                self._socket.sendto(data, self._address)
            except OSError as error:
                if error.errno not in TOO_LARGE:
                    raise
                self._send_file(data)
        except OSError:  # no journal, or it is overwhelmed: an interview is more than its log
            self.lost += 1
        else:
            self.lost = 0

    def close(self) -> None:
        self._socket.close()

    def _send_file(self, data: bytes) -> None:
        file = os.memfd_create("journal", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(file, view) :]
            fcntl.fcntl(file, fcntl.F_ADD_SEALS, SEALS)
            rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", file))]
            self._socket.sendmsg([b""], rights, 0, self._address)
        finally:
            os.close(file)


def encode(entry: Mapping[str, Any]) -> bytes:
    """An entry as it travels; names are valid already."""
    return b"".join(_field(name.encode(), text_of(value)) for name, value in entry.items())


def decode(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The fields of an entry, as the journal reads them: for tests and for whoever listens in."""
    while data:
        line, _, rest = data.partition(b"\n")
        name, is_short, value = line.partition(b"=")
        if is_short:
            yield name.decode(), value
            data = rest
        else:
            (length,) = struct.unpack_from("<Q", rest)
            yield name.decode(), rest[8 : 8 + length]
            data = rest[8 + length + 1 :]


def name_of(key: str) -> str:
    """A name that the journal takes: upper case, digits and `_`, no `_` or digit first, at most 64.

    One that is ours gets `FIELD_` in front, so that nobody sets a priority by naming a key so.
    """
    name = re.sub(r"[^A-Z0-9_]", "_", key.upper()).lstrip("_")
    if not name or name[0].isdigit() or name in OWN:
        name = f"FIELD_{name}"
    return name[:LONGEST_NAME]


def text_of(value: Any) -> bytes:
    """Text as it is, bytes too; structures as JSON; whatever else as `str` has it."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, (dict, list, tuple)):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return str(value).encode("utf-8", "backslashreplace")


def _field(name: bytes, value: bytes) -> bytes:
    if b"\n" in value:
        return name + b"\n" + struct.pack("<Q", len(value)) + value + b"\n"
    return name + b"=" + value + b"\n"
