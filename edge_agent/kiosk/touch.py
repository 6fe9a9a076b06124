"""What the page sends, as inputs of the interview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, TypeAlias

import msgspec

from edge_agent.flow import CalibrationOutcome
from edge_agent.interview.check_in import CheckInWay
from edge_agent.interview.presses import (
    AnswerAgainPressed,
    ConfirmingLeft,
    DevicesTried,
    DoesNotKnowPressed,
    DonePressed,
    HelpPressed,
    HelpWithdrawn,
    Leave,
    PausePressed,
    RepeatPressed,
    ResumePressed,
    SentenceCorrected,
    SentenceWanted,
    SkipPressed,
    StillReading,
    SurveyGiven,
    Typed,
    WordsMisheard,
    WordsRight,
)
from edge_agent.interview.steps import (
    CalibrationBegun,
    CalibrationEnded,
    CheckedIn,
    Consented,
    Input,
    LanguageChosen,
)

MOST_BYTES = 24_576
MOST_TYPED = 4_000
"""Characters of an answer in writing."""
MOST_CORRECTED = 2_000
"""Characters of one corrected sentence."""


Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
TurnId = Annotated[str, msgspec.Meta(max_length=64)]
"""Of the question on the page; empty where it shows none."""


class Language(msgspec.Struct, tag="language", tag_field="type"):
    """Speak and show this, please."""

    language: Literal["ko", "en"]


class CheckIn(msgspec.Struct, tag="check_in", tag_field="type"):
    """The candidate is here; `code` where one is asked for."""

    code: Annotated[str, msgspec.Meta(max_length=32)] | None = None


class Scan(msgspec.Struct, tag="scan", tag_field="type"):
    """The check-in screen is open: look for a QR code for a moment."""


class Read(msgspec.Struct, tag="read", tag_field="type"):
    """Read this aloud, as it stands on the screen; empty: stop reading."""

    text: Annotated[str, msgspec.Meta(max_length=4000)]
    language: Literal["ko", "en"]


class Consent(msgspec.Struct, tag="consent", tag_field="type"):
    """Every choice; `emotion` where it was asked for."""

    recording: bool
    ai_scoring: bool
    emotion: bool | None = None


class BeginCalibration(msgspec.Struct, tag="begin_calibration", tag_field="type"):
    """Show me the points, please."""


class SkipCalibration(msgspec.Struct, tag="skip_calibration", tag_field="type"):
    """No calibration, please."""


class Done(msgspec.Struct, tag="done", tag_field="type"):
    """The answer is complete."""

    turn_id: TurnId = ""


class Skip(msgspec.Struct, tag="skip", tag_field="type"):
    """Another question, please."""

    turn_id: TurnId = ""


class DoNotKnow(msgspec.Struct, tag="do_not_know", tag_field="type"):
    """I do not know."""

    turn_id: TurnId = ""


class Pause(msgspec.Struct, tag="pause", tag_field="type"):
    """A pause, please."""


class Resume(msgspec.Struct, tag="resume", tag_field="type"):
    """Let us go on."""


class AnswerAgain(msgspec.Struct, tag="answer_again", tag_field="type"):
    """Once more, please."""


class TypedText(msgspec.Struct, tag="typed", tag_field="type"):
    """I have written this so far."""

    text: Annotated[str, msgspec.Meta(max_length=MOST_TYPED)]


class Correct(msgspec.Struct, tag="correct", tag_field="type"):
    """In the place of this utterance I have written this so far."""

    turn_id: Id
    utterance_id: Id
    text: Annotated[str, msgspec.Meta(max_length=MOST_CORRECTED)]


class Confirm(msgspec.Struct, tag="confirm", tag_field="type"):
    """I have read this answer: these are my words, or something was misheard."""

    turn_id: Id
    right: bool


class StillHere(msgspec.Struct, tag="still_reading", tag_field="type"):
    """I am reading."""


class LeaveWords(msgspec.Struct, tag="leave_words", tag_field="type"):
    """I do not want to read the rest."""


Rating = Annotated[int, msgspec.Meta(ge=1, le=5)]


class Survey(msgspec.Struct, tag="survey", tag_field="type"):
    """This is how it was."""

    ease: Rating
    fairness: Rating


class LeaveNow(msgspec.Struct, tag="leave", tag_field="type"):
    """I am gone: wipe the screen."""


class CallPerson(msgspec.Struct, tag="call_person", tag_field="type"):
    """Somebody please come."""


class WithdrawCall(msgspec.Struct, tag="withdraw_call", tag_field="type"):
    """Nobody has to come any more."""


class Volume(msgspec.Struct, tag="volume", tag_field="type"):
    """So loud, please."""

    percent: Annotated[int, msgspec.Meta(ge=0, le=100)]


class Sentence(msgspec.Struct, tag="sentence", tag_field="type"):
    """Let me hear the loudspeaker, please."""


class Tried(msgspec.Struct, tag="tried", tag_field="type"):
    """Camera and sound have been tried."""


class Repeat(msgspec.Struct, tag="repeat", tag_field="type"):
    """Say it again, please."""


Press: TypeAlias = (
    Language
    | CheckIn
    | Scan
    | Read
    | Consent
    | BeginCalibration
    | SkipCalibration
    | Done
    | Skip
    | DoNotKnow
    | Sentence
    | Tried
    | Repeat
    | Pause
    | Resume
    | AnswerAgain
    | TypedText
    | Correct
    | Confirm
    | StillHere
    | LeaveWords
    | Survey
    | LeaveNow
    | CallPerson
    | WithdrawCall
    | Volume
)
Touch: TypeAlias = Input | Volume | Scan | Read
"""What the candidate wants of the interview, of the loudspeaker or of the camera."""

_SIMPLE: dict[type[Press], Input] = {
    SkipCalibration: CalibrationEnded(CalibrationOutcome.SKIPPED),
    BeginCalibration: CalibrationBegun(),
    Sentence: SentenceWanted(),
    Tried: DevicesTried(),
    Repeat: RepeatPressed(),
    Pause: PausePressed(),
    Resume: ResumePressed(),
    AnswerAgain: AnswerAgainPressed(),
    LeaveNow: Leave(),
    StillHere: StillReading(),
    LeaveWords: ConfirmingLeft(),
    CallPerson: HelpPressed(),
    WithdrawCall: HelpWithdrawn(),
}
_OF_TURN: dict[type[Press], Callable[[str], Input]] = {
    Done: DonePressed,
    Skip: SkipPressed,
    DoNotKnow: DoesNotKnowPressed,
}

_decode = msgspec.json.Decoder(Press).decode


def touched(message: str | bytes) -> Touch | None:
    """The runner's input, or the volume; None for what is no message of this protocol."""
    if len(message) > MOST_BYTES:
        return None
    try:
        press = _decode(message)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return None
    return _touch(press)


def _touch(press: Press) -> Touch:
    if isinstance(press, Volume | Scan | Read):
        return press
    if isinstance(press, Done | Skip | DoNotKnow):
        return _OF_TURN[type(press)](press.turn_id)
    return _told(press)


def _told(press: Press) -> Input:
    match press:
        case CheckIn(code):
            return CheckedIn() if code is None else CheckedIn(CheckInWay.CODE, code)
        case Language():
            return LanguageChosen(press.language)
        case Consent():
            return Consented(press.recording, press.ai_scoring, press.emotion)
        case Survey():
            return SurveyGiven(press.ease, press.fairness)
        case TypedText() | Correct() | Confirm():
            return _written(press)
    return _SIMPLE[type(press)]


def _written(press: TypedText | Correct | Confirm) -> Input:
    match press:
        case TypedText():
            return Typed(press.text.replace("\0", ""))
        case Correct():
            text = press.text.replace("\0", "")
            return SentenceCorrected(press.turn_id, press.utterance_id, text)
        case Confirm():
            return WordsRight(press.turn_id) if press.right else WordsMisheard(press.turn_id)
