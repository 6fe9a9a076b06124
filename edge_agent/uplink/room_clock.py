"""Whether this PC's clock goes with central's, from what both said when the stream was opened.

Central's clock was read somewhere between Hello and Welcome, so half of that time is what the result
may be wrong by. When the clock is set later, its distance from the monotonic clock changes: the fault
goes away without a new stream.
"""

from __future__ import annotations

TOLERATED_NS = 2_000_000_000
"""Beyond it people notice; certificates and the order of what several rooms did depend on it."""


class RoomClock:
    """Pure: every time is an argument, in nanoseconds."""

    def __init__(self) -> None:
        self._off_ns: int | None = None

    def welcomed(self, central_wall_ns: int, *, mono_ns: int, hello_mono_ns: int) -> None:
        """Central said `central_wall_ns` (0: nothing) in the Welcome that came at `mono_ns`; Hello went
        at `hello_mono_ns`.
        """
        if central_wall_ns <= 0:
            self._off_ns = None
            return
        half_way_ns = (mono_ns - hello_mono_ns) // 2
        self._off_ns = central_wall_ns + half_way_ns - mono_ns

    def skew_ns(self, wall_ns: int, mono_ns: int) -> int | None:
        """How far this clock is ahead of central's now; None where central never said."""
        return None if self._off_ns is None else wall_ns - mono_ns - self._off_ns

    def fault(self, wall_ns: int, mono_ns: int) -> str | None:
        """A line for the fleet view while the clock is off by more than 2 s."""
        skew_ns = self.skew_ns(wall_ns, mono_ns)
        if skew_ns is None or abs(skew_ns) <= TOLERATED_NS:
            return None
        side = "ahead of" if skew_ns > 0 else "behind"
        return f"clock: {abs(skew_ns) / 1e9:.1f} s {side} central; switch time synchronisation on"
