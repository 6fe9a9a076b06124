"""The port to a speech recogniser. Its adapters: Whisper, and PocketSphinx as the last resort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ: Final = 16_000
Pcm: TypeAlias = NDArray[np.float32]
"""Mono, 16 kHz, -1 to 1, shape (samples,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A span of speech. `language` is a primary subtag ("ko"). `draft`: a guess for a caption, may be
    worse and has to be quick.
    """

    pcm: Pcm
    language: str
    voiced_ms: int
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Characters [start, end) of a text, said from `begin_ms` to `end_ms` after the phrase's first
    sample. `confidence`: 0 to 1; None where the engine gives none.
    """

    start: int
    end: int
    begin_ms: int
    end_ms: int
    confidence: float | None = None

    def until(self, end: int, end_ms: int) -> Word:
        """The same word, with what belongs to it up to there."""
        return replace(self, end=end, end_ms=end_ms)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was recognised. `confidence` is the mean log-probability per token, `no_speech` the chance
    that nobody spoke; None where the engine gives no such number. `words` in spoken order; empty for a
    draft, and where the engine knows no times.
    """

    text: str
    confidence: float | None = None
    no_speech: float | None = None
    words: tuple[Word, ...] = ()


class Transcriber(Protocol):
    """One loaded model. Not thread-safe: exactly one thread calls it (`lane.py`)."""

    name: str
    """The label that every surface shows."""
    languages: frozenset[str]
    """Primary subtags that it can read at all."""
    batches: bool
    """Whether several phrases at once cost less than one after the other."""

    def warm_up(self) -> None:
        """Pay for everything that only the first call pays for."""

    def transcribe(self, batch: Sequence[Phrase]) -> list[Heard]:
        """One result per phrase, in order. All phrases share language and `draft`.

        Raises `EngineError` where the model fails.
        """


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 tag: "ko-KR" is "ko"."""
    return language.split("-", maxsplit=1)[0].lower()
