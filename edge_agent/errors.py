"""Every error that a room can report, as one tree. Messages say what to do.

EdgeError
├── ConfigError          a setting is wrong (names the key)
├── DeviceError          a device is missing or refuses (names those present)
│   ├── CameraError
│   ├── MicrophoneError
│   └── ReplayError      a file cannot be replayed
├── ModelError           a model file is missing or has another hash
├── IdentityError        the certificate or its key is unusable
│   └── EnrolmentRefused central gives no certificate (says why)
├── CentralAway          central does not answer; another try may do
├── InstallError         the agent cannot become a service of this PC
├── PreviewRefused       the camera's picture cannot be shown
├── SpoolFull            there is no room left for records
├── SpoolBusy            another agent uses the folder
├── ReserveRefused       the disk has no room for a whole interview
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


class EnrolmentRefused(IdentityError):
    """Central gives this PC no certificate. `later`: once what the sentence names is put right, the same
    question may be asked again; else a new token is needed.
    """

    def __init__(self, why: str, *, later: bool = False) -> None:
        super().__init__(why)
        self.later = later


class CentralAway(EdgeError):
    """Central does not answer, or cannot answer now."""


class InstallError(EdgeError):
    """The agent cannot be made a service of this PC, or be taken off it."""


class PreviewRefused(EdgeError):
    """The camera's picture cannot be shown."""


class SpoolFull(EdgeError):
    """No room left for records: the room stops rather than lose any."""

    def __init__(self, used_bytes: int, limit_bytes: int) -> None:
        super().__init__(
            f"the spool is full ({used_bytes} of {limit_bytes} bytes wait for central); "
            "restore the connection to central or raise spool.limit_bytes"
        )
        self.used_bytes = used_bytes
        self.limit_bytes = limit_bytes


class SpoolBusy(EdgeError):
    """Two agents on one folder would overwrite each other's records."""

    def __init__(self, folder: str, holder: str) -> None:
        super().__init__(
            f"the spool {folder} is in use by {holder}; stop that agent, or give this one a "
            "spool.folder of its own"
        )
        self.folder = folder
        self.holder = holder


class ReserveRefused(EdgeError):
    """There is no room for all that an interview may record: it must not begin."""

    def __init__(self, needed_bytes: int, free_bytes: int, remedy: str) -> None:
        super().__init__(
            f"The interview may need {needed_bytes / 1e6:.0f} MB for its records, and there are "
            f"{max(free_bytes, 0) / 1e6:.0f} MB; {remedy}."
        )
        self.needed_bytes = needed_bytes
        self.free_bytes = free_bytes
        self.remedy = remedy


class SpoolBroken(EdgeError):
    """The disk does not keep records: the room stops, and what is on disk is sent at the next start."""

    def __init__(self, folder: str, problem: str) -> None:
        super().__init__(
            f"records cannot be kept in {folder}: {problem}; check the disk, and the records with "
            f"`edge-agent spool fsck --folder {folder}`"
        )
        self.folder = folder
        self.problem = problem
