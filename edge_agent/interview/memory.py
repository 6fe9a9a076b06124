"""What a room has to know to go on with an interview after its agent was killed.

Kept on disk before anything that follows from it is written or said, so that it is never behind the
spool: at worst it knows of a step whose records were lost, and that step is taken again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from edge_agent.flow import (
    AnswerConfirmed,
    Answered,
    Calibration,
    CalibrationOutcome,
    Channels,
    CheckInCode,
    ConfirmVerdict,
    Consent,
    Correction,
    EmotionNeutral,
    GazeParameters,
    InterviewPlan,
    Neutral,
    Permission,
    Phase,
    PlannedQuestion,
    PointQuality,
    Policy,
    Receipt,
)

VERSION = 1


@dataclass(frozen=True, slots=True)
class Memory:
    """An interview that is not over."""

    plan: InterviewPlan
    phase: Phase
    """ASKING for all of a turn."""
    position: int
    """Of the next turn."""
    ending: str | None
    """Why it ends once the open answer is kept."""
    commands: tuple[str, ...]
    """Ids of the newest commands; the first of an interview is the one that began it."""
    begun_by: str
    consent: Consent | None = None
    """None before it was given."""
    asked: tuple[str, ...] = ()
    """Ids of the questions that were asked, the open one among them."""
    pushed: tuple[PlannedQuestion, ...] = ()
    """Questions that central pushed and that wait."""
    question: PlannedQuestion | None = None
    """The open one: being asked, thought about or answered."""
    turn_id: str = ""
    calibration: Calibration | None = None
    """In use; None before it was made or skipped."""
    calibration_wanted_by: str = ""
    calibration_offered_by: str = ""
    """Commands, as in `Calibrating`."""
    emotion_rest: EmotionNeutral | None = None
    """As in `Measuring`."""
    language: str = ""
    check_in_tries: int = 0
    """As in `Arrival`."""
    answered: tuple[Answered, ...] = ()
    confirmed: AnswerConfirmed | None = None
    """As in `Confirming`."""

    def encode(self) -> bytes:
        """As it lies on disk."""
        document = {"version": VERSION, **asdict(self)}
        return json.dumps(document, ensure_ascii=False).encode()


def decode(data: bytes) -> Memory:
    """Raises `ValueError` for whatever is not a whole memory of this version."""
    try:
        found: dict[str, Any] = json.loads(data)
        if found.pop("version") != VERSION:
            raise ValueError("of another version")
        plan = found["plan"]
        plan["questions"] = tuple(PlannedQuestion(**one) for one in plan["questions"])
        code = plan.get("check_in")
        plan["check_in"] = None if code is None else CheckInCode(**code)
        question, consent = found["question"], found["consent"]
        calibration = found.get("calibration")
        return Memory(
            **{
                **found,
                "plan": InterviewPlan(
                    **{
                        **plan,
                        "policy": _policy(plan.get("policy")),
                        "receipt": Receipt(**plan.get("receipt", {})),
                    }
                ),
                "phase": Phase(found["phase"]),
                "consent": None if consent is None else Consent(**consent),
                "asked": tuple(found["asked"]),
                "pushed": tuple(PlannedQuestion(**one) for one in found["pushed"]),
                "question": None if question is None else PlannedQuestion(**question),
                "commands": tuple(found["commands"]),
                "calibration": None if calibration is None else _calibration(calibration),
                "emotion_rest": _rest(found.get("emotion_rest")),
                "answered": tuple(Answered(**one) for one in found.get("answered", ())),
                "confirmed": _confirmed(found.get("confirmed")),
            }
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a memory of an interview: {error}") from error


def _policy(found: dict[str, Any] | None) -> Policy | None:
    if found is None:
        return None
    names = {one.name for one in fields(Channels)}
    permissions = {name: Permission(number) for name, number in found.items() if name in names}
    return Policy(
        found["profile"],
        found["version"],
        **permissions,
        pause_in_answer=bool(found.get("pause_in_answer", False)),
        confirm_transcript=bool(found.get("confirm_transcript", False)),
    )


def _confirmed(found: dict[str, Any] | None) -> AnswerConfirmed | None:
    if found is None:
        return None
    return AnswerConfirmed(
        found["turn_id"],
        ConfirmVerdict(found["verdict"]),
        tuple(found["utterance_ids"]),
        tuple(Correction(**one) for one in found["corrections"]),
    )


def _rest(found: dict[str, Any] | None) -> EmotionNeutral | None:
    if found is None:
        return None
    log_p = found["log_p"]
    return EmotionNeutral(found["looks"], None if log_p is None else tuple(log_p))


def _calibration(found: dict[str, Any]) -> Calibration:
    parameters, neutral = found["parameters"], found["neutral"]
    return Calibration(
        CalibrationOutcome(found["outcome"]),
        found["gaze_error_deg"],
        None if parameters is None else GazeParameters(**parameters),
        tuple(PointQuality(**one) for one in found["points"]),
        None if neutral is None else Neutral(**neutral),
        found["attempts"],
        found.get("offered_by", ""),
        found.get("sentence_from_mono_ns"),
        found.get("sentence_to_mono_ns"),
    )
