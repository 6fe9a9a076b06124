"""What a room says of its own check, made safe to show and to store."""

from __future__ import annotations

import math
from typing import Final

from central.interview import facts
from daedam.v1 import interview_pb2

MOST_SENTENCES: Final = 4
MOST_LETTERS: Final = 200


def read_sentences(m: interview_pb2.CommandResult) -> tuple[facts.SentenceHeard, ...]:
    """Those of a check that was done; figures that are no numbers are not known."""
    return tuple(map(_sentence, m.sentences[:MOST_SENTENCES]))


def _sentence(m: interview_pb2.SentenceHeard) -> facts.SentenceHeard:
    return facts.SentenceHeard(
        language=m.language[:2],
        match=_known(m, "match") or 0.0,
        level_dbfs=_known(m, "level_dbfs"),
        snr_db=_known(m, "snr_db"),
        latency_ms=m.latency_ms if m.HasField("latency_ms") else None,
        error_ratio=_known(m, "error_ratio"),
        engine=m.engine[:MOST_LETTERS].replace("\0", ""),
        unread=m.unread[:MOST_LETTERS].replace("\0", ""),
    )


def _known(m: interview_pb2.SentenceHeard, name: str) -> float | None:
    if name != "match" and not m.HasField(name):
        return None
    value = float(getattr(m, name))
    return round(value, 3) if math.isfinite(value) else None
