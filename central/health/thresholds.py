"""From where on a figure is a problem: `[health]` in central's settings."""

from __future__ import annotations

import msgspec


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Defaults are for 30 frames a second and a heartbeat every 5 s."""

    away_after_s: float = 30.0
    """A room that said nothing for so long is away."""
    slow_fps_ratio: float = 0.8
    """Less than this share of the wanted frames a second is slow."""
    poor_fps_ratio: float = 0.5
    """Less than this share is too few to measure with."""
    frozen_after_s: float = 5.0
    silent_after_s: float = 60.0
    unsent_after_s: float = 30.0
    """Records that wait for so long while the room is connected are piling up."""
    unsent_bad_after_s: float = 300.0
    spool_full_ratio: float = 0.5
    spool_bad_ratio: float = 0.8
    certificate_soon_h: float = 48.0
    certificate_bad_h: float = 12.0
    disk_low_bytes: int = 5_000_000_000
    disk_bad_bytes: int = 1_000_000_000
    restarts_per_hour: float = 3.0
    skew_after_s: float = 10.0
    skew_bad_after_s: float = 60.0
    hot_celsius: float = 85.0
    memory_full_ratio: float = 0.95
    raise_after_s: float = 10.0
    """A problem is an alarm when it has lasted so long."""
    clear_after_s: float = 30.0
    """An alarm is over when its problem has been away so long."""
