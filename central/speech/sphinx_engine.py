"""PocketSphinx behind the port: English only, many errors, but its model comes with its wheel.

It keeps the path from microphone to report alive where no Whisper weights can be had, and every
surface shows its label. A careful decoder for the record, a quick one for captions, and before both a
cheap one that only learns the sound's mean spectrum: without it the first seconds are read wrongly.
Sound goes in by tenths of a second, because PocketSphinx holds Python's lock while it works, and the
process has leases to renew. Costs: `make bench NAME=speech`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from central.errors import EngineError
from central.speech.transcriber import SAMPLE_RATE_HZ, Heard, Pcm, Phrase, Word

Samples: TypeAlias = NDArray[np.int16]
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
CHUNK: Final = SAMPLE_RATE_HZ // 10
FRAME_MS: Final = 10
ALTERNATIVE: Final = re.compile(r"\(\d+\)$")
"""Its dictionary names a second way to say a word "the(2)"."""
CAPTION_S: Final = 5.0
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
        # Looks for one word only, so that next to nothing is searched.
        self._mean = Decoder(samprate=SAMPLE_RATE_HZ, loglevel="FATAL", lm=None, keyphrase="hello")
        self._mean_at_first = self._mean.get_cmn(False)

    def warm_up(self) -> None:
        """A second of silence through both decoders."""
        silence = np.zeros(SAMPLE_RATE_HZ, dtype=np.float32)
        for draft in (False, True):
            self.transcribe([Phrase(silence, "en", voiced_ms=0, draft=draft)])

    def transcribe(self, batch: Sequence[Phrase]) -> list[Heard]:
        """One after the other; it gives no number that compares with a log-probability."""
        return [self._read(phrase) for phrase in batch]

    def _read(self, phrase: Phrase) -> Heard:
        if phrase.language not in self.languages:
            raise EngineError(self.name, f"cannot read {phrase.language!r}")
        decoder = self._quick if phrase.draft else self._careful
        pcm = phrase.pcm[-int(CAPTION_S * SAMPLE_RATE_HZ) :] if phrase.draft else phrase.pcm
        if not pcm.size:
            return Heard("")
        sound = _int16(pcm)
        try:
            _feed(self._mean, sound, self._mean_at_first)
            _feed(decoder, sound, self._mean.get_cmn(True))
        except RuntimeError as error:
            raise EngineError(self.name, str(error)) from error
        hypothesis = decoder.hyp()
        text = hypothesis.hypstr if hypothesis else ""
        return Heard(text, words=() if phrase.draft else _words(text, decoder.seg() or ()))


def _words(text: str, segments: Iterable[Any]) -> tuple[Word, ...]:
    """Times of the words; silences and noises ("<sil>", "[NOISE]") are no part of the text."""
    found: list[Word] = []
    for segment in segments:
        spelling = ALTERNATIVE.sub("", segment.word)
        start = found[-1].end if found else 0
        at = text.find(spelling, start)
        if at < 0 or text[start:at].strip():
            continue
        begin_ms, end_ms = segment.start_frame * FRAME_MS, (segment.end_frame + 1) * FRAME_MS
        found.append(Word(at, at + len(spelling), begin_ms, end_ms))
    return tuple(found)


def _feed(decoder: Any, sound: Samples, mean: str) -> None:
    # Forgets the noise that it learned from whoever spoke before: the same sound gives the same words.
    decoder.reinit_feat()
    decoder.set_cmn(mean)
    decoder.start_utt()
    for at in range(0, len(sound), CHUNK):
        decoder.process_raw(sound[at : at + CHUNK].tobytes())
    decoder.end_utt()


def _int16(pcm: Pcm) -> Samples:
    return np.asarray(np.clip(pcm, -1, 1) * 32767, dtype=np.int16)
