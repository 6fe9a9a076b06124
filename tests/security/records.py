"""What is in a record: it goes to quarantine alone, and the stream goes on."""

from __future__ import annotations

import math
from typing import Any

from daedam.v1 import interview_pb2, measuring_pb2, record_pb2, room_pb2
from tests.fakes.room_client import event, gap, record, room
from tests.security.scene import (
    Answer,
    Attempt,
    Mallory,
    Row,
    Scene,
)

AUDIO = record_pb2.RECORD_KIND_AUDIO
ASKED = interview_pb2.TURN_EVENT_KIND_QUESTION_ASKED
QUARANTINED = frozenset({"record_quarantined"})


async def rejected(scene: Scene, mallory: Mallory, bad: record_pb2.Record) -> Answer:
    """A good record, this one, and a good one: the stream goes on."""
    async with room(scene.address, mallory.agent) as (client, _):
        await client.records([gap(1), bad, gap(3)])
        (reject,) = await client.acked(3)
        assert reject.seq == bad.seq
    kept = await scene.site.fetch(
        "select payload from quarantine where room_id = %s", mallory.room_id
    )
    assert kept == [(bad.payload,)]
    return Answer(room_pb2.RejectReason.Name(reject.reason), reject.detail)


def poison(bad: record_pb2.Record) -> Attempt:
    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        return await rejected(scene, mallory, bad)

    return attempt


def of_an_interview(kind: int, message: Any) -> Attempt:
    """The same in an interview of the room's own."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        interview = await scene.site.interview(room_id=mallory.room_id)
        return await rejected(scene, mallory, record(2, kind, message, interview))

    return attempt


async def anothers_interview(scene: Scene, mallory: Mallory) -> Answer:
    theirs = await scene.site.interview()
    asked = interview_pb2.TURN_EVENT_KIND_QUESTION_ASKED
    answer = await rejected(scene, mallory, event(2, theirs, asked, turn_id="t", text="x"))
    assert await scene.site.fetch("select * from turns where interview_id = %s", theirs) == []
    return answer


def corrupt() -> record_pb2.Record:
    damaged = gap(2)
    damaged.crc32c ^= 1
    return damaged


ROWS = [
    Row(
        "another room's identity",
        "its interview",
        anothers_interview,
        "REJECT_REASON_NOT_ASSIGNED",
        "is not assigned to room",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "another room's identity",
        "no interview",
        poison(event(2, "'; drop table records", ASKED, turn_id="t")),
        "REJECT_REASON_NOT_ASSIGNED",
        "there is no such interview",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "oversize",
        "a record",
        poison(record(2, AUDIO, b"x" * (128 * 1024 + 1))),
        "REJECT_REASON_OVERSIZE",
        "the payload has 131073 bytes",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "a checksum that is wrong",
        poison(corrupt()),
        "REJECT_REASON_CORRUPT",
        "checksum",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "a payload that is no message",
        poison(record(2, record_pb2.RECORD_KIND_UTTERANCE, b"\xff\xff\xff", 1)),
        "REJECT_REASON_MALFORMED",
        "is no Utterance",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "an unknown kind",
        poison(record(2, 99, b"")),
        "REJECT_REASON_MALFORMED",
        "kind 99 is not known",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "a NUL",
        of_an_interview(
            record_pb2.RECORD_KIND_TURN_EVENT,
            interview_pb2.TurnEvent(kind=ASKED, turn_id="t", text="a\0b"),
        ),
        "REJECT_REASON_MALFORMED",
        "text holds a NUL",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "a number that is none",
        of_an_interview(
            record_pb2.RECORD_KIND_SCORE_WINDOW,
            measuring_pb2.ScoreWindow(
                measures=[
                    measuring_pb2.Measure(channel=measuring_pb2.CHANNEL_LEVEL_DBFS, value=math.inf)
                ]
            ),
        ),
        "REJECT_REASON_MALFORMED",
        "not a number",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "what only PostgreSQL refuses",
        of_an_interview(
            record_pb2.RECORD_KIND_TURN_EVENT,
            interview_pb2.TurnEvent(kind=ASKED, turn_id="t", position=4_000_000_000),
        ),
        "REJECT_REASON_REFUSED",
        "integer",
        stored=2,
        alarms=QUARANTINED,
    ),
]
