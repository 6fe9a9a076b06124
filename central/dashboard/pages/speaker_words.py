"""Who spoke, as the pages say it: in English sentences that the catalogues translate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from central.storage.turn_views import Line

UNKNOWN: Final = "unknown"
SAID_BY: Final = {
    "room": "The room's own voice",
    "candidate": "Candidate's voice",
    "interviewer": "Interviewer's voice",
    UNKNOWN: "Speaker unknown",
}
WHY: Final = {
    "played": "by when the room spoke",
    "channel": "by microphone",
    "voice": "by likeness of voice",
}


def said_by(line: Line) -> str:
    """Key of `SAID_BY`; empty where nobody asked who spoke."""
    if line.said_by_why is None:
        return ""
    return line.said_by if line.said_by in SAID_BY else UNKNOWN


def voices(lines: Iterable[Line]) -> list[tuple[str, str, int]]:
    """Key of `SAID_BY`, key of `WHY` or empty, and how many utterances; the most first."""
    known = [(said_by(line), line.said_by_why or "") for line in lines if said_by(line)]
    return [(who, why if why in WHY else "", n) for (who, why), n in Counter(known).most_common()]


def live() -> dict[str, str]:
    """Key to English sentence, for the script of the live room."""
    return {f"said_by_{who}": text for who, text in SAID_BY.items()}
