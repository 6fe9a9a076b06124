"""A voice model that takes whatever is loud for voice."""

from __future__ import annotations

import numpy as np

from edge_agent.flow import Pcm


class LoudVoice:
    """Probability 1 from a mean amplitude of 1000 on, 0.4 from 100 on, else 0."""

    def __init__(self) -> None:
        self.resets = 0

    def probability(self, frame: Pcm) -> float:
        mean = float(np.mean(np.abs(frame.astype(np.float64))))
        return 1.0 if mean >= 1_000 else 0.4 if mean >= 100 else 0.0

    def reset(self) -> None:
        self.resets += 1
