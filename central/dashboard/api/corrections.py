"""What a candidate corrected, as the API tells it: both versions."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from central.storage.turn_views import Line


class Correction(msgspec.Struct, frozen=True):
    """One utterance as it was recognised, and in the candidate's own words; marks rest on those where
    they `count`.
    """

    recognised: str
    corrected: str
    counts: bool


def corrections(lines: Iterable[Line]) -> tuple[Correction, ...]:
    """Of those lines that were corrected."""
    return tuple(
        Correction(line.text, line.corrected, line.corrected_counts)
        for line in lines
        if line.corrected is not None
    )
