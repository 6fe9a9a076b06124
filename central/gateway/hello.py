"""What a room says first, with every value inside its bounds: nothing in it is believed about who it
is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import grpc

from central.gateway.services import SessionEnd
from central.gateway.wire import SessionRequest, read_capabilities
from daedam.v1 import room_pb2

_SPOOL_ID: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
_MAX_SEQ: Final = 2**63 - 1
_REASONS: Final = {
    number: name.removeprefix("REPLACEMENT_REASON_").lower()
    for name, number in room_pb2.ReplacementReason.items()
}


@dataclass(frozen=True, slots=True)
class Replaced:
    """The series that this one stands in for. `reason`: central_ahead, record_differs, central_forgot
    or unspecified; where both sides said that they stood in it.
    """

    spool_id: str
    reason: str
    central_seq: int
    room_seq: int


@dataclass(frozen=True, slots=True)
class Greeting:
    """A Hello that can be answered. `wall_ns`: the room's clock, None where it did not tell."""

    spool_id: str
    version: str
    capabilities: dict[str, str]
    wall_ns: int | None
    replaced: Replaced | None


def read_hello(request: SessionRequest | None) -> Greeting:
    """The first message of a stream. Raises `SessionEnd` for anything but a Hello."""
    if request is None or request.WhichOneof("message") != "hello":
        raise SessionEnd(grpc.StatusCode.INVALID_ARGUMENT, "a stream begins with Hello")
    hello = request.hello
    return Greeting(
        spool_id=_spool_id(hello.spool_id, "spool_id"),
        version=hello.agent_version.replace("\0", "")[:100],
        capabilities=read_capabilities(hello),
        wall_ns=hello.wall_ns or None,
        replaced=_replaced(hello.replaces) if hello.HasField("replaces") else None,
    )


def _replaced(told: room_pb2.Replacement) -> Replaced:
    return Replaced(
        spool_id=_spool_id(told.spool_id, "replaces.spool_id"),
        reason=_REASONS.get(told.reason, "unspecified"),
        central_seq=min(told.central_seq, _MAX_SEQ),
        room_seq=min(told.room_seq, _MAX_SEQ),
    )


def _spool_id(text: str, name: str) -> str:
    if _SPOOL_ID.fullmatch(text) is None:
        raise SessionEnd(
            grpc.StatusCode.INVALID_ARGUMENT, f"{name}: 1 to 64 letters, digits and hyphens"
        )
    return text
