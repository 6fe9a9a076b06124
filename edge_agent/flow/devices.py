"""The room PC itself: its devices, its health, what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from edge_agent.flow.picture import VisionCounts


class DeviceState(IntEnum):
    """How a device is; numbers equal `daedam.v1.DeviceState`."""

    READY = 1
    LOST = 2
    RESTARTED = 3


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """A device came, went or failed."""

    device: str
    state: DeviceState
    detail: str


@dataclass(frozen=True, slots=True)
class Disturbance:
    """The room itself got in the candidate's way."""

    from_mono_ns: int
    to_mono_ns: int
    cause: str
    turn_id: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Records known to be missing."""

    first_seq: int
    last_seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the room PC was found to have."""

    camera: str
    microphone: str
    speaker: str
    vision_provider: str


@dataclass(frozen=True, slots=True)
class Health:
    """The latest figures about the room PC."""

    wall_ns: int
    frames: VisionCounts
    fps: float
    records_appended: int
    records_acked: int
    spool_bytes: int
    faults: tuple[str, ...]


class LinkState(Enum):
    """How the way to central is, as the kiosk shows it."""

    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
