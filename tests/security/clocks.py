"""Clocks that are wrong, and series of records that are not the old one."""

from __future__ import annotations

import asyncio
import time
import uuid

from daedam.v1 import room_pb2
from tests.fakes.room_client import gap, room, stream
from tests.security.scene import (
    Answer,
    Attempt,
    Mallory,
    Row,
    Scene,
)

CLOCK = frozenset({"clock_skew"})
DIFFERS = room_pb2.REPLACEMENT_REASON_RECORD_DIFFERS


def clock(off_s: float) -> Attempt:
    """Hello with a wrong clock: the room is let in, its records are kept, and an admin is told."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        wrong_ns = time.time_ns() + int(off_s * 1e9)
        async with stream(scene.address, mallory.agent) as client:
            await client.send(hello=room_pb2.Hello(spool_id=str(uuid.uuid4()), wall_ns=wrong_ns))
            welcome = await client.read_until("welcome")
            assert abs(welcome.central_wall_ns - time.time_ns()) < 60e9
            late = gap(1)
            late.wall_ns = wrong_ns
            await client.records([late])
            assert await client.acked(1) == []
        return Answer("OK", "welcomed")

    return attempt


async def clock_set_right(scene: Scene, mallory: Mallory) -> Answer:
    """The alarm ends by itself with a heartbeat that tells the right time, and begins with a wrong."""
    async with stream(scene.address, mallory.agent) as client:
        hello = room_pb2.Hello(spool_id=str(uuid.uuid4()), wall_ns=1)
        await client.send(hello=hello)
        await client.read_until("welcome")
        assert await scene.alarms(mallory) == CLOCK
        for off_ns, wanted in ((0, frozenset()), (-(10**12), CLOCK), (0, frozenset())):
            await client.send(heartbeat=room_pb2.Heartbeat(wall_ns=time.time_ns() + off_ns))
            for _ in range(40):
                if await scene.alarms(mallory) == wanted:
                    break
                await asyncio.sleep(0.05)
            assert await scene.alarms(mallory) == wanted
    return Answer("OK", "told and forgotten")


def new_series(replaces: room_pb2.Replacement | None) -> Attempt:
    """A second series of the same agent, with or without a reason; said again it is told once."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        async with room(scene.address, mallory.agent):
            pass
        message = room_pb2.Hello(spool_id=str(uuid.uuid4()), replaces=replaces)
        for _ in range(2):
            async with stream(scene.address, mallory.agent) as client:
                await client.send(hello=message)
                await client.read_until("welcome")
        rows = await scene.site.fetch(
            "select times, detail->>'reason' from alarms where room_id = %s", mallory.room_id
        )
        assert [row[0] for row in rows] == [1]
        return Answer("OK", str(rows[0][1]))

    return attempt


ROWS = [
    Row("clock skew", "thirty years behind", clock(-1e9), "OK", "welcomed", stored=1, alarms=CLOCK),
    Row(
        "clock skew", "a hundred years ahead", clock(3e9), "OK", "welcomed", stored=1, alarms=CLOCK
    ),
    Row("clock skew", "20 s are nobody's business", clock(20), "OK", "welcomed", stored=1),
    Row("clock skew", "set right in mid-stream", clock_set_right, "OK", "told"),
    Row(
        "rollback",
        "a restored disk says so",
        new_series(room_pb2.Replacement(spool_id="old", reason=DIFFERS, central_seq=2**64 - 1)),
        "OK",
        "^record_differs$",
        alarms=frozenset({"spool_rolled_back"}),
    ),
    Row(
        "rollback",
        "a reason that nobody knows",
        new_series(room_pb2.Replacement(spool_id="old", reason=77)),  # type: ignore[arg-type] # of a newer room
        "OK",
        "^unspecified$",
        alarms=frozenset({"spool_rolled_back"}),
    ),
    Row(
        "rollback",
        "a series that is lost",
        new_series(None),
        "OK",
        "^None$",
        alarms=frozenset({"spool_began_anew"}),
    ),
]
