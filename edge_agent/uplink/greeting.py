"""The first message of a stream: which series of records follows, from whom, and why it is a new one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import cast

from daedam.v1 import room_pb2
from edge_agent import flow


@dataclass(frozen=True, slots=True)
class Series:
    """What `Hello` says about the spool and who sends it."""

    spool_id: str
    boot_id: str
    oldest_seq: int
    next_seq: int
    agent_version: str
    capabilities: flow.Capabilities


class ReplacementReason(IntEnum):
    """Why records got a new series; numbers as in room.proto."""

    CENTRAL_AHEAD = 1
    RECORD_DIFFERS = 2
    CENTRAL_FORGOT = 3


@dataclass(frozen=True, slots=True)
class Replaced:
    """The series that a new one stands in for, and where both sides stood in it."""

    spool_id: str
    reason: ReplacementReason
    central_seq: int
    room_seq: int


def hello(
    series: Series, *, wall_ns: int = 0, replaced: Replaced | None = None
) -> room_pb2.SessionRequest:
    """The first message of a stream, made at `wall_ns`; `replaced` where the series is a new one."""
    message = room_pb2.Hello(
        spool_id=series.spool_id,
        boot_id=series.boot_id,
        oldest_seq=series.oldest_seq,
        next_seq=series.next_seq,
        agent_version=series.agent_version,
        capabilities=room_pb2.Capabilities(**asdict(series.capabilities)),
        wall_ns=wall_ns,
    )
    if replaced is not None:
        message.replaces.CopyFrom(
            room_pb2.Replacement(
                spool_id=replaced.spool_id,
                reason=cast("room_pb2.ReplacementReason", int(replaced.reason)),
                central_seq=replaced.central_seq,
                room_seq=replaced.room_seq,
            )
        )
    return room_pb2.SessionRequest(hello=message)
