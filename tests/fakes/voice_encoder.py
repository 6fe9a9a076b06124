"""A voice encoder that tells voices apart by their loudness."""

from __future__ import annotations

import numpy as np

from central.errors import EngineError
from central.speech.transcriber import Pcm
from central.speech.voices import Embedding

LEAST_SAMPLES = 25_600


class ScriptedVoices:
    """The same loudness is the same voice."""

    name = "scripted"

    def embed(self, pcm: Pcm) -> Embedding:
        if len(pcm) < LEAST_SAMPLES:
            raise EngineError(self.name, "less than 1.6 s of voice says nothing")
        angle = float(np.sqrt(np.mean(pcm**2))) * np.pi / 2
        return np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)
