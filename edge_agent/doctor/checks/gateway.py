"""The way to central: a real call over the room's own certificate, its time and its rate."""

from __future__ import annotations

from typing import Any, Final

from edge_agent.doctor.apart import Unseen, apart
from edge_agent.doctor.finding import Finding, Visit, fail, ok, skipped, warn
from edge_agent.doctor.way import LOADS_BYTES, measure, told
from edge_agent.errors import IdentityError
from edge_agent.uplink.identity import load_identity

TRIPS: Final = 20
QUICK_TRIPS: Final = 5
BESIDE_BYTES: Final = 65_536
"""Largest load while the room's agent runs: its interview goes first."""

OPUS_KB_S: Final = 8.0
LOSSLESS_KB_S: Final = 20.0
"""What a room sends in an interview, with sound in Opus and without loss."""
SLOW_MS: Final = 150.0


class GatewayCheck:
    name = "gateway"
    limit_s = 60.0

    async def run(self, visit: Visit) -> Finding:
        trips = QUICK_TRIPS if visit.quick else TRIPS
        largest = 0 if visit.quick else BESIDE_BYTES if visit.agents else LOADS_BYTES[-1]
        central = visit.config.central
        try:
            load_identity(central)
        except IdentityError:
            return skipped("without a usable certificate central lets nobody in: see that line")
        try:
            seen = await apart(measure, told(central), trips, largest, limit_s=self.limit_s - 5)
        except Unseen as problem:
            return unreached(str(problem), central.address)
        return judge(seen, central.address)


def unreached(problem: str, address: str) -> Finding:
    """A gateway that answers and cannot be measured is no obstacle to an interview."""
    if problem.startswith("central answers"):
        return warn(problem, "the room works; only this measurement is missing")
    if "revoked" in problem or "locked" in problem:
        todo = (
            "this PC was shut out: an admin of central decides, and makes a token to enrol it anew"
        )
        return fail(problem, todo)
    todo = (
        f"the line names what to look at; from here to {address} TCP must be open, without a proxy in "
        "between that reads TLS"
    )
    return fail(problem, todo)


def judge(seen: dict[str, Any], address: str) -> Finding:
    """What follows from the figures of `measure`."""
    up, down = seen["up_kb_s"], seen["down_kb_s"]
    line = (
        f"{address}: connected in {seen['connect_ms']:.0f} ms, round trip {seen['round_trip_ms']:.1f} "
        f"ms, p95 {seen['round_trip_p95_ms']:.1f}"
    )
    if up is not None and down is not None:
        line += f"; {_rate(up)} kB/s up, {_rate(down)} down (an interview sends up to {LOSSLESS_KB_S:g})"
        if up < OPUS_KB_S:
            todo = "a room needs 8 kB/s even with sound in Opus: what else uses this line?"
            return fail(line, todo, **seen)
        if up < 2 * LOSSLESS_KB_S:
            todo = "it is enough for one room and leaves little: sound may arrive late"
            return warn(line, todo, **seen)
    if seen["round_trip_p95_ms"] > SLOW_MS:
        todo = "captions will lag; nothing is lost. Is this room on wireless? Use a cable"
        return warn(line, todo, **seen)
    return ok(line, **seen)


def _rate(kb_s: float) -> str:
    """Beyond what a 100 Mbit/s line carries, one load of 256 KiB tells nothing more."""
    return "over 12,500" if kb_s > 12_500 else f"{kb_s:,.0f}"
