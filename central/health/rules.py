"""Figures in, problems out. One small function a rule; the table at the end is all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from central.health.facts import AgentFacts, Problem, RoomState, Severity
from central.health.faults import LOCKED, fault_of
from central.health.thresholds import Thresholds

DEVICES: Final = frozenset({"camera", "microphone", "speaker", "vision", "disk"})
LARGEST: Final = 2.0**65
NS_PER_H: Final = 3_600_000_000_000
IDLE: Final = frozenset({None, "idle", "finished"})
AMBER, RED = Severity.AMBER, Severity.RED

Rule = Callable[[AgentFacts, Thresholds], Problem | None]


def problems(
    agent: AgentFacts | None, newest_version: str, now: datetime, limits: Thresholds
) -> tuple[Problem, ...]:
    """What is wrong with a room, the worst first; nothing for one that was never seen. Of a room that
    is away only what is true without it: the figures it told last are old.
    """
    if agent is None or agent.last_seen is None:
        return ()
    found = [_certificate_ending(agent, now, limits)]
    away_s = (now - agent.last_seen).total_seconds()
    if not agent.connected or away_s > limits.away_after_s:
        if away_s > limits.away_after_s:
            found.append(Problem("agent_away", RED, {"seconds": round(away_s)}))
    else:
        found.append(_version_behind(agent, newest_version))
        found += [rule(agent, limits) for rule in _RULES]
    return tuple(sorted((one for one in found if one is not None), key=_worst_first))


def state_of(agent: AgentFacts | None, found: Iterable[Problem]) -> RoomState:
    """The room in one word."""
    if agent is None or agent.last_seen is None:
        return RoomState.GREY
    worst = max((one.severity for one in found), default=None)
    if worst is None:
        return RoomState.GREEN if agent.connected else RoomState.AMBER
    return RoomState.RED if worst is RED else RoomState.AMBER


def newest(versions: Iterable[str]) -> str:
    """The highest of the fleet's versions, compared number by number; "" where there is none."""
    return max((one for one in versions if one), key=_rank, default="")


def figure(health: Mapping[str, Any], name: str) -> float | None:
    """A number of a heartbeat; None where it is absent, no number, or larger than a room can count."""
    value = health.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return value if abs(value) < LARGEST else None


def _rank(version: str) -> tuple[tuple[int, ...], str]:
    """`0.10.0` is newer than `0.9.1`; what is no number counts as 0, a build suffix breaks ties."""
    number, _, suffix = version.partition("+")
    parts = [int(part) if part.isascii() and part.isdecimal() else 0 for part in number.split(".")]
    return tuple(parts), suffix


def _worst_first(problem: Problem) -> tuple[int, int]:
    return -problem.severity, KINDS.index(problem.kind)


def _figure(agent: AgentFacts, name: str) -> float | None:
    return figure(agent.health, name)


def _above(
    kind: str, value: float | None, soon: float, bad: float, figures: dict[str, float | int | str]
) -> Problem | None:
    """A problem where `value` is more than `soon`, red where it is more than `bad`."""
    if value is None or value <= soon:
        return None
    return Problem(kind, RED if value > bad else AMBER, figures)


def _certificate_ending(agent: AgentFacts, now: datetime, limits: Thresholds) -> Problem | None:
    ends_ns = _figure(agent, "certificate_ends_wall_ns")
    if ends_ns is None:
        return None
    left_h = ends_ns / NS_PER_H - now.timestamp() / 3600
    if left_h >= limits.certificate_soon_h:
        return None
    severity = RED if left_h < limits.certificate_bad_h else AMBER
    return Problem("certificate_ending", severity, {"hours": max(0, round(left_h, 1))})


def _version_behind(agent: AgentFacts, newest_version: str) -> Problem | None:
    if not newest_version or not agent.version or agent.version == newest_version:
        return None
    return Problem("version_behind", AMBER, {"version": agent.version, "newest": newest_version})


def _device_lost(agent: AgentFacts, _limits: Thresholds) -> Problem | None:
    lost = [one for one in _faults(agent) if one.partition(":")[0] in DEVICES]
    return Problem("device_lost", RED, {"faults": " · ".join(lost)}) if lost else None


def _room_fault(agent: AgentFacts, _limits: Thresholds) -> Problem | None:
    """What a room says that is no device of ours, in its own words."""
    said = [one for one in _faults(agent) if one.partition(":")[0] not in DEVICES]
    return Problem("room_fault", AMBER, {"faults": " · ".join(said)}) if said else None


def _faults(agent: AgentFacts) -> list[str]:
    """What IT can mend."""
    faults: Sequence[Any] = agent.health.get("faults") or ()
    return [str(one) for one in faults if fault_of(str(one)).code != LOCKED]


def _camera_frozen(agent: AgentFacts, limits: Thresholds) -> Problem | None:
    frozen_ms = _figure(agent, "frozen_ms")
    if frozen_ms is None or frozen_ms <= limits.frozen_after_s * 1000:
        return None
    return Problem("camera_frozen", RED, {"seconds": round(frozen_ms / 1000)})


def _microphone_silent(agent: AgentFacts, limits: Thresholds) -> Problem | None:
    """Red while somebody sits there."""
    silent_ms = _figure(agent, "silent_ms")
    if silent_ms is None or silent_ms <= limits.silent_after_s * 1000:
        return None
    severity = AMBER if agent.health.get("phase") in IDLE else RED
    return Problem("microphone_silent", severity, {"seconds": round(silent_ms / 1000)})


def _fps_low(agent: AgentFacts, limits: Thresholds) -> Problem | None:
    fps, wanted = _figure(agent, "fps"), _figure(agent, "wanted_fps")
    if fps is None or not wanted or fps >= wanted * limits.slow_fps_ratio:
        return None
    severity = RED if fps < wanted * limits.poor_fps_ratio else AMBER
    return Problem("fps_low", severity, {"fps": round(fps, 1), "wanted": round(wanted)})


def _spool_growing(agent: AgentFacts, limits: Thresholds) -> Problem | None:
    oldest_ms = _figure(agent, "oldest_unsent_ms")
    told, acked = _figure(agent, "records_appended"), _figure(agent, "records_acked")
    waiting = max(0, round((told or 0) - (acked or 0)))
    figures: dict[str, float | int | str] = {
        "seconds": round((oldest_ms or 0) / 1000),
        "records": waiting,
    }
    oldest_s = None if oldest_ms is None else oldest_ms / 1000
    soon, bad = limits.unsent_after_s, limits.unsent_bad_after_s
    return _above("spool_growing", oldest_s, soon, bad, figures)


def _spool_filling(agent: AgentFacts, limits: Thresholds) -> Problem | None:
    used, limit = _figure(agent, "spool_bytes"), _figure(agent, "spool_limit_bytes")
    share = used / limit if used is not None and limit else None
    percent = round((share or 0) * 100)
    soon, bad = limits.spool_full_ratio, limits.spool_bad_ratio
    return _above("spool_filling", share, soon, bad, {"percent": percent})


def _disk_low(agent: AgentFacts, limits: Thresholds) -> Problem | None:
    free = _figure(agent, "disk_free_bytes")
    if free is None or free >= limits.disk_low_bytes:
        return None
    severity = RED if free < limits.disk_bad_bytes else AMBER
    return Problem("disk_low", severity, {"gigabytes": round(free / 1e9, 1)})


def _vision_restarting(agent: AgentFacts, limits: Thresholds) -> Problem | None:
    """By the hour: what happened once, weeks ago, is no problem now."""
    restarts, uptime_ms = _figure(agent, "vision_restarts"), _figure(agent, "uptime_ms")
    if not restarts or uptime_ms is None:
        return None
    if restarts / max(1.0, uptime_ms / 3_600_000) < limits.restarts_per_hour:
        return None
    return Problem("vision_restarting", AMBER, {"times": round(restarts)})


def _clock_off(agent: AgentFacts, limits: Thresholds) -> Problem | None:
    skew_ms = _figure(agent, "clock_skew_ms")
    seconds = None if skew_ms is None else skew_ms / 1000
    size, figures = None if seconds is None else abs(seconds), {"seconds": round(seconds or 0, 1)}
    soon, bad = limits.skew_after_s, limits.skew_bad_after_s
    return _above("clock_off", size, soon, bad, {**figures})


def _machine_hot(agent: AgentFacts, limits: Thresholds) -> Problem | None:
    celsius = _figure(agent, "temperature_celsius")
    figures: dict[str, float | int | str] = {"celsius": round(celsius or 0)}
    return _above("machine_hot", celsius, limits.hot_celsius, float("inf"), figures)


def _memory_full(agent: AgentFacts, limits: Thresholds) -> Problem | None:
    share = _figure(agent, "memory_ratio")
    figures: dict[str, float | int | str] = {"percent": round((share or 0) * 100)}
    return _above("memory_full", share, limits.memory_full_ratio, float("inf"), figures)


def _vision_fallback(agent: AgentFacts, _limits: Thresholds) -> Problem | None:
    why = agent.health.get("vision_fallback")
    if not isinstance(why, str) or not why:
        return None
    return Problem("vision_fallback", AMBER, {"reason": why})


_RULES: Final[tuple[Rule, ...]] = (
    _device_lost,
    _room_fault,
    _camera_frozen,
    _microphone_silent,
    _fps_low,
    _spool_filling,
    _spool_growing,
    _disk_low,
    _clock_off,
    _vision_restarting,
    _vision_fallback,
    _machine_hot,
    _memory_full,
)
KINDS: Final = (
    "agent_away",
    "device_lost",
    "camera_frozen",
    "microphone_silent",
    "certificate_ending",
    "spool_filling",
    "spool_growing",
    "disk_low",
    "fps_low",
    "clock_off",
    "room_fault",
    "vision_restarting",
    "vision_fallback",
    "machine_hot",
    "memory_full",
    "version_behind",
)
"""Every kind that the rules tell of; other alarms are somebody else's."""

ALARMS: Final = tuple(kind for kind in KINDS if kind != "clock_off")
"""Those that become alarms. The gateway raises one for clocks itself: it knows both sides'."""
