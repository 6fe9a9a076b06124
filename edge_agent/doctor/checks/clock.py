"""The clock: whether the system keeps it, and how far it is from central's."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any, Final

from edge_agent.doctor.apart import Unseen, apart
from edge_agent.doctor.finding import Finding, Visit, fail, ok, warn
from edge_agent.doctor.way import measure, told

TRIPS: Final = 4
FAR_MS: Final = 1_000.0
"""Times of records are shown to people, and commands expire by the wall clock."""
TOO_FAR_MS: Final = 30_000.0
"""Half of what a command is given to arrive; certificates are next."""

TIME_ERROR: Final = 5
STA_UNSYNC: Final = 0x0040


class Timex(ctypes.Structure):
    """struct timex of adjtimex(2), as far as it is read; the kernel fills 208 bytes on 64 bit."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


class ClockCheck:
    name = "clock"
    limit_s = 25.0

    async def run(self, visit: Visit) -> Finding:
        kernel = await apart(look, limit_s=5)
        try:
            way = await apart(measure, told(visit.config.central), TRIPS, 0, limit_s=15)
        except Unseen:
            way = {}
        return judge(kernel, way.get("clock_ahead_ms"), way.get("clock_known_to_ms"))


def look() -> dict[str, Any]:
    """Runs apart: what the kernel says about its clock; "synchronised" is None where it says nothing."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        timex = Timex()
        state = libc.adjtimex(ctypes.byref(timex))
    except (OSError, AttributeError):
        return {"synchronised": None, "daemon": _daemon()}
    if state < 0:
        return {"synchronised": None, "daemon": _daemon(), "errno": os.strerror(ctypes.get_errno())}
    synchronised = state != TIME_ERROR and not timex.status & STA_UNSYNC
    return {
        "synchronised": synchronised,
        "maximum_error_ms": round(timex.maxerror / 1e3, 1),
        "daemon": _daemon(),
    }


def judge(kernel: dict[str, Any], ahead_ms: float | None, known_to_ms: float | None) -> Finding:
    """What follows. `ahead_ms` is None where central could not be asked."""
    figures = {**kernel, "ahead_ms": ahead_ms, "known_to_ms": known_to_ms}
    kept = {True: "kept by the network", False: "NOT synchronised", None: "state unknown"}
    told = kept[kernel["synchronised"]]
    if kernel.get("daemon"):
        told += f" ({kernel['daemon']})"
    if ahead_ms is None or known_to_ms is None:
        told += "; not compared with central's"
    else:
        way = "ahead of" if ahead_ms >= 0 else "behind"
        told += f"; {abs(ahead_ms):,.0f} ms {way} central's, known to {known_to_ms:.0f}"
        beyond_ms = abs(ahead_ms) - known_to_ms
        if beyond_ms > TOO_FAR_MS:
            return fail(told, _KEEP, **figures)
        if beyond_ms > FAR_MS:
            return warn(told, _KEEP, **figures)
    if kernel["synchronised"] is False:
        return warn(told, _KEEP, **figures)
    return ok(told, **figures)


def _daemon() -> str:
    """Who keeps the clock, as far as its run-time files tell."""
    for name, trace in (
        ("chrony", "/run/chrony"),
        ("systemd-timesyncd", "/run/systemd/timesync/synchronized"),
        ("ntpd", "/run/ntpd.pid"),
    ):
        if Path(trace).exists():
            return name
    return ""


_KEEP: Final = (
    "`timedatectl set-ntp true`, and let it reach a time server of your network (`timedatectl "
    "timesync-status`); central needs the same"
)
