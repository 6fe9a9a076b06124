"""The whole state of the kiosk page as JSON values; sent entire on each change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from edge_agent.flow import Caption, LinkState, Phase
from edge_agent.gaze import SessionStatus
from edge_agent.interview.limits import FINISHED_SHOWN_MS, PRACTICE_ANSWER_MS
from edge_agent.interview.spoiling import OFFER_SHOWN_MS
from edge_agent.interview.view import RunnerView
from edge_agent.kiosk.receipt import kept_state, receipt_state

State: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """What the room has done since it started."""

    frames_captured: int = 0
    frames_analysed: int = 0
    frames_dropped: int = 0
    records_appended: int = 0
    records_acked: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page shows beside the interview."""

    room_name: str = ""
    link: LinkState = LinkState.CONNECTING
    level_dbfs: float | None = None
    speaking: bool = False
    caption: Caption | None = None
    said: tuple[str, ...] = ()
    notice: str | None = None
    faults: tuple[str, ...] = ()
    counts: Counts = Counts()
    calibration: SessionStatus | None = None
    volume_percent: int | None = None
    help: str | None = None
    """A `HelpShown`; None where nobody is called."""
    surveyed: bool = False
    """The two questions at the end are answered."""


def page_state(view: RunnerView, around: Surroundings) -> State:
    """As the page's protocol has it."""
    return {
        "type": "state",
        "phase": view.phase.name.lower(),
        "room_name": around.room_name,
        "language": view.language_chosen or view.language or "ko",
        "language_chosen": view.language_chosen != "",
        "check_in": _check_in(view),
        "candidate_name": view.candidate_name,
        "link": around.link.value,
        "trying": _trying(view),
        "calibrated": view.calibration.outcome.name.lower() if view.calibration else None,
        "question": _question(view),
        "phase_elapsed_ms": view.phase_elapsed_ms,
        "answer_limit_ms": view.answer_limit_ms,
        "think_ms": view.think_ms,
        "finished_shown_ms": FINISHED_SHOWN_MS,
        "level_dbfs": None if around.level_dbfs is None else round(around.level_dbfs, 1),
        "speaking": around.speaking,
        "volume_percent": around.volume_percent,
        "calibration": _calibration(around.calibration),
        "caption": _caption(around.caption),
        "said": list(around.said),
        "still_there": view.still_there,
        "again": view.again,
        "kept": kept_state(view.receipt),
        "receipt": receipt_state(view),
        "surveyed": around.surveyed,
        "typed_answers": view.typed_answers,
        "typed": view.typed,
        "pause_waits": view.pause_waits,
        "offers_again": view.offers_again,
        "offer_shown_ms": OFFER_SHOWN_MS,
        "confirming": asdict(view.confirming) if view.confirming else None,
        "notice": around.notice,
        "help": around.help,
        "notice_version": view.notice_version,
        "emotion_notice_version": view.emotion_notice_version,
        "faults": list(around.faults),
        "counts": _counts(around.counts),
    }


def _check_in(view: RunnerView) -> State | None:
    """None where a button is enough, or the candidate is in."""
    if view.phase is not Phase.WAITING or not view.check_in.needs_code:
        return None
    return {"tries_left": view.check_in.tries_left, "wrong": view.check_in.wrong}


def _trying(view: RunnerView) -> State | None:
    if view.trying is None or view.phase not in {Phase.CHECKING, Phase.PRACTISING}:
        return None
    return {
        "said": view.trying.said,
        "listening_ms": view.trying.listening_ms,
        "limit_ms": PRACTICE_ANSWER_MS,
    }


def _question(view: RunnerView) -> State | None:
    if not view.question_id:
        return None
    return {
        "question_id": view.question_id,
        "turn_id": view.turn_id,
        "text": view.question_text,
        "position": view.position,
        "count": view.question_count,
    }


def _calibration(status: SessionStatus | None) -> State | None:
    """Without `progress`: the page's own clock draws it, and nothing is sent ten times a second."""
    if status is None:
        return None
    return {
        "kind": status.kind.value,
        "name": status.name,
        "x_ratio": status.x_ratio,
        "y_ratio": status.y_ratio,
        "position": status.position,
        "count": status.count,
        "attempt": status.attempt,
        "seen": status.seen,
    }


def _caption(caption: Caption | None) -> State | None:
    if caption is None:
        return None
    return {"stable": caption.stable, "tail": caption.tail, "engine": caption.engine}


def _counts(counts: Counts) -> State:
    return {name: getattr(counts, name) for name in Counts.__slots__}
