"""Frames of one attempt, point by point, and what they say in the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from statistics import median

from edge_agent.flow import FrameReading, GazeParameters, PointQuality
from edge_agent.gaze.course import (
    CHECKS,
    HEAD,
    HEAD_PIECE_MS,
    LEAST_CHECKS,
    LEAST_FRAMES,
    LEAST_POINTS,
    MS,
    POINTS,
    Kind,
    Step,
)
from edge_agent.gaze.fit import Refused, error_deg, fit
from edge_agent.gaze.gather import Observation, gather
from edge_agent.gaze.look import UNCORRECTED, fell
from edge_agent.gaze.screen import Screen

MOST_FRAMES = 1_000
"""Of one point: 8 seconds at 120 a second. More are not kept."""
FRAMES_FOR_A_PLACE = 20
"""Evenly over a point: the median of as many says where it was looked at."""


@dataclass(slots=True)
class _Seen:
    frames: list[FrameReading] = field(default_factory=list)
    observation: Observation | None = None
    kept: int = 0
    quality: PointQuality | None = None
    """Of a point that is over, before any fit."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`error_deg` is the median over the held-out points; None where too few were seen."""

    parameters: GazeParameters | None
    error_deg: float | None
    points: tuple[PointQuality, ...]
    refused: str = ""


class Attempt:
    """One pass through the points."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._seen: dict[Step, _Seen] = {}

    def clear(self, step: Step) -> None:
        """This point is shown once more."""
        self._seen[step] = _Seen()

    def add(self, step: Step, reading: FrameReading) -> None:
        """A frame on this point, after it settled."""
        frames = self._seen.setdefault(step, _Seen()).frames
        if len(frames) < MOST_FRAMES:
            frames.append(reading)

    def settle(self, step: Step) -> None:
        """This point is over."""
        if (seen := self._seen.get(step)) is not None:
            seen.quality = self._placed(self._of(step, seen, None), seen, UNCORRECTED)

    def so_far(self) -> tuple[PointQuality, ...]:
        """Every point of this attempt as it stands: quick, for ten looks a second."""
        return tuple(
            seen.quality or PointQuality(step.name, len(seen.frames), seen.kept, None, None)
            for step, seen in self._seen.items()
        )

    def enough(self, step: Step) -> bool:
        """Whether the point was seen well enough, by what came until now."""
        seen = self._seen.get(step)
        if seen is None or len(seen.frames) < LEAST_FRAMES:
            return False
        target_cm = self._screen.place_cm(step.x_ratio, step.y_ratio)
        seen.observation, seen.kept = gather(step.name, seen.frames, target_cm)
        return seen.kept >= LEAST_FRAMES

    def verdict(self) -> Verdict:
        """The fit over points and head movement, tried on the held-out ones."""
        points = list(self._observed(POINTS))
        found: GazeParameters | Refused = Refused(f"only {len(points)} of 5 points were seen")
        if len(points) >= LEAST_POINTS:
            found = fit([*points, *self._head()])
        if isinstance(found, Refused):
            return Verdict(None, None, self._quality(None), found.reason)
        errors = [error_deg(one, found) for one in self._observed(CHECKS)]
        error = median(errors) if len(errors) >= LEAST_CHECKS else None
        return Verdict(found, error, self._quality(found), "" if errors else "nothing to prove it")

    def _observed(self, steps: tuple[Step, ...]) -> Iterator[Observation]:
        for step in steps:
            seen = self._seen.get(step)
            if seen is not None and self.enough(step) and seen.observation is not None:
                yield seen.observation

    def _head(self) -> Iterator[Observation]:
        """Pieces in which the head hardly turned; two frames at least make one."""
        target_cm = self._screen.place_cm(HEAD.x_ratio, HEAD.y_ratio)
        for piece in self._pieces():
            found, kept = gather(HEAD.name, piece, target_cm)
            if found is not None and kept >= 2:
                yield found

    def _pieces(self) -> Iterator[list[FrameReading]]:
        pieces: dict[int, list[FrameReading]] = {}
        for one in self._seen.get(HEAD, _Seen()).frames:
            pieces.setdefault(one.mono_ns // (HEAD_PIECE_MS * MS), []).append(one)
        yield from pieces.values()

    def _quality(self, parameters: GazeParameters | None) -> tuple[PointQuality, ...]:
        found = ((self._of(step, seen, parameters), seen) for step, seen in self._seen.items())
        if parameters is None:
            return tuple(one for one, _ in found)
        return tuple(self._placed(one, seen, parameters) for one, seen in found)

    def _of(self, step: Step, seen: _Seen, parameters: GazeParameters | None) -> PointQuality:
        if step.kind is Kind.HEAD:
            return self._head_quality(seen, parameters)
        return _quality(step.name, seen, parameters)

    def _placed(self, one: PointQuality, seen: _Seen, parameters: GazeParameters) -> PointQuality:
        some = seen.frames[:: max(1, len(seen.frames) // FRAMES_FOR_A_PLACE)]
        met = fell(some, parameters, self._screen)
        return one if met is None else replace(one, look_x_ratio=met[0], look_y_ratio=met[1])

    def _head_quality(self, seen: _Seen, parameters: GazeParameters | None) -> PointQuality:
        pieces = list(self._head())
        if not pieces:
            return PointQuality(HEAD.name, len(seen.frames), 0, None, None)
        kept = sum(one.weight for one in pieces)
        spread = median(one.spread_deg for one in pieces)
        error = median(error_deg(one, parameters) for one in pieces) if parameters else None
        return PointQuality(HEAD.name, len(seen.frames), kept, spread, error)


def _quality(name: str, seen: _Seen, parameters: GazeParameters | None) -> PointQuality:
    found = PointQuality(name, len(seen.frames), seen.kept, None, None)
    if seen.observation is None:
        return found
    found = replace(found, spread_deg=seen.observation.spread_deg)
    return (
        replace(found, error_deg=error_deg(seen.observation, parameters)) if parameters else found
    )
