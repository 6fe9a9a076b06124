"""A second of looks at a face, summed: no single look of anybody is kept where reports are read."""

from __future__ import annotations

from collections import Counter
from typing import Final

from central.interview.emotions import CLASSES, Second
from central.interview.facts import EmotionReadings
from daedam.v1 import measuring_pb2

MOST_LOOKS: Final = 240
FULL_MILLI: Final = 1000
MAX_NAME: Final = 64

_REASONS: Final[dict[int, str]] = {
    number: name.removeprefix("EMOTION_ABSTENTION_").lower()
    for name, number in measuring_pb2.EmotionAbstention.items()
}


def read_emotions(m: measuring_pb2.EmotionReadings) -> EmotionReadings:
    """Raises `ValueError` where a look is no distribution."""
    if len(m.looks) > MOST_LOOKS:
        raise ValueError(f"{len(m.looks)} looks are no second")
    for text in (m.model, m.turn_id):
        if "\0" in text:
            raise ValueError("a name holds a NUL")
    told = [list(look.probability_milli) for look in m.looks if look.probability_milli]
    if any(len(one) != len(CLASSES) or max(one) > FULL_MILLI for one in told):
        raise ValueError("a look has other than seven probabilities")
    silent = Counter(
        _REASONS.get(look.abstained, "unknown") for look in m.looks if not look.probability_milli
    )
    sums = tuple(sum(values) / FULL_MILLI for values in zip(*told, strict=True)) if told else None
    rest = m.neutral if m.HasField("neutral") else None
    second = Second(
        turn_key=m.turn_id[:MAX_NAME],
        model=m.model[:MAX_NAME],
        answered=len(told),
        sums=sums or (0.0,) * len(CLASSES),
        abstained=dict(silent),
        rest_looks=None if rest is None else rest.looks,
        calibrated=None if rest is None else len(rest.log_p_milli) == len(CLASSES),
    )
    return EmotionReadings(m.first_mono_ns, second)
