"""Voices of people who are in an interview now: a port to an encoder, and a memory that forgets.

A voice is biometric. It is kept in this process's memory, for as long as its interview, and nowhere
else: no table, no file, no message, no log. No notice of ours asks for more, so there is no way to keep
one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from central.speech.transcriber import Pcm

Embedding: TypeAlias = NDArray[np.float32]
"""Of length 1: a cosine is a dot product."""
INTERVIEWS: Final = 64
LEAST_CLIPS: Final = 3


class VoiceEncoder(Protocol):
    """One loaded model. Not thread-safe: the thread that owns it calls it."""

    name: str

    def embed(self, pcm: Pcm) -> Embedding:
        """A voice's place among voices. Raises `EngineError` where there is too little sound."""


class EnrolledVoices:
    """By interview and person, the mean of at least three clips. The interview that was not asked about
    for longest is forgotten when there are too many.
    """

    def __init__(self, most: int = INTERVIEWS) -> None:
        self._most = most
        self._clips: OrderedDict[int, dict[str, list[Embedding]]] = OrderedDict()

    def enrol(self, interview_id: int, person: str, voice: Embedding) -> None:
        """One more clip of a person."""
        self._of(interview_id).setdefault(person, []).append(voice)
        while len(self._clips) > self._most:
            self._clips.popitem(last=False)

    def likeness(self, interview_id: int, voice: Embedding) -> Mapping[str, float]:
        """Cosine to each person who is enrolled by enough clips."""
        if interview_id not in self._clips:
            return {}
        return {
            person: float(voice @ _unit(np.mean(clips, axis=0)))
            for person, clips in self._of(interview_id).items()
            if len(clips) >= LEAST_CLIPS
        }

    def forget(self, interview_id: int) -> None:
        """The interview is over."""
        self._clips.pop(interview_id, None)

    def __repr__(self) -> str:
        return f"<voices of {len(self._clips)} interviews>"

    def _of(self, interview_id: int) -> dict[str, list[Embedding]]:
        clips = self._clips.setdefault(interview_id, {})
        self._clips.move_to_end(interview_id)
        return clips


def _unit(vector: Embedding) -> Embedding:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)
