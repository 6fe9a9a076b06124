"""Kills, pauses and bad networks for a while; then everything is let go, and the clock runs until
central has all that was promised.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.fault_proxy import Mode
from tests.faults.source_room import SourceRoom
from tests.faults.victims import PAUSED, Victims, go_on, pause

FAULTS = tuple(mode for mode in Mode if mode is not Mode.PASS)
PATIENCE_S = 120.0
"""How long delivery may take before it is called lost."""
PAUSE_SHARE = 0.12
"""Of the blows, how many are a SIGSTOP instead of a SIGKILL."""
CUT_S = (0.5, 9.0)

Note = Callable[[str], None]


@dataclass(slots=True)
class Tally:
    """What was done, and how long it took to come back."""

    kills: Counter[str] = field(default_factory=Counter)
    pauses: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    recovery_s: list[float] = field(default_factory=list)
    """From a link's return until all that was durable at that instant was acknowledged."""
    after_storm_s: list[float] = field(default_factory=list)
    """The same, where processes were killed up to that instant too."""
    problems: list[str] = field(default_factory=list)


class Storm:
    """Over one site's processes and rooms."""

    def __init__(
        self,
        rooms: list[SourceRoom],
        victims: Victims,
        chance: random.Random,
        tally: Tally,
        note: Note,
    ) -> None:
        """`note` gets a line for each thing that is done."""
        self._rooms, self._victims, self._chance, self._tally = rooms, victims, chance, tally
        self._note = note
        self._bag: list[Mode] = []
        self._pauses: set[asyncio.Task[None]] = set()

    async def blow(self, kills: int, pause_s: float, *, links: bool) -> None:
        """So many kills, `pause_s` apart on average, while links are bad; then calm, and recovery."""
        if links:
            self._spoil_links()
        struck = 0
        while struck < kills:
            await asyncio.sleep(min(self._chance.expovariate(1 / pause_s), 5 * pause_s))
            if self._chance.random() < PAUSE_SHARE:
                self._pause()
            elif self._kill():
                struck += 1
            if links and self._chance.random() < 0.1:
                self._spoil_links()
        await asyncio.gather(*self._pauses, return_exceptions=True)
        await self._recover(self._tally.after_storm_s)

    async def cut(self) -> None:
        """Bad links alone."""
        self._spoil_links()
        await asyncio.sleep(self._chance.uniform(*CUT_S))
        await self._recover(self._tally.recovery_s)

    async def _recover(self, into: list[float]) -> None:
        for room in self._rooms:
            room.proxy.set(Mode.PASS)
        goals = [(room, room.promises.last) for room in self._rooms]
        begun_s = time.monotonic()
        self._note("all links are good")
        for room, goal in goals:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    took_s = await room.delivered(goal) - begun_s
                into.append(took_s)
                self._note(f"{room.code}: delivered up to {goal} in {took_s:.1f} s")
            except TimeoutError:
                self._tally.problems.append(
                    f"{room.code}: told {goal}, and {PATIENCE_S:.0f} s later only"
                    f" {room.promises.acked} were acknowledged"
                )

    def _spoil_links(self) -> None:
        """Every kind of fault comes up equally often."""
        for room in self._rooms:
            if not self._bag:
                self._bag = list(FAULTS)
                self._chance.shuffle(self._bag)
            mode = self._bag.pop()
            room.proxy.set(mode)
            self._note(f"{room.code}: {mode.value}")
            self._tally.links[mode.value] += 1

    def _kill(self) -> bool:
        name = self._victims.pick()
        hit = self._victims.kill(name)
        self._tally.kills[name] += hit
        self._note(f"kill {name}{'' if hit else ', which is away'}")
        return hit

    def _pause(self) -> None:
        name = self._chance.choice(PAUSED)
        pid = self._victims.pid(name)
        if pid and pause(pid):
            self._tally.pauses[name] += 1
            self._note(f"pause {name}")
            task = asyncio.create_task(_later(pid, self._chance.uniform(0.3, 4.0)))
            self._pauses.add(task)
            task.add_done_callback(self._pauses.discard)


async def _later(pid: int, after_s: float) -> None:
    try:
        await asyncio.sleep(after_s)
    finally:
        go_on(pid)
