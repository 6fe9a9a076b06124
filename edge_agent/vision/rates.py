"""Which looks are due: pure, time is an argument.

Each kind has a grid of its own, and the grids start apart, so that two slow looks seldom fall on one
frame. What could not be done in time is skipped: no kind ever catches up, and none starves another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_NS = 1_000_000_000
_EARLY = 4
"""A frame that comes up to a quarter of a period early will do: frames have a grid of their own, and
waiting for the next would cost a camera of few frames every second look."""


@dataclass(slots=True)
class _Grid:
    period_ns: int
    due_ns: int


class Rates:
    """Kinds of looks with their rates in Hz."""

    def __init__(self, rates_hz: Mapping[str, float]) -> None:
        self._periods_ns = {kind: round(_NS / hz) for kind, hz in rates_hz.items()}
        self._grids: dict[str, _Grid] = {}

    def due(self, now_ns: int) -> tuple[str, ...]:
        """The kinds to look at in the frame of `now_ns`, which increases; the most overdue first."""
        if not self._grids:
            self._start(now_ns)
        late = sorted(
            (-self._lateness(grid, now_ns), kind)
            for kind, grid in self._grids.items()
            if now_ns >= grid.due_ns - grid.period_ns // _EARLY
        )
        kinds = tuple(kind for _, kind in late)
        for kind in kinds:
            self._step(self._grids[kind], now_ns)
        return kinds

    def _start(self, now_ns: int) -> None:
        for place, (kind, period_ns) in enumerate(self._periods_ns.items()):
            apart_ns = period_ns * place // len(self._periods_ns)
            self._grids[kind] = _Grid(period_ns, now_ns + apart_ns)

    @staticmethod
    def _lateness(grid: _Grid, now_ns: int) -> float:
        return (now_ns - grid.due_ns) / grid.period_ns

    @staticmethod
    def _step(grid: _Grid, now_ns: int) -> None:
        """The next point of the grid; where that has passed too, the grid starts anew from now."""
        on_time = now_ns - grid.due_ns < grid.period_ns - grid.period_ns // _EARLY
        grid.due_ns = (grid.due_ns if on_time else now_ns) + grid.period_ns
