"""A channel over one answer as the paths of a small drawing. A gap stays a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from central.dashboard.pages.channels import named
from central.storage.series import Window

WIDTH = 100.0
HEIGHT = 30.0
FOOT = 36.0
BAR = 3.0
"""Of a window that was measured throughout."""
HEAD = 3.0
_LONGEST_STEP_NS = 2_500_000_000


@dataclass(frozen=True, slots=True)
class Spark:
    """`path` is SVG path data, with a move for each stretch that was measured; `zero` the height of
    the value 0 where it is inside the drawing. `covered` is path data too: how much of each window was
    measured, a bar for each stretch of the same share.
    """

    path: str
    zero: float | None
    covered: str


def spark(channel: str, windows: Sequence[Window]) -> Spark:
    """Draw a channel in a box of 100 x 30; windows in order of time."""
    look = named(channel)
    if not windows:
        return Spark("", None, "")
    start = windows[0].wall_ns
    length = max(1, windows[-1].wall_ns + windows[-1].length_ms * 1_000_000 - start)

    def x(at_ns: int) -> float:
        return round((at_ns - start) / length * WIDTH, 1)

    def y(value: float) -> float:
        share = (min(max(value, look.low), look.high) - look.low) / (look.high - look.low)
        return round(HEAD + (HEIGHT - HEAD) * (1 - share), 1)

    parts: list[str] = []
    bars: list[tuple[float, float, float]] = []
    drawn_ns: int | None = None
    for window in windows:
        value, coverage = window.measures.get(channel, (None, 0.0))
        half = window.length_ms * 500_000
        if coverage > 0:
            ends = x(window.wall_ns + 2 * half)
            _extend(bars, x(window.wall_ns), ends, round(coverage * BAR, 1))
        if value is None:
            drawn_ns = None
            continue
        apart = drawn_ns is None or window.wall_ns - drawn_ns > _LONGEST_STEP_NS
        parts.append(f"{'M' if apart else 'L'}{x(window.wall_ns + half)} {y(value)}")
        if apart:
            parts.append("h0.01")  # a lone point shows as a dot
        drawn_ns = window.wall_ns
    inside = look.low < 0 < look.high
    return Spark(" ".join(parts), y(0.0) if inside else None, _path(bars))


def _extend(
    bars: list[tuple[float, float, float]], begins: float, ends: float, high: float
) -> None:
    """One more window; of the same share right after another one, it is the same bar."""
    if bars and bars[-1][1] == begins and bars[-1][2] == high:
        begins = bars.pop()[0]
    bars.append((begins, ends, high))


def _path(bars: Sequence[tuple[float, float, float]]) -> str:
    return "".join(f"M{begins} {FOOT}v-{high}H{ends}V{FOOT}z" for begins, ends, high in bars)
