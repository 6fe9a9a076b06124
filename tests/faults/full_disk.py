"""A room's disk is full: it stops with a clear error, keeps what it called durable, and goes on."""

from __future__ import annotations

import asyncio
import random

from tests.fakes.fault_proxy import Mode
from tests.faults.promises import Promises
from tests.faults.small_disk import small_disk
from tests.faults.source_room import SourceRoom
from tests.faults.storm import PATIENCE_S
from tests.faults.theatre import source_room
from tests.story.stack import Site

CLEAR = ("records cannot be kept in", "No space left on device", "check the disk")
ATTEMPTS = 2
"""Starts on the full disk: none of them may spoil what is there."""


async def full_disk(site: Site, code: str, chance: random.Random) -> tuple[Promises, list[str]]:
    """The room's promises, and what went wrong."""
    with small_disk(site.data / "rooms" / code) as disk:
        async with source_room(site, disk.folder, chance, records_s=100, utterance_s=3600) as room:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await room.delivered(20)
                    room.proxy.set(Mode.CUT)
                    await room.told(room.promises.last + 20)
                    disk.fill()
                    await _broken(room, room.broken + ATTEMPTS)
                    kept = room.promises.last
                    disk.free()
                    await room.told(kept + 50)
                    room.proxy.set(Mode.PASS)
                    await room.delivered(kept + 50)
                    await room.rest()
            except TimeoutError:
                problem = (
                    f"{code}: broken {room.broken} times, told {room.promises.last},"
                    f" acknowledged {room.promises.acked}: it did not go on"
                )
                return room.promises, [problem]
        said = room.log.read_text(encoding="utf-8")
    missing = [words for words in CLEAR if words not in said]
    return room.promises, [f"{code}: its error does not say {words!r}" for words in missing]


async def _broken(room: SourceRoom, times: int) -> None:
    while room.broken < times:  # noqa: ASYNC110 - a count of lives, not an event
        await asyncio.sleep(0.05)
