"""What is published on `live.room.<room>.<topic>`: JSON with a `type`, for dashboards and rooms.

Everything in here may be lost and found again in PostgreSQL; nothing waits for it. Ids are opaque
strings, as on every wire. `turn_id` is the turn's row id, but for Readings and CaptionChanged: they
come before any commit, and carry the room's own key of the turn (`turns.turn_key`).
"""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec


class CalibrationPoint(msgspec.Struct, frozen=True):
    """One point so far. `look` is where on the screen the looks fell before any correction."""

    name: str
    frames: int
    kept: int
    spread_deg: float | None = None
    look: tuple[float, float] | None = None


class CalibrationProgress(msgspec.Struct, frozen=True):
    """A calibration that waits, is offered or goes on. `stage`: waiting, offered, read, point, head,
    check or done; `name` is the point that is shown, step `position` of `count`; `left_ms` until it
    ends by itself or is taken for missed.
    """

    stage: str
    name: str = ""
    position: int = 0
    count: int = 0
    attempt: int = 0
    seen: bool = True
    left_ms: int = 0
    missed: int = 0
    points: tuple[CalibrationPoint, ...] = ()


class Readings(msgspec.Struct, frozen=True, tag="readings"):
    """The room right now, up to 10 a second. Published by the gateway as the room's Live arrives."""

    room: str
    interview_id: str
    wall_ns: int
    phase: str
    turn_id: str
    question_id: str
    position: int
    question_count: int
    phase_elapsed_ms: int
    speaking: bool
    measures: dict[str, tuple[float | None, float]]
    """Channel name (lower case) to value and coverage."""
    calibration: CalibrationProgress | None = None


class RoomChanged(msgspec.Struct, frozen=True, tag="room"):
    """A room's stream came or went, or its health changed. Published by the gateway."""

    room: str
    connected: bool
    faults: tuple[str, ...] = ()


class CaptionChanged(msgspec.Struct, frozen=True, tag="caption"):
    """A guess at the words being spoken. Published by the gateway."""

    room: str
    interview_id: str
    turn_id: str
    stable: str
    tail: str
    engine: str
    wall_ns: int


class TranscriptAdded(msgspec.Struct, frozen=True, tag="transcript"):
    """An utterance's final text. Published by the speech worker after its commit."""

    room: str
    interview_id: str
    turn_id: str
    transcript_id: str
    utterance_id: str
    speaker: str
    text: str
    engine: str
    accepted: bool
    wall_ns: int
    began_wall_ns: int = 0
    """When the candidate began to say it; `wall_ns` is when they had said it."""
    said_by: str = ""
    """"room", "candidate" or "interviewer"; empty: unknown. A room's own voice is not accepted and has
    its text all the same."""
    said_by_why: str = ""
    """"played", "channel", "voice" or "nothing"; empty: not asked."""


class TurnChanged(msgspec.Struct, frozen=True, tag="turn"):
    """A step of the interview. `step`: asked, spoken, opened, begun, paused, resumed, disturbed,
    ended, confirmed (`text`: right or misheard). Published by the gateway after its commit.
    """

    room: str
    interview_id: str
    turn_id: str
    question_id: str
    position: int
    step: str
    text: str
    wall_ns: int


class InterviewChanged(msgspec.Struct, frozen=True, tag="interview"):
    """An interview's status changed. Published by whoever changed it, after the commit."""

    room: str
    interview_id: str
    status: str


class Mark(msgspec.Struct, frozen=True):
    """One criterion of one answer, as in `question_scores`."""

    criterion: str
    label: str
    level: float | None
    quotes: tuple[str, ...]
    abstained_reason: str | None = None


class MarksAdded(msgspec.Struct, frozen=True, tag="marks"):
    """An answer was marked. Published by the language worker. Never forwarded to a room."""

    room: str
    interview_id: str
    turn_id: str
    evaluator: str
    marks: tuple[Mark, ...]


class ReportReady(msgspec.Struct, frozen=True, tag="report"):
    """The report is there. Published by the language worker."""

    room: str
    interview_id: str


class CommandChanged(msgspec.Struct, frozen=True, tag="command"):
    """A command was answered by its room. Published by the gateway."""

    room: str
    command_id: str
    kind: str
    state: str
    detail: str


class CalibrationChanged(msgspec.Struct, frozen=True, tag="calibration"):
    """A calibration is over: skipped, calibrated or failed. Published by the gateway, after commit."""

    room: str
    interview_id: str
    outcome: str


class HelpChanged(msgspec.Struct, frozen=True, tag="help"):
    """A candidate calls a person. `step`: called, withdrawn or told, published by the gateway;
    acknowledged, by the dashboard. Each after its commit.
    """

    room: str
    step: str


class NoticeSent(msgspec.Struct, frozen=True, tag="notice"):
    """A sentence from a person to the candidate. Published by the dashboard, shown on the kiosk."""

    room: str
    text: str


Event: TypeAlias = (
    Readings
    | RoomChanged
    | CaptionChanged
    | TranscriptAdded
    | TurnChanged
    | InterviewChanged
    | MarksAdded
    | ReportReady
    | CommandChanged
    | CalibrationChanged
    | HelpChanged
    | NoticeSent
)

TOPICS: Final[dict[type, str]] = {
    Readings: "readings",
    RoomChanged: "room",
    CaptionChanged: "caption",
    TranscriptAdded: "transcript",
    TurnChanged: "turn",
    InterviewChanged: "interview",
    MarksAdded: "marks",
    ReportReady: "report",
    CommandChanged: "command",
    HelpChanged: "help",
    CalibrationChanged: "calibration",
    NoticeSent: "notice",
}
"""The last part of the subject that each event goes out on."""
