"""Tell whoever supervises us that we are ready: sd_notify, under systemd and `central up` alike."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import dataclass, field

ADDRESS_KEY = "X_DAEDAM_ADDR"
"""Our own line: where a role listens, for a supervisor that let it pick a free port."""


@dataclass(slots=True)
class Notify:
    """A sender of state to a supervisor. Without a supervisor it does nothing.

    `watchdog_s`: how often at most `watchdog` sends; None where nobody watches. A supervisor that has
    gone is not our problem: errors are swallowed.
    """

    path: str = ""
    watchdog_s: float | None = None
    _last_s: float = field(default=-1e9, repr=False)

    @classmethod
    def from_env(cls) -> Notify:
        """From `NOTIFY_SOCKET` and `WATCHDOG_USEC`, as sd_notify(3) has it."""
        usec = os.environ.get("WATCHDOG_USEC", "")
        ours = os.environ.get("WATCHDOG_PID", "") in ("", str(os.getpid()))
        watchdog_s = int(usec) / 1e6 / 3 if usec.isdigit() and ours else None
        return cls(os.environ.get("NOTIFY_SOCKET", ""), watchdog_s)

    def ready(self, address: str = "") -> None:
        """Warmed up and serving, at `address` (`host:port`) where it serves anybody."""
        lines = ["READY=1"]
        if address:
            lines += [f"{ADDRESS_KEY}={address}", f"STATUS=serving at {address}"]
        self._send("\n".join(lines))

    def status(self, text: str) -> None:
        """One line for people about what is going on."""
        self._send("STATUS=" + text.replace("\n", " "))

    def watchdog(self) -> None:
        """Still alive. Call it as often as you like from the event loop."""
        if self.watchdog_s is None or time.monotonic() - self._last_s < self.watchdog_s:
            return
        self._last_s = time.monotonic()
        self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """About to leave."""
        self._send("STOPPING=1")

    def _send(self, text: str) -> None:
        if not self.path:
            return
        address = "\0" + self.path[1:] if self.path.startswith("@") else self.path
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.setblocking(False)
            try:
                sender.sendto(text.encode(), address)
            except OSError:
                return
