"""Every error that a room can report, as one tree. Messages say what to do.

EdgeError
├── ConfigError          a setting is wrong (names the key)
├── DeviceError          a device is missing or refuses (names those present)
│   ├── CameraError
│   ├── MicrophoneError
│   └── ReplayError      a file cannot be replayed
├── ModelError           a model file is missing or has another hash
├── IdentityError        the certificate or its key is unusable
├── SpoolFull            there is no room left for records
└── SpoolBroken          the disk does not keep records
"""

from __future__ import annotations


class EdgeError(Exception):
    """Something a person has to know about; `str(error)` is one line that says what to do."""


class ConfigError(EdgeError):
    """A setting is wrong."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key
        self.problem = problem


class DeviceError(EdgeError):
    """A device is missing or refuses."""

    def __init__(self, device: str, problem: str, present: tuple[str, ...] = ()) -> None:
        there = f" Found here: {', '.join(present)}." if present else ""
        super().__init__(f"{device}: {problem}{there}")
        self.device = device
        self.problem = problem
        self.present = present


class CameraError(DeviceError):
    """No usable camera."""


class MicrophoneError(DeviceError):
    """No usable microphone."""


class ReplayError(DeviceError):
    """A file cannot be replayed (no picture, no sound, damaged)."""


class ModelError(EdgeError):
    """A model file is missing or is not the one expected."""

    def __init__(self, model: str, problem: str) -> None:
        super().__init__(f"model {model}: {problem}")
        self.model = model
        self.problem = problem


class IdentityError(EdgeError):
    """The room's certificate or key is unusable."""


class SpoolFull(EdgeError):
    """No room left for records: the room stops rather than lose any."""

    def __init__(self, used_bytes: int, limit_bytes: int) -> None:
        super().__init__(
            f"the spool is full ({used_bytes} of {limit_bytes} bytes wait for central); "
            "restore the connection to central or raise spool.limit_bytes"
        )
        self.used_bytes = used_bytes
        self.limit_bytes = limit_bytes


class SpoolBroken(EdgeError):
    """The disk does not keep records: the room stops, and what is on disk is sent at the next start."""

    def __init__(self, folder: str, problem: str) -> None:
        super().__init__(
            f"records cannot be kept in {folder}: {problem}; check the disk, and the records with "
            f"`edge-agent spool fsck --folder {folder}`"
        )
        self.folder = folder
        self.problem = problem
