"""Interviews that a killed agent left open, and what closes them, or the answer that was open.

The room goes on with the one that it remembers, where it was away for a moment only.
"""

from __future__ import annotations

from collections.abc import Iterable

from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    RecordValue,
    TurnEvent,
    TurnEventKind,
    Utterance,
)
from edge_agent.uplink import wire
from edge_agent.uplink.journal import StoredRecord

REASON = "the room's agent was restarted"


def closing_records(
    records: Iterable[StoredRecord], goes_on: str = ""
) -> list[tuple[str, RecordValue]]:
    """(interview id, value) for each interview whose last step is not its end, in order. The one that
    goes on has its open answer closed, and no end.
    """
    steps: dict[str, TurnEvent] = {}
    ended: set[str] = set()
    spoken: dict[str, list[Utterance]] = {}
    for record in records:
        match wire.step(record):
            case TurnEvent() as event:
                steps[record.interview_id] = event
            case AnswerEnded() as answer:
                ended.add(answer.turn_id)
            case Utterance() as utterance:
                spoken.setdefault(utterance.turn_id, []).append(utterance)
    closing: list[tuple[str, RecordValue]] = []
    for interview_id, last in steps.items():
        if last.kind is TurnEventKind.INTERVIEW_FINISHED:
            continue
        same = interview_id == goes_on
        why = AnswerEndReason.INTERRUPTED if same else AnswerEndReason.INTERVIEW_ENDED
        if last.turn_id and last.turn_id not in ended:
            closing.append((interview_id, _cut(last, spoken.get(last.turn_id, []), why)))
        if same:
            continue
        finished = TurnEvent(TurnEventKind.INTERVIEW_FINISHED, text=REASON)
        closing.append((interview_id, finished))
    return closing


def _cut(last: TurnEvent, spoken: list[Utterance], why: AnswerEndReason) -> AnswerEnded:
    """An answer with the utterances that are in the spool; one that was being spoken has no end."""
    return AnswerEnded(
        turn_id=last.turn_id,
        question_id=last.question_id,
        reason=why,
        utterances=len(spoken),
        first_sample=min((one.first_sample for one in spoken), default=last.sample or 0),
        end_sample=max((one.end_sample for one in spoken), default=last.sample or 0),
    )
