"""What the vision process is told at its start."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisionSettings:
    """One source of pictures and how to read them. Paths are strings: they cross a process."""

    camera: str = "0"
    """Number or path of the camera; not used while `replay_file` is set."""
    width: int = 640
    height: int = 480
    fps: float = 30.0
    replay_file: str = ""
    replay_holds_s: tuple[float, ...] = ()
    replay_start_mono_ns: int = 0
    """When the media clock began, as the sound side has it."""
    model: str = ""
    """The face bundle; empty: where `edge-agent models build` puts it."""
    models: str = ""
    """The folder of the other models; empty: the same place."""
    posture: bool = False
    """Look for shoulders. What is off is not loaded and not computed."""
    hands: bool = False
    """Look for hands."""
    people: bool = False
    """Look for other people in the picture."""
    horizontal_fov_deg: float = 60.0
    """Of the camera; head pose and gaze are computed with it."""
    stall_s: float = 1.0
    """Killed and restarted after this long without a reading."""
    start_timeout_s: float = 30.0
    """Killed where the first reading takes longer."""
