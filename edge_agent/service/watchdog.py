"""Feeds systemd's watchdog while the room does its work, and only then.

What is looked at, once a second:

- `loop`: the room's own tick was run by the event loop;
- `spool`: what was appended becomes durable (nothing appended: nothing to do);
- `camera`: pictures are read. While a camera fault is told, an attempt to open it counts as well: each
  attempt is a new process, so a restart of the whole agent could do nothing more for an unplugged
  camera, and would take the room off the network. What is caught here is that neither happens.

When a part stands still, systemd gets nothing more, kills the agent after `WatchdogSec`, and starts it
again; a part that moves again in time is forgiven.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from edge_agent.flow import VisionCounts
from edge_agent.service.faults import Faults
from edge_agent.service.liveness import Liveness, Still
from edge_agent.service.notify import Notify

LOOK_S = 1.0
LIMITS_S = {
    "loop": 5.0,
    "spool": 30.0,  # a kill loses what is not on disk yet: a slow disk gets its time, a stuck one not
    "camera": 60.0,  # longer than one attempt: 30 s for a start, 2 s for its end, 5 s between two
}

log = structlog.get_logger(__name__)


class Writes(Protocol):
    """The spool, as far as it is watched."""

    @property
    def next_seq(self) -> int: ...
    @property
    def durable_seq(self) -> int: ...


class Sees(Protocol):
    """The vision process's supervisor, as far as it is watched."""

    @property
    def counts(self) -> VisionCounts: ...


class Watchdog:
    """`status` is asked once a second and must not block."""

    def __init__(
        self,
        notify: Notify,
        spool: Writes,
        vision: Sees,
        faults: Faults,
        status: Callable[[], str],
    ) -> None:
        self._notify = notify
        self._spool, self._vision, self._faults = spool, vision, faults
        self._status = status
        self._liveness: Liveness | None = None
        self._ticks = 0
        self.fed_s: float | None = None
        """When systemd was last fed; None: not yet."""
        self._said = ""
        self.still: tuple[str, ...] = ()
        """Parts that stand still now."""

    def tick(self) -> None:
        """The room's loop has turned."""
        self._ticks += 1

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self.look(asyncio.get_running_loop().time())
            await asyncio.sleep(LOOK_S)

    def look(self, now_s: float) -> None:
        """Feed where it is time to and every part moves; say how the room is where that changed."""
        still = self._look_at(now_s)
        self._tell(still)
        if still:
            return
        if self.fed_s is None or now_s - self.fed_s >= self._notify.feed_every_s:
            self.fed_s = now_s
            self._notify.watchdog()

    def _look_at(self, now_s: float) -> tuple[Still, ...]:
        if self._liveness is None:
            self._liveness = Liveness(LIMITS_S, now_s)
        liveness, counts = self._liveness, self._vision.counts
        liveness.mark("loop", self._ticks, now_s)
        liveness.mark("spool", self._spool.durable_seq, now_s)
        if self._spool.durable_seq >= self._spool.next_seq - 1:
            liveness.beat("spool", now_s)
        attempts = counts.restarts if self._faults.of("camera", "vision") else None
        liveness.mark("camera", (counts.captured, attempts), now_s)
        return liveness.still(now_s)

    def _tell(self, still: tuple[Still, ...]) -> None:
        parts = tuple(one.part for one in still)
        if parts != self.still:
            self.still = parts
            if still:
                log.error(
                    "a part stands still; systemd is no longer fed", still=list(map(str, still))
                )
            else:
                log.warning("every part moves again")
        text = f"{'; '.join(map(str, still))}; waiting for a restart" if still else self._status()
        if text != self._said:
            self._said = text
            self._notify.status(text)
