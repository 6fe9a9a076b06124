"""Word to systemd over `NOTIFY_SOCKET`; nothing happens where there is none.

Protocol: sd_notify(3), one datagram of `KEY=value` lines.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress

UNWATCHED_S = 5.0


class Notify:
    """Tells the service manager how the agent is."""

    def __init__(self, address: str | None = None, watchdog_usec: str | None = None) -> None:
        self._address = os.environ.get("NOTIFY_SOCKET", "") if address is None else address
        usec = os.environ.get("WATCHDOG_USEC", "") if watchdog_usec is None else watchdog_usec
        self.feed_every_s = int(usec) / 1e6 / 3 if usec.isdigit() else UNWATCHED_S
        """A third of what systemd waits: one datagram may come late."""

    @property
    def managed(self) -> bool:
        """Whether a service manager started us: nobody stands by to read why we ended."""
        return bool(self._address)

    def ready(self, status: str = "") -> None:
        """Everything is warm."""
        self._send("READY=1", status)

    def status(self, text: str) -> None:
        """One line for `systemctl status`."""
        self._send("", " ".join(text.split("\n")))

    def watchdog(self) -> None:
        """The room does its work: said by `Watchdog` alone."""
        self._send("WATCHDOG=1", "")

    def stopping(self) -> None:
        self._send("STOPPING=1", "")

    def _send(self, state: str, status: str) -> None:
        if not self._address:
            return
        lines = [state] if state else []
        lines += [f"STATUS={status}"] if status else []
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        # A service manager that is gone is no reason to end an interview.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.setblocking(False)
            to.sendto("\n".join(lines).encode(), address)
