"""What may be killed or paused in a running site, and how it is found."""

from __future__ import annotations

import os
import random
import signal
from contextlib import suppress
from pathlib import Path

from tests.fakes.processes import children
from tests.faults.kills import pid_of
from tests.faults.source_room import SourceRoom

WEIGHTS = {
    "agent": 36,
    "gateway": 12,
    "backend": 12,
    "postgres": 5,
    "nats": 7,
    "speech": 7,
    "language": 7,
    "steward": 7,
    "dashboard": 7,
}
"""How often each is chosen. `backend`: one process of PostgreSQL, which then starts all of them anew."""

PAUSED = ("agent", "gateway", "backend", "nats", "speech")
"""What may be stopped for a while: it is then neither alive nor dead."""


class Victims:
    """Processes of one site and of its rooms. Every method that signals says whether it hit one."""

    def __init__(self, data: Path, rooms: list[SourceRoom], chance: random.Random) -> None:
        self._data, self._rooms, self._chance = data, rooms, chance

    def pick(self) -> str:
        """Somebody to kill, by weight."""
        return self._chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]

    def kill(self, name: str) -> bool:
        """SIGKILL, now."""
        return _signal(self.pid(name), signal.SIGKILL)

    def pid(self, name: str) -> int:
        """A process of this name right now; 0 where there is none."""
        if name == "agent":
            return self._chance.choice(self._rooms).pid
        if name == "backend":
            server = pid_of("postgres", self._data)
            backends = list(children(server)) if server else []
            return self._chance.choice(backends) if backends else 0
        return pid_of(name, self._data)


def pause(pid: int) -> bool:
    return _signal(pid, signal.SIGSTOP)


def go_on(pid: int) -> bool:
    """Also where it was killed meanwhile: then nothing happens."""
    return _signal(pid, signal.SIGCONT)


def _signal(pid: int, how: signal.Signals) -> bool:
    if pid:
        with suppress(ProcessLookupError):
            os.kill(pid, how)
            return True
    return False
