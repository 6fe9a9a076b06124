"""Rooms as machines: alarms, settings, and their history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from central.dashboard.samples.interview import AT, NOBODY, ROOM
from central.health.facts import Problem, Severity
from central.health.settable import SETTABLE, Choice, Number, Value
from central.storage.fleet_settings import ChangeView, SettingView
from central.storage.fleet_views import AlarmView


def alarms() -> tuple[AlarmView, ...]:
    """One that nobody has seen and one that somebody has to close, of central itself."""
    lost = Problem("device_lost", Severity.RED, {"faults": "camera: camera 0: cannot be opened"})
    refused = Problem("record_quarantined", Severity.AMBER, {})
    return _alarm(lost, seen=False), _alarm(refused, seen=True)


def settings() -> tuple[SettingView, ...]:
    """Each kind of value, set for the room, for every room, or by the room's own file."""
    values: dict[str, Value] = {"camera.fps": 30, "microphone.codec": "flac"}
    origins = ("room", "fleet", "none")
    kinds = {type(kind): key for key, kind in reversed(SETTABLE.items())}
    keys = (kinds[Number], kinds[Choice], "camera.device")
    return tuple(
        SettingView(key, values.get(key), origin, None, "IT" if origin != "none" else None, AT)
        for key, origin in zip(keys, origins, strict=True)
    )


def changes() -> tuple[ChangeView, ...]:
    """One value set for a room, one taken back for every room."""
    return (
        ChangeView(2, ROOM.code, "camera.fps", 30, "IT", AT),
        ChangeView(1, None, "log.level", None, None, AT - timedelta(days=1)),
    )


def _alarm(problem: Problem, *, seen: bool) -> AlarmView:
    raised = datetime.now(UTC) - timedelta(minutes=12)
    return AlarmView(
        id=NOBODY, room_code=None if seen else ROOM.code, room_name=None if seen else ROOM.name,
        problem=problem, times=1, day_times=3, raised_at=raised, last_at=raised, cleared_at=None,
        seen_by="IT" if seen else None, seen_at=raised if seen else None, by_rules=not seen,
    )  # fmt: skip
