"""The room PC itself: its devices, its health, what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from edge_agent.flow.interview import Phase
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
    vision_profile: str = ""
    vision_fallback: str = ""
    """Why that is not the profile that was wanted."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the PC and its devices are; fields equal those of `daedam.v1.Vitals`. None: not measured."""

    certificate_ends_wall_ns: int | None = None
    disk_free_bytes: int | None = None
    spool_limit_bytes: int | None = None
    oldest_unsent_ms: int | None = None
    level_dbfs: float | None = None
    silent_ms: int | None = None
    frozen_ms: int | None = None
    wanted_fps: int | None = None
    vision_provider: str = ""
    uptime_ms: int | None = None
    phase: Phase | None = None
    cpu_ratio: float | None = None
    memory_ratio: float | None = None
    temperature_celsius: float | None = None
    settings_version: int | None = None
    sound_lost_ms: int | None = None
    sound_losses: int | None = None
    sentence_wall_ns: int | None = None
    sentence_heard: bool | None = None
    sentence_snr_db: float | None = None
    sentence_latency_ms: int | None = None
    sentence_error_ratio: float | None = None
    vision_profile: str = ""
    vision_fallback: str = ""


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
    vitals: Vitals = Vitals()


class LinkState(Enum):
    """How the way to central is, as the kiosk shows it."""

    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
