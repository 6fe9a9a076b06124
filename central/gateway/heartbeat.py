"""How a room says it is, as `agents.health` keeps it. Nothing in it is believed to be in range."""

from __future__ import annotations

import math
from typing import Any

from google.protobuf.message import Message

from daedam.v1 import room_pb2


def read_health(heartbeat: room_pb2.Heartbeat, received_ns: int) -> dict[str, Any]:
    """A heartbeat as `agents.health` keeps it, with what arrived when by our own clock. What the room
    did not measure is not in it.
    """
    counts = {name: value for name, value in _plain(heartbeat).items() if name != "faults"}
    health = {"fps": None, **counts, **_plain(heartbeat.vitals)}
    health["faults"] = [fault.replace("\0", "")[:500] for fault in heartbeat.faults[:20]]
    health["received_wall_ns"] = received_ns
    health["clock_skew_ms"] = (heartbeat.wall_ns - received_ns) // 1_000_000
    return health


def _plain(message: Message) -> dict[str, Any]:
    """Every single value that is set, or has no way to be unset, as JSON can hold it."""
    found: dict[str, Any] = {}
    for field in message.DESCRIPTOR.fields:
        value = getattr(message, field.name)
        unset = field.has_presence and not message.HasField(field.name)
        if unset or field.is_repeated or field.message_type is not None:
            continue
        if field.enum_type is not None:
            known = field.enum_type.values_by_number.get(value)
            found[field.name] = None if known is None else known.name.partition("_")[2].lower()
        elif isinstance(value, float):
            found[field.name] = round(value, 4) if math.isfinite(value) else None
        else:
            found[field.name] = value.replace("\0", "")[:200] if isinstance(value, str) else value
    return found
