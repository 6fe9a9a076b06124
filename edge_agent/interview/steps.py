"""What the runner is told, and what it asks for in return.

The runner is pure: `Runner.handle(input, now_ns) -> tuple[Output, ...]`. The room carries outputs
out in order. Nothing here does I/O or knows a device.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from edge_agent.flow import (
    ALL_BUT_EMOTION,
    AnswerEndReason,
    AnswerWords,
    Calibration,
    CalibrationOutcome,
    Channels,
    Command,
    EmotionNeutral,
    RecordValue,
)
from edge_agent.interview.check_in import CheckInWay
from edge_agent.interview.memory import Memory
from edge_agent.interview.presses import Press

VOICE_START_MS = 128
"""Voice has lasted this long when hearing says so."""

VOICE_END_MS = 600
"""Silence has lasted this long when hearing says so."""

# --- inputs --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CommandArrived:
    """Central asks for something; `wall_ns` is now, to judge its expiry. `not_ready` is what the room
    has against beginning an interview, a sentence each.
    """

    command: Command
    wall_ns: int
    not_ready: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The candidate wants the kiosk in this language, two letters."""

    language: str


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The candidate says that they are here, with the code that they typed or showed."""

    way: CheckInWay = CheckInWay.BUTTON
    code: str = ""


@dataclass(frozen=True, slots=True)
class Consented:
    """The candidate decided about recording, AI scoring and, where they were asked, emotion."""

    recording: bool
    ai_scoring: bool
    emotion: bool | None = None


@dataclass(frozen=True, slots=True)
class CalibrationWanted:
    """Staff want the points to be offered, by this command."""

    command_id: str


@dataclass(frozen=True, slots=True)
class CalibrationBegun:
    """The candidate wants to look at the points."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The points were gone through, and this came of it."""

    calibration: Calibration
    emotion: EmotionNeutral | None = None
    """The face at rest meanwhile, where that may be measured."""


@dataclass(frozen=True, slots=True)
class CalibrationEnded:
    """Calibration was skipped, or ended without having measured anything."""

    outcome: CalibrationOutcome
    gaze_error_deg: float | None = None


@dataclass(frozen=True, slots=True)
class SpeechPlayed:
    """The speaker finished the text that `Say` asked for (or could not play it, or was hushed).

    `say_id` repeats that of the `Say`, so that the late end of a hushed question is not taken for
    the end of the next one; 0 means "whatever is being said now".
    """

    say_id: int = 0


@dataclass(frozen=True, slots=True)
class VoiceChanged:
    """The candidate began (`VOICE_START_MS` ago) or ceased (`VOICE_END_MS` ago) to speak."""

    speaking: bool


@dataclass(frozen=True, slots=True)
class Disturbed:
    """Something that is not the candidate's fault was in the way, until `to_ns` (CLOCK_MONOTONIC).
    `from_ns` None: since the answer began. `written`: whoever noticed it has put it into the journal.
    """

    cause: str
    to_ns: int
    from_ns: int | None = None
    written: bool = False


@dataclass(frozen=True, slots=True)
class AnswerClosed:
    """Hearing has journalled the answer's last utterance (the reply to `CloseAnswer`)."""

    turn_id: str
    utterances: int
    first_sample: int
    end_sample: int


@dataclass(frozen=True, slots=True)
class WordsArrived:
    """Central's words of the answers that are over, as far as they were read."""

    answers: tuple[AnswerWords, ...]


@dataclass(frozen=True, slots=True)
class Resumed:
    """The agent was killed in mid-interview and is back; nobody watched from `from_ns` to `to_ns`
    (CLOCK_MONOTONIC).
    """

    memory: Memory
    from_ns: int
    to_ns: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed; sent every 100 ms."""


Input: TypeAlias = (
    CommandArrived
    | LanguageChosen
    | CheckedIn
    | Consented
    | CalibrationWanted
    | CalibrationBegun
    | Calibrated
    | CalibrationEnded
    | SpeechPlayed
    | VoiceChanged
    | Press
    | Disturbed
    | AnswerClosed
    | WordsArrived
    | Resumed
    | Tick
)

# --- outputs -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Write:
    """Put this into the journal, under the running interview (`interview_id` may be empty for the
    refusal of a command while idle).
    """

    value: RecordValue
    interview_id: str


@dataclass(frozen=True, slots=True)
class Say:
    """Speak this; answer with `SpeechPlayed(say_id)`, hushed or not."""

    text: str
    language: str
    say_id: int = 0


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop speaking now."""


@dataclass(frozen=True, slots=True)
class StartRecording:
    """Sound and readings count from now on, of these channels; points only where the candidate agreed
    to be scored.
    """

    interview_id: str
    scored: bool = True
    channels: Channels = ALL_BUT_EMOTION


@dataclass(frozen=True, slots=True)
class StopRecording:
    """Nothing is kept any more."""


@dataclass(frozen=True, slots=True)
class PauseRecording:
    """Keep and measure nothing until `ResumeRecording`; what was being said is journalled first."""


@dataclass(frozen=True, slots=True)
class ResumeRecording:
    """Sound and readings count again."""


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """Speech from now on belongs to this turn."""

    turn_id: str
    language: str


@dataclass(frozen=True, slots=True)
class CloseAnswer:
    """Cut the open utterance, journal it, answer with `AnswerClosed`."""

    turn_id: str
    reason: AnswerEndReason


Output: TypeAlias = (
    Write
    | Say
    | Hush
    | StartRecording
    | StopRecording
    | PauseRecording
    | ResumeRecording
    | OpenAnswer
    | CloseAnswer
)
