"""Random kills for many interviews: `python -m tests.faults.many --rounds 5`; the last line is JSON.

Everything that central runs is killed in turn at a random moment, PostgreSQL too; each interview has to
come out whole.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.interview import Running, interview
from tests.faults.kills import kill, vision_of
from tests.faults.video import short_candidate
from tests.story.prepared import prepared_models
from tests.story.processes import ProcessEnded
from tests.story.stack import central_up

VICTIMS = (
    "gateway", "speech", "language", "dashboard", "steward", "nats", "postgres", "vision",
)  # fmt: skip
_LONGEST_PAUSE_S = 6.0


@dataclass(slots=True)
class Tally:
    """What happened in all rounds."""

    kills: Counter[str] = field(default_factory=Counter)
    records: int = 0
    utterances: int = 0
    problems: list[str] = field(default_factory=list)


def main() -> int:
    """0 where every interview came out whole."""
    parser = argparse.ArgumentParser("python -m tests.faults.many", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="interviews")
    parser.add_argument("--seed", type=int, default=None, help="of the kills; else a new one")
    parser.add_argument("--only", default=",".join(VICTIMS), help="what may be killed")
    wanted = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if wanted.seed is None else wanted.seed
    folder = Path(tempfile.mkdtemp(prefix="daedam-faults-"))
    folder.chmod(0o711)
    tally = Tally()
    victims = tuple(wanted.only.split(","))
    begun_s = time.monotonic()
    try:
        asyncio.run(_rounds(folder, wanted.rounds, random.Random(seed), victims, tally))
    except ProcessEnded as error:
        tally.problems.append(str(error))
    for problem in tally.problems:
        print(problem, file=sys.stderr)
    result = {
        "ok": not tally.problems,
        "seed": seed,
        "rounds": wanted.rounds,
        "kills": dict(tally.kills),
        "records": tally.records,
        "utterances": tally.utterances,
        "problems": len(tally.problems),
        "run_s": round(time.monotonic() - begun_s, 1),
        "logs": str(folder),
    }
    print(json.dumps(result))
    return 1 if tally.problems else 0


async def _rounds(
    folder: Path, rounds: int, chance: random.Random, victims: Sequence[str], tally: Tally
) -> None:
    models = await asyncio.to_thread(prepared_models, _tell)
    video = await asyncio.to_thread(short_candidate)
    async with central_up(folder) as site:
        for number in range(1, rounds + 1):
            async with interview(site, models, video, f"room-{number}") as running:
                await _round(running, chance, victims, tally)


async def _round(
    running: Running, chance: random.Random, victims: Sequence[str], tally: Tally
) -> None:
    killing = asyncio.create_task(_kill_on(running, chance, victims, tally))
    try:
        await running.over()
    finally:
        killing.cancel()
        await asyncio.gather(killing, return_exceptions=True)
    ledger, sent = await running.finished()
    tally.records += ledger.records
    tally.utterances += len(ledger.utterances)
    code = running.room.code
    tally.problems += [f"{code}: {problem}" for problem in ledger.problems(sent)]
    _tell(f"{code}: {ledger.records} records, {tally.kills.total()} kills so far")


async def _kill_on(
    running: Running, chance: random.Random, victims: Sequence[str], tally: Tally
) -> None:
    """One kill after the other until cancelled."""
    while True:
        await asyncio.sleep(chance.uniform(0.5, _LONGEST_PAUSE_S))
        victim = chance.choice(victims)
        how = chance.choice((signal.SIGKILL, signal.SIGTERM))
        if victim == "vision":
            pid = vision_of(running.room.log)
            if not pid:
                continue
            os.kill(pid, signal.SIGKILL)
        else:
            # PostgreSQL's SIGTERM waits for every client; nobody sends it that.
            soft = signal.SIGINT if victim == "postgres" else signal.SIGTERM
            await kill(victim, running.site.config.data_dir, how if how != signal.SIGTERM else soft)
        tally.kills[victim] += 1
        _tell(f"killed {victim} ({how.name})")


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
