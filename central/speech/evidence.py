"""What samples and times say of who spoke: pure arithmetic. `speakers` decides with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from central.speech.decode import Sound
from central.speech.transcriber import Pcm

VOICE_FRAME_MS: Final = 32
VOICE_AT_LEAST: Final = 128
"""Of 255: an even chance of voice."""
LEAST_FRAMES: Final = 4
"""Of voice, about an eighth of a second, for a level."""


def played(
    sounds: Iterable[Sound], spoken: Sequence[tuple[int, int]], first_sample: int, end_sample: int
) -> float | None:
    """Share of samples [first_sample, end_sample) in which the room itself was speaking; None where
    there is no sound of them. `spoken`: spans of samples, as the room wrote them down when it had said
    something. A block in which it was still speaking has no span yet: it counts whole.
    """
    known = loud = 0
    for sound in sounds:
        end = sound.first_sample + sound.sample_count
        inside = _shared((sound.first_sample, end), (first_sample, end_sample))
        if not inside:
            continue
        known += inside
        touching = [one for one in spoken if _shared((sound.first_sample, end), one)]
        if touching:
            within = (max(sound.first_sample, first_sample), min(end, end_sample))
            loud += sum(_shared(within, one) for one in touching)
        elif sound.playing:
            loud += inside
    return loud / known if known else None


def voiced(
    sounds: Iterable[Sound], rate_hz: int, first_sample: int, end_sample: int
) -> NDArray[np.bool_]:
    """For each sample of [first_sample, end_sample) whether the room's own detector heard voice."""
    out = np.zeros(end_sample - first_sample, dtype=np.bool_)
    frame = rate_hz * VOICE_FRAME_MS // 1000
    for sound in sounds:
        end = min(sound.first_sample + sound.sample_count, end_sample)
        for number, chance in enumerate(sound.voice):
            at = sound.first_sample + number * frame
            if chance >= VOICE_AT_LEAST:
                out[max(at - first_sample, 0) : max(min(at + frame, end) - first_sample, 0)] = True
    return out


def held(sounds: Iterable[Sound], first_sample: int, end_sample: int) -> NDArray[np.bool_]:
    """For each sample of [first_sample, end_sample) whether a record holds it."""
    out = np.zeros(end_sample - first_sample, dtype=np.bool_)
    for sound in sounds:
        start, end = sound.first_sample, sound.first_sample + sound.sample_count
        out[max(start - first_sample, 0) : max(min(end, end_sample) - first_sample, 0)] = True
    return out


def level_dbfs(pcm: Pcm, where: NDArray[np.bool_], rate_hz: int) -> float | None:
    """RMS over those samples; None where they are too few."""
    if int(where.sum()) < LEAST_FRAMES * rate_hz * VOICE_FRAME_MS // 1000:
        return None
    power = float(np.mean(pcm[where].astype(np.float64) ** 2))
    return 10.0 * float(np.log10(max(power, 1e-12)))


def clips(pcm: Pcm, length: int, hop: int, most: int) -> list[Pcm]:
    """Pieces of `length` samples, each `hop` after the last."""
    starts = range(0, len(pcm) - length + 1, hop)
    return [pcm[at : at + length] for at in list(starts)[:most]]


def _shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How many samples two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
