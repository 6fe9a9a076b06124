"""Whether an interview came out as it was played: pure, over what central tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LOW_PRESENCE = 0.6
"""A second of absence lies in one or two windows of one second; at least one is mostly empty."""
SLACK_S = 1.5
LEAST_RATIO = 0.99


@dataclass(frozen=True, slots=True)
class Window:
    """One second of one room: when (Unix seconds), and how much of it a face was seen."""

    at_s: float
    presence: float | None


def absence_detected(
    truth: dict[str, Any],
    holds_s: Sequence[float],
    opened_s: Sequence[float],
    windows: Sequence[Window],
) -> bool:
    """Whether each absence of the script was seen when it happened, and no other during an answer.

    `opened_s[k]` is when the room opened answer k (Unix seconds): at that moment the media clock left
    `holds_s[k]`.
    """
    absences = [
        (_real_s(span["from_s"], holds_s, opened_s), _real_s(span["to_s"], holds_s, opened_s))
        for span in truth.get("absences", [])
    ]
    answers = [
        (_real_s(span["from_s"], holds_s, opened_s), _real_s(span["to_s"], holds_s, opened_s))
        for span in truth.get("answers", [])
    ]
    low = [w.at_s for w in windows if w.presence is not None and w.presence <= LOW_PRESENCE]
    seen = all(any(_within(at_s, span) for at_s in low) for span in absences)
    alone = all(
        any(_within(at_s, span) for span in absences)
        for at_s in low
        if any(begin <= at_s <= end - 1 for begin, end in answers)
    )
    return bool(absences) and seen and alone


def quotes_verified(details: Sequence[dict[str, Any]], texts: dict[str, str]) -> bool:
    """Whether there are quotes, and each stands in its transcript exactly where it says."""
    quotes = [q for detail in details for mark in detail["marks"] for q in mark["quotes"]]
    return bool(quotes) and all(
        q["text"] and texts.get(q["transcript_id"] or "", "")[q["start"] : q["end"]] == q["text"]
        for q in quotes
    )


def problems(result: dict[str, Any]) -> list[str]:
    """What in the JSON line is not as it must be."""
    captured, analysed = result["frames_captured"], result["frames_analysed"]
    checks = {
        f"the interview is {result['interview_status']}": result["interview_status"] == "completed",
        f"only {result['questions']} questions": result["questions"] >= 3,
        "an answer has no text": result["answers_with_text"] == result["questions"],
        f"analysed {analysed} of {captured} frames": captured > 0
        and analysed / captured >= LEAST_RATIO,
        f"sent {result['records_sent']}, stored {result['records_stored']} records": result[
            "records_sent"
        ]
        == result["records_stored"]
        > 0,
        "the candidate's absence was not seen as it was": result["absence_detected"],
        "a quote is not in its transcript, or there is none": result["quotes_verified"],
        "nothing was published live": result["live_events"] > 0,
    }
    return [text for text, good in checks.items() if not good]


def unix_s(text: str) -> float:
    """An ISO time as Unix seconds."""
    return datetime.fromisoformat(text).timestamp()


def _real_s(media_s: float, holds_s: Sequence[float], opened_s: Sequence[float]) -> float:
    last = max(k for k, hold_s in enumerate(holds_s[: len(opened_s)]) if hold_s <= media_s)
    return opened_s[last] + media_s - holds_s[last]


def _within(at_s: float, span: tuple[float, float]) -> bool:
    return span[0] - SLACK_S <= at_s <= span[1] + SLACK_S
