"""Voices of people who are in an interview now: a port to an encoder, and a memory that forgets.

A voice is biometric. It is kept in this process's memory, for as long as its interview, and nowhere
else: no table, no file, no message, no log. No notice of ours asks for more, so there is no way to keep
one.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from central.speech.transcriber import Pcm

Embedding: TypeAlias = NDArray[np.float32]
"""Of length 1: a cosine is a dot product."""
INTERVIEWS: Final = 64
LEAST_CLIPS: Final = 3
MOST_CLIPS: Final = 32
"""Of a person; the oldest goes."""
IDLE_S: Final = 1800.0
"""An interview in which nobody has spoken for so long is over, whatever became of it."""


class VoiceEncoder(Protocol):
    """One loaded model. Not thread-safe: the thread that owns it calls it."""

    name: str

    def embed(self, pcm: Pcm) -> Embedding:
        """A voice's place among voices. Raises `EngineError` where there is too little sound."""


@dataclass(slots=True)
class _Interview:
    clips: dict[str, deque[Embedding]] = field(default_factory=dict)
    seen: set[Hashable] = field(default_factory=set)
    asked_s: float | None = None


class EnrolledVoices:
    """By interview and person, the mean of at least three clips. The interview that was not asked about
    for longest is forgotten when there are too many, or when that is half an hour ago.
    """

    def __init__(self, most: int = INTERVIEWS) -> None:
        self._most = most
        self._of: OrderedDict[int, _Interview] = OrderedDict()

    def enrol(
        self, interview_id: int, person: str, voice: Embedding, now_s: float | None = None
    ) -> None:
        """One more clip of a person."""
        clips = self._at(interview_id, now_s).clips
        clips.setdefault(person, deque(maxlen=MOST_CLIPS)).append(voice)

    def likeness(
        self, interview_id: int, voice: Embedding, now_s: float | None = None
    ) -> Mapping[str, float]:
        """Cosine to each person who is enrolled by enough clips."""
        if interview_id not in self._of:
            return {}
        return {
            person: float(voice @ _unit(np.mean(list(clips), axis=0)))
            for person, clips in self._at(interview_id, now_s).clips.items()
            if len(clips) >= LEAST_CLIPS
        }

    def knows(self, interview_id: int) -> bool:
        """Whether anybody was enrolled."""
        return interview_id in self._of and bool(self._of[interview_id].clips)

    def first_sight(self, interview_id: int, of: Hashable) -> bool:
        """Whether this, whatever it is, was not asked about before in this interview."""
        seen = self._at(interview_id, None).seen
        known = of in seen
        seen.add(of)
        return not known

    def forget(self, interview_id: int) -> None:
        """The interview is over."""
        self._of.pop(interview_id, None)

    def forget_idle(self, now_s: float) -> None:
        """Those that were last asked about too long ago."""
        for interview_id, one in list(self._of.items()):
            if one.asked_s is None:
                one.asked_s = now_s
            elif now_s - one.asked_s >= IDLE_S:
                self.forget(interview_id)

    def __repr__(self) -> str:
        return f"<voices of {len(self._of)} interviews>"

    def _at(self, interview_id: int, now_s: float | None) -> _Interview:
        found = self._of.setdefault(interview_id, _Interview())
        found.asked_s = found.asked_s if now_s is None else now_s
        self._of.move_to_end(interview_id)
        while len(self._of) > self._most:
            self._of.popitem(last=False)
        return found


def _unit(vector: Embedding) -> Embedding:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)
