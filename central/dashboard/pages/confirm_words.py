"""What a candidate said of the words that were understood, on the pages."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from central.interview import correcting
from central.storage.turn_views import Line

VERDICTS: Final = {
    "right": "The candidate has confirmed these words.",
    "misheard": "The candidate says that something was misheard: please listen.",
}
VERDICT_ICONS: Final = {"right": "circle-check", "misheard": "headphones"}
CORRECTED: Final = {
    True: "The candidate corrected what was recognised. Their words are marked.",
    False: "The candidate rewrote it. What was recognised is marked: please listen.",
}
UNCONFIRMED: Final = {"none": "The candidate has not confirmed these words."}


def pieces(line: Line) -> list[tuple[str, bool]]:
    """The candidate's own words, and of each piece whether it was recognised otherwise."""
    text = line.corrected or ""
    changed = correcting.spans(line.text, text)
    cuts = sorted({0, len(text), *(at for span in changed for at in span)})
    return [
        (text[start:end], any(first <= start and end <= last for first, last in changed))
        for start, end in pairwise(cuts)
    ]
