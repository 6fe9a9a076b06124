"""PocketSphinx behind the port: English only, many errors, but its model comes with its wheel.

It keeps the path from microphone to report alive where no Whisper weights can be had, and every
surface shows its label. Two decoders: a careful one for the record, and a quick one for captions
(about 0.3 and 0.1 seconds of one slow core per second of speech; `make bench NAME=speech`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from central.errors import EngineError
from central.speech.transcriber import SAMPLE_RATE_HZ, Heard, Pcm, Phrase

NAME: Final = "pocketsphinx (English only, last resort)"
QUICK: Final[dict[str, Any]] = {
    "fwdflat": False,
    "bestpath": False,
    "maxhmmpf": 3000,
    "maxwpf": 8,
    "ds": 2,
    "pl_window": 8,
    "topn": 2,
}
"""One pass, few hypotheses, every second frame's densities."""
CAPTION_S: Final = 6.0
"""A caption reads the end of a long utterance only, so that its cost has a bound."""


class SphinxEngine:
    """PocketSphinx with the US English model of its wheel."""

    name = NAME
    languages = frozenset({"en"})
    batches = False

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        self._careful = Decoder(samprate=SAMPLE_RATE_HZ, loglevel="FATAL")
        self._quick = Decoder(samprate=SAMPLE_RATE_HZ, loglevel="FATAL", **QUICK)

    def warm_up(self) -> None:
        """A second of silence through both decoders."""
        silence = np.zeros(SAMPLE_RATE_HZ, dtype=np.float32)
        for draft in (False, True):
            self.transcribe([Phrase(silence, "en", voiced_ms=0, draft=draft)])

    def transcribe(self, batch: Sequence[Phrase]) -> list[Heard]:
        """One after the other; it gives no number that compares with a log-probability."""
        return [Heard(self._read(phrase)) for phrase in batch]

    def _read(self, phrase: Phrase) -> str:
        if phrase.language not in self.languages:
            raise EngineError(self.name, f"cannot read {phrase.language!r}")
        decoder = self._quick if phrase.draft else self._careful
        pcm = phrase.pcm[-int(CAPTION_S * SAMPLE_RATE_HZ) :] if phrase.draft else phrase.pcm
        if not pcm.size:
            return ""
        try:
            decoder.start_utt()
            decoder.process_raw(_int16(pcm).tobytes(), full_utt=True)
            decoder.end_utt()
        except RuntimeError as error:
            raise EngineError(self.name, str(error)) from error
        hypothesis = decoder.hyp()
        return hypothesis.hypstr if hypothesis else ""


def _int16(pcm: Pcm) -> np.ndarray[Any, np.dtype[np.int16]]:
    return (np.clip(pcm, -1, 1) * 32767).astype(np.int16)
