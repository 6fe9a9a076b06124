"""Which sound an answer is made of, and where in it a quote is.

An answer's sound goes from its first utterance to its last one, pauses between them included. Samples
are counted by recording: where a room began anew within an answer, there is one piece for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

BEFORE_MS: Final = 150
AFTER_MS: Final = 250
"""Word times are good to a few frames of the recogniser: a quote is played with a little around it."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An utterance's sound: samples [first_sample, end_sample) of the recording that begins with the
    AudioFormat `format_seq` of a spool, in its records from `first_seq` to `last_seq`.
    """

    transcript_id: int
    interview_id: int
    watermark_id: int
    format_seq: int
    first_seq: int
    last_seq: int
    first_sample: int
    end_sample: int
    rate_hz: int

    @property
    def recording(self) -> tuple[int, int, int]:
        """Two utterances with the same one count their samples alike."""
        return self.watermark_id, self.format_seq, self.rate_hz


@dataclass(frozen=True, slots=True)
class Extract:
    """Milliseconds [begin_ms, end_ms) of an answer's sound."""

    begin_ms: int
    end_ms: int


def pieces(said: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Utterances in spoken order become pieces of sound, each from the first to the last one of a
    recording.
    """
    found: list[Recorded] = []
    for one in said:
        last = found[-1] if found else None
        if last is None or last.recording != one.recording:
            found.append(one)
            continue
        found[-1] = replace(
            last,
            first_seq=min(last.first_seq, one.first_seq),
            last_seq=max(last.last_seq, one.last_seq),
            first_sample=min(last.first_sample, one.first_sample),
            end_sample=max(last.end_sample, one.end_sample),
        )
    return tuple(found)


def extracts(said: Sequence[Recorded]) -> dict[int, Extract]:
    """Where each utterance is in the answer's sound, by its transcript's id."""
    found: dict[int, Extract] = {}
    before_ms = 0
    for piece in pieces(said):
        within = [one for one in said if one.recording == piece.recording]
        for one in within:
            found.setdefault(
                one.transcript_id,
                Extract(
                    before_ms + _ms(one.first_sample - piece.first_sample, piece),
                    before_ms + _ms(one.end_sample - piece.first_sample, piece),
                ),
            )
        before_ms += _ms(piece.end_sample - piece.first_sample, piece)
    return found


def quoted(
    whole: Extract, words: Iterable[dict[str, Any]], start: int | None, end: int | None
) -> Extract:
    """Where characters [start, end) of an utterance's text are heard: by the times of its words, or
    all of the utterance where there are none. `words` as `transcripts.words` keeps them.
    """
    if start is None or end is None:
        return whole
    inside = [word for word in words if word["start"] < end and word["end"] > start]
    if not inside:
        return whole
    begin_ms = whole.begin_ms + min(word["begin_ms"] for word in inside) - BEFORE_MS
    end_ms = whole.begin_ms + max(word["end_ms"] for word in inside) + AFTER_MS
    return Extract(max(begin_ms, whole.begin_ms), min(end_ms, whole.end_ms))


def _ms(samples: int, piece: Recorded) -> int:
    return samples * 1000 // piece.rate_hz
