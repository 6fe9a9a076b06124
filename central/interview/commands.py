"""What central may ask of a room, as stored in `room_commands.body`."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from central.interview.check_in import CheckInCode
from central.interview.policy import Policy


class PlannedQuestion(msgspec.Struct, frozen=True):
    """One question to ask; `question_id` is the interview question's id as an opaque string."""

    question_id: str
    text: str
    category: str
    think_ms: int = 0
    answer_limit_ms: int = 120_000


class Receipt(msgspec.Struct, frozen=True):
    """What the candidate is told at the end; empty: the kiosk's own words, or no page."""

    url: str = ""
    kept_ko: str = ""
    kept_en: str = ""
    ask_ko: str = ""
    ask_en: str = ""
    kept_until: str = ""
    """The day of deletion (ISO 8601); empty: by no date."""


class InterviewPlan(msgspec.Struct, frozen=True):
    """Everything that a room needs to finish an interview alone."""

    interview_id: str
    candidate_name: str
    language: str
    questions: tuple[PlannedQuestion, ...]
    answer_end_silence_ms: int = 3_000
    no_answer_prompt_ms: int = 10_000
    notice_version: str = "2026-12"
    calibrate: bool = True
    policy: Policy | None = None
    """What may be measured; None in commands of an older central."""
    typed_answers: bool = False
    check_in: CheckInCode | None = None
    """None: a button begins the interview."""
    check_devices: bool = False
    practice: bool = False
    receipt: Receipt = Receipt()


class StartInterview(msgspec.Struct, frozen=True, tag="start_interview"):
    plan: InterviewPlan


class PushQuestion(msgspec.Struct, frozen=True, tag="push_question"):
    question: PlannedQuestion


class HoldFollowUp(msgspec.Struct, frozen=True, tag="hold_follow_up"):
    """Ask this right after the answer to `after_question_id`, which goes on, where it has no more than
    `utterances` in the end; None: nothing any more.
    """

    question: PlannedQuestion | None
    after_question_id: str
    utterances: int


class SkipQuestion(msgspec.Struct, frozen=True, tag="skip_question"):
    """`turn_id`: only where this turn goes on; empty: whichever does."""

    reason: str
    turn_id: str = ""


class EndInterview(msgspec.Struct, frozen=True, tag="end_interview"):
    reason: str


class AdmitCandidate(msgspec.Struct, frozen=True, tag="admit_candidate"):
    """Let the candidate in without a code."""


CalibrateStep: TypeAlias = Literal["offer", "begin", "skip"]


class CalibrateGaze(msgspec.Struct, frozen=True, tag="calibrate_gaze"):
    """Offer the calibration at the next moment between two questions, show its points, or leave it."""

    step: CalibrateStep


class Setting(msgspec.Struct, frozen=True):
    """One value, as in `central.health.settable`."""

    key: str
    value: str | int


class Configure(msgspec.Struct, frozen=True, tag="configure"):
    """Every setting that central has for the room."""

    version: int
    changed_by: str
    settings: tuple[Setting, ...]


class AnalyseVideo(msgspec.Struct, frozen=True, tag="analyse_video"):
    """For a virtual room. `sha256` is hexadecimal."""

    plan: InterviewPlan
    video_id: str
    size_bytes: int
    sha256: str
    preset: str
    answer_starts_ms: tuple[int, ...]
    ai_scoring: bool
    longest_s: int


class CheckRoom(msgspec.Struct, frozen=True, tag="check_room"):
    """Say the known sentences and hear them."""


class AnswerHelp(msgspec.Struct, frozen=True, tag="answer_help"):
    """Tell the candidate who called that somebody is coming."""

    call_id: str


class MarkDisturbed(msgspec.Struct, frozen=True, tag="mark_disturbed"):
    """Noise or a fault spoiled the open answer until now. `cause`: noise or device."""

    cause: str


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
