"""What rooms say of a calibration, as it goes on and as it ended, made safe to show and to store."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from google.protobuf.message import Message

from central.bus.events import CalibrationPoint, CalibrationProgress
from central.interview import facts
from daedam.v1 import live_pb2, record_pb2

MOST_POINTS: Final = 16
"""Of one attempt; ten are shown."""
NO_SPREAD: Final = 255
NO_LOOK: Final = -1000
FARTHEST: Final = 10.0
"""Screens: what is said to be farther away is cut off here."""
_STAGES: Final = {
    number: name.removeprefix("CALIBRATION_STAGE_").lower()
    for name, number in live_pb2.CalibrationStage.items()
}
_PLACES: Final = {
    number: name.removeprefix("CALIBRATION_PLACE_").lower()
    for name, number in live_pb2.CalibrationPlace.items()
    if number
}


def read_progress(live: live_pb2.Live) -> CalibrationProgress | None:
    """What staff see; None where none is on. Points of a newer room are left out."""
    said = live.calibration
    if not live.HasField("calibration") or not said.stage or said.stage not in _STAGES:
        return None
    return CalibrationProgress(
        stage=_STAGES[said.stage],
        name=_PLACES.get(said.place, ""),
        position=said.position,
        count=said.count,
        attempt=said.attempt,
        seen=not said.unseen,
        left_ms=said.left_ms,
        missed=said.missed,
        points=tuple(_points(said)),
    )


def _points(said: live_pb2.CalibrationProgress) -> Iterator[CalibrationPoint]:
    columns = zip(said.places, said.frames, said.kept, said.spread_ddeg, strict=False)
    looks = said.look_centi
    for index, (place, frames, kept, spread) in enumerate(columns):
        if place not in _PLACES or index >= MOST_POINTS:
            continue
        x_y = looks[2 * index : 2 * index + 2]
        known = len(x_y) == 2 and NO_LOOK not in x_y
        yield CalibrationPoint(
            name=_PLACES[place],
            frames=frames,
            kept=kept,
            spread_deg=None if spread == NO_SPREAD else spread / 10,
            look=(_near(x_y[0] / 100), _near(x_y[1] / 100)) if known else None,
        )


def problem(message: Message) -> str:
    """Why an ended calibration cannot be believed; empty where it can, or is none."""
    if not isinstance(message, record_pb2.Calibration):
        return ""
    if len(message.points) > MOST_POINTS:
        return f"it has {len(message.points)} points"
    names = [one.name for one in message.points]
    if unknown := set(names) - set(_PLACES.values()):
        return f"no point is called {min(unknown)[:40]!r}"
    if len(set(names)) < len(names):
        return "a point is there twice"
    parts: tuple[Message, ...] = (message, *message.points, message.parameters, message.neutral)
    numbers = (getattr(part, field.name) for part in parts for field in part.DESCRIPTOR.fields)
    if any(isinstance(one, float) and not math.isfinite(one) for one in numbers):
        return "a figure is not a number"
    return ""


def read_calibration(m: record_pb2.Calibration) -> facts.Calibration:
    """As it ended."""
    return facts.Calibration(
        outcome=record_pb2.CalibrationOutcome.Name(m.outcome)
        .removeprefix("CALIBRATION_OUTCOME_")
        .lower(),
        error_deg=_known(m, "gaze_error_deg"),
        parameters=_figures(m.parameters) if m.HasField("parameters") else None,
        points=tuple(_point(one) for one in m.points),
        neutral=_figures(m.neutral) if m.HasField("neutral") else None,
        attempts=m.attempts,
        offered_ref=m.offered_by,
    )


def _point(m: record_pb2.PointQuality) -> facts.CalibrationPoint:
    x_ratio, y_ratio = _known(m, "look_x_ratio"), _known(m, "look_y_ratio")
    return facts.CalibrationPoint(
        name=m.name,
        frames=m.frames,
        kept=m.kept,
        spread_deg=_known(m, "spread_deg"),
        error_deg=_known(m, "error_deg"),
        look_x_ratio=None if x_ratio is None else _near(x_ratio),
        look_y_ratio=None if y_ratio is None else _near(y_ratio),
    )


def _figures(m: Message) -> dict[str, float]:
    """Those that are set."""
    return {field.name: round(value, 5) for field, value in m.ListFields()}


def _known(m: Message, name: str) -> float | None:
    return round(getattr(m, name), 4) if m.HasField(name) else None


def _near(ratio: float) -> float:
    return min(max(ratio, -FARTHEST), FARTHEST)
