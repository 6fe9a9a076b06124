"""What was measured over time: score windows for charts, and their summary over one answer.

Summaries are those of the report (`central.interview.report.channels`): a count of events is summed,
a maximum stays one, points are averaged, all else is the median. Where nothing was measured the value
is None, never 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.interview import report
from central.storage.tables import ScoreWindowRow, SpanRow

Measures = dict[str, tuple[float | None, float]]
"""Channel name (lower case) to value and coverage 0 to 1."""


@dataclass(frozen=True, slots=True)
class Window:
    """One second of every channel. `wall_ns` is its start on the wall clock."""

    turn_key: str
    start_mono_ns: int
    wall_ns: int
    length_ms: int
    frames_captured: int
    frames_analysed: int
    measures: Measures
    variant: str = ""


@dataclass(frozen=True, slots=True)
class ChannelSummary:
    """One channel over an answer. `how`: "median", "mean", "sum" or "max"; all None where never
    measured.
    """

    channel: str
    how: str
    value: float | None
    minimum: float | None
    maximum: float | None
    coverage: float


async def recent_windows(
    session: AsyncSession, interview_id: int, count: int = 120
) -> tuple[Window, ...]:
    """The last `count` windows, oldest first."""
    query = (
        select(ScoreWindowRow)
        .where(ScoreWindowRow.interview_id == interview_id)
        .order_by(ScoreWindowRow.wall_ns.desc())
        .limit(count)
    )
    rows = (await session.scalars(query)).all()
    return tuple(_window(row) for row in reversed(rows))


async def windows_by_turn(
    session: AsyncSession, interview_id: int
) -> dict[str, tuple[Window, ...]]:
    """The windows of an interview by `turn_key` ("" outside any turn), in order of time, but for those
    that were disturbed.
    """
    query = (
        select(ScoreWindowRow)
        .where(ScoreWindowRow.interview_id == interview_id, ~_disturbed())
        .order_by(ScoreWindowRow.wall_ns)
    )
    found: dict[str, list[Window]] = defaultdict(list)
    for row in (await session.scalars(query)).all():
        found[row.turn_key].append(_window(row))
    return {key: tuple(windows) for key, windows in found.items()}


def _disturbed() -> ColumnElement[bool]:
    """As `spans.UNSCORED`."""
    end_ns = ScoreWindowRow.start_mono_ns + ScoreWindowRow.length_ms * literal(
        1_000_000, BigInteger
    )
    return exists().where(
        SpanRow.interview_id == ScoreWindowRow.interview_id,
        SpanRow.turn_key == ScoreWindowRow.turn_key,
        SpanRow.kind == "disturbance",
        SpanRow.from_mono_ns < end_ns,
        SpanRow.to_mono_ns > ScoreWindowRow.start_mono_ns,
    )


def summarise(windows: Sequence[Window]) -> tuple[ChannelSummary, ...]:
    """Every channel that any window names, in order of name."""
    found = report.channels([window.measures for window in windows])
    return tuple(_summary(name, entry, windows) for name, entry in found.items())


def _summary(name: str, entry: dict[str, Any], windows: Sequence[Window]) -> ChannelSummary:
    measured = [window.measures.get(name, (None, 0.0)) for window in windows]
    values = [value for value, coverage in measured if value is not None and coverage > 0]
    return ChannelSummary(
        channel=name,
        how=entry["how"],
        value=entry["value"],
        minimum=min(values, default=None),
        maximum=max(values, default=None),
        coverage=entry["coverage"],
    )


def _window(row: ScoreWindowRow) -> Window:
    return Window(
        turn_key=row.turn_key,
        start_mono_ns=row.start_mono_ns,
        wall_ns=row.wall_ns,
        length_ms=row.length_ms,
        frames_captured=row.frames_captured,
        frames_analysed=row.frames_analysed,
        measures={name: (entry[0], float(entry[1])) for name, entry in row.measures.items()},
        variant=row.variant,
    )
