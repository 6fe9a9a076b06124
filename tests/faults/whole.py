"""Whole interviews, by whole agents, while everything around them is killed at random moments."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter

from tests.faults.interview import Running, interview
from tests.faults.kills import kill, vision_of
from tests.faults.storm import Tally
from tests.faults.video import short_candidate
from tests.story.prepared import prepared_models
from tests.story.stack import Site

VICTIMS = (
    "gateway", "speech", "language", "dashboard", "steward", "nats", "postgres", "vision",
)  # fmt: skip
_LONGEST_PAUSE_S = 6.0


async def interviews(site: Site, count: int, chance: random.Random, tally: Tally) -> None:
    """So many, one after the other; each has to come out whole. What does not is in `tally`."""
    if not count:
        return
    models = await asyncio.to_thread(prepared_models, _tell)
    video = await asyncio.to_thread(short_candidate)
    for number in range(1, count + 1):
        async with interview(site, models, video, f"whole-{number}") as running:
            await _round(running, chance, tally)


async def _round(running: Running, chance: random.Random, tally: Tally) -> None:
    """Its own agent is killed in the second answer, and goes on with it."""
    killing = asyncio.create_task(_kill_on(running, chance, tally.kills))
    try:
        await running.answering(1)
        async with running.restarted() as again:
            tally.kills["whole agent"] += 1
            await again.over()
            killing.cancel()
            ledger, sent = await again.finished()
    finally:
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)
    code = running.room.code
    tally.problems += [f"{code}: {problem}" for problem in ledger.problems(sent)]
    _tell(f"{code}: a whole interview of {ledger.records} records")


async def _kill_on(running: Running, chance: random.Random, kills: Counter[str]) -> None:
    """One kill after the other until cancelled."""
    while True:
        await asyncio.sleep(chance.uniform(0.5, _LONGEST_PAUSE_S))
        victim = chance.choice(VICTIMS)
        if victim == "vision":
            pid = vision_of(running.room.log)  # gone with its agent, once that was killed
            if not pid:
                continue
            os.kill(pid, signal.SIGKILL)
        else:
            await kill(victim, running.site.config.data_dir)
        kills[victim] += 1


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
