"""Which looks are due: pure, time is an argument.

Each kind has a grid of its own, and the grids start apart, so that two slow looks seldom fall on one
frame. What could not be done in time is skipped: no kind ever catches up, and none starves another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_NS = 1_000_000_000


@dataclass(slots=True)
class _Grid:
    period_ns: int
    due_ns: int


class Rates:
    """Kinds of looks with their rates in Hz."""

    def __init__(self, rates_hz: Mapping[str, float]) -> None:
        self._periods_ns = {kind: round(_NS / hz) for kind, hz in rates_hz.items()}
        self._grids: dict[str, _Grid] = {}
        self._last_ns: int | None = None

    def due(self, now_ns: int) -> tuple[str, ...]:
        """The kinds to look at in the frame of `now_ns`, which increases; the most overdue first."""
        if self._last_ns is None:
            self._start(now_ns)
        frame_ns = now_ns - (now_ns if self._last_ns is None else self._last_ns)
        self._last_ns = now_ns
        late = sorted(
            ((grid.due_ns - now_ns) / grid.period_ns, kind)
            for kind, grid in self._grids.items()
            if now_ns >= grid.due_ns - _early_ns(grid, frame_ns)
        )
        for _, kind in late:
            _step(self._grids[kind], now_ns)
        return tuple(kind for _, kind in late)

    def _start(self, now_ns: int) -> None:
        count, fastest_ns = len(self._periods_ns), min(self._periods_ns.values(), default=0)
        for place, (kind, period_ns) in enumerate(self._periods_ns.items()):
            self._grids[kind] = _Grid(period_ns, now_ns + fastest_ns * place // count)


def _early_ns(grid: _Grid, frame_ns: int) -> int:
    """The frame that is nearest to the grid's point will do: frames have a grid of their own, and
    waiting for the next would cost a camera of few frames every second look.
    """
    return min(frame_ns // 2, grid.period_ns // 4)


def _step(grid: _Grid, now_ns: int) -> None:
    """To the next point; where the look came too late for that, the grid starts anew from now."""
    on_time = now_ns - grid.due_ns < grid.period_ns // 2
    grid.due_ns = (grid.due_ns if on_time else now_ns) + grid.period_ns
