"""What central may ask of the room, and what the room says happened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

from edge_agent.flow.calibration import GazeParameters, Neutral, PointQuality
from edge_agent.flow.help import AnswerHelp, MarkDisturbed
from edge_agent.flow.plan import InterviewPlan, PlannedQuestion


@dataclass(frozen=True, slots=True)
class StartInterview:
    """Begin with this plan."""

    plan: InterviewPlan


@dataclass(frozen=True, slots=True)
class PushQuestion:
    """Ask this next, before the rest of the plan."""

    question: PlannedQuestion


@dataclass(frozen=True, slots=True)
class HoldFollowUp:
    """Ask this right after the open answer, if that has no more than `utterances` in the end; None:
    nothing any more.
    """

    question: PlannedQuestion | None
    after_question_id: str
    utterances: int


@dataclass(frozen=True, slots=True)
class SkipQuestion:
    """End the current answer and go on. `turn_id`: only where this turn goes on; empty: any."""

    reason: str
    turn_id: str = ""


@dataclass(frozen=True, slots=True)
class EndInterview:
    """End after what is being said now is kept."""

    reason: str


@dataclass(frozen=True, slots=True)
class AdmitCandidate:
    """Let the candidate in without a code."""


class CalibrateStep(IntEnum):
    """What a person wants of the calibration; numbers equal `daedam.v1.CalibrateStep`."""

    OFFER = 1
    BEGIN = 2
    SKIP = 3


@dataclass(frozen=True, slots=True)
class CalibrateGaze:
    """Offer the calibration, show its points, or leave it."""

    step: CalibrateStep


@dataclass(frozen=True, slots=True)
class Setting:
    """One remote setting; `value` None where this agent does not know its type."""

    key: str
    value: str | int | None


@dataclass(frozen=True, slots=True)
class Configure:
    """Run with these settings over the room's own file, and with no others that came before."""

    version: int
    changed_by: str
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class AnalyseVideo:
    """Fetch an uploaded video and write what a room would have written of it. `answer_starts_ms` are
    media times at which the answers to the plan's first questions begin; `ai_scoring`: the candidate
    agreed to be evaluated by a machine.
    """

    plan: InterviewPlan
    video_id: str
    size_bytes: int
    sha256: bytes
    preset: str
    answer_starts_ms: tuple[int, ...]
    ai_scoring: bool
    longest_s: int


@dataclass(frozen=True, slots=True)
class CheckRoom:
    """Say the known sentences and hear them."""


CommandBody: TypeAlias = (
    StartInterview
    | PushQuestion
    | HoldFollowUp
    | SkipQuestion
    | EndInterview
    | CalibrateGaze
    | Configure
    | AnalyseVideo
    | CheckRoom
    | AnswerHelp
    | MarkDisturbed
    | AdmitCandidate
)


@dataclass(frozen=True, slots=True)
class Command:
    """Something central wants the room to do; `body` is None where this agent does not know it."""

    command_id: str
    expires_wall_ns: int
    body: CommandBody | None


class CommandOutcome(IntEnum):
    """What came of a command; numbers equal `daedam.v1.CommandOutcome`."""

    DONE = 1
    EXPIRED = 2
    REFUSED = 3
    UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class SentenceHeard:
    """A known sentence through loudspeaker, room and microphone; fields equal those of
    `daedam.v1.SentenceHeard`. None: not heard, or not read; `unread` says why it was not.
    """

    language: str
    match: float
    level_dbfs: float | None = None
    snr_db: float | None = None
    latency_ms: int | None = None
    error_ratio: float | None = None
    engine: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """The room's answer to one command."""

    command_id: str
    outcome: CommandOutcome
    detail: str
    sentences: tuple[SentenceHeard, ...] = ()
    """Of a `CheckRoom` that was done."""


class Phase(IntEnum):
    """Where the room's interview stands; numbers equal `daedam.v1.Phase`."""

    IDLE = 1
    WAITING = 2
    CONSENTING = 3
    CALIBRATING = 4
    ASKING = 5
    THINKING = 6
    ANSWERING = 7
    FINISHED = 8
    CHECKING = 9
    PRACTISING = 10
    PAUSED = 30
    OFFERING = 31
    CONFIRMING = 36


class TurnEventKind(IntEnum):
    """A step of the interview; numbers equal `daedam.v1.TurnEventKind`."""

    INTERVIEW_STARTED = 1
    CHECKED_IN = 2
    QUESTION_ASKED = 3
    QUESTION_SPOKEN = 4
    ANSWER_OPENED = 5
    ANSWER_BEGUN = 6
    INTERVIEW_FINISHED = 7
    PAUSED = 30
    RESUMED = 31


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """One step of the interview."""

    kind: TurnEventKind
    turn_id: str = ""
    question_id: str = ""
    position: int = 0
    text: str = ""
    sample: int | None = None


class AnswerEndReason(IntEnum):
    """Why an answer ended; numbers equal `daedam.v1.AnswerEndReason`."""

    SILENCE = 1
    DONE = 2
    TIME_LIMIT = 3
    NO_ANSWER = 4
    SKIPPED = 5
    INTERVIEW_ENDED = 6
    INTERRUPTED = 7
    DOES_NOT_KNOW = 8
    DISTURBED = 9


@dataclass(frozen=True, slots=True)
class AnswerEnded:
    """An answer is complete: it has exactly `utterances` utterances."""

    turn_id: str
    question_id: str
    reason: AnswerEndReason
    utterances: int
    first_sample: int
    end_sample: int


@dataclass(frozen=True, slots=True)
class Consent:
    """The candidate's separate choices. `emotion` is None where they were not asked."""

    recording: bool
    ai_scoring: bool
    notice_version: str
    language: str
    emotion: bool | None = None
    emotion_notice_version: str = ""


class CalibrationOutcome(IntEnum):
    """How calibration ended; numbers equal `daedam.v1.CalibrationOutcome`."""

    SKIPPED = 1
    CALIBRATED = 2
    FAILED = 3


@dataclass(frozen=True, slots=True)
class Calibration:
    """Outcome of the calibration phase. `parameters` are set where gaze may be used."""

    outcome: CalibrationOutcome
    gaze_error_deg: float | None
    parameters: GazeParameters | None = None
    points: tuple[PointQuality, ...] = ()
    neutral: Neutral | None = None
    attempts: int = 0
    offered_by: str = ""
    """Command that asked for it; empty where the plan did."""
    sentence_from_mono_ns: int | None = None
    sentence_to_mono_ns: int | None = None
    """While the sentence was shown to be read aloud."""
