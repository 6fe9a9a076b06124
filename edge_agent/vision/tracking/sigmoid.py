"""From a network's raw score to how sure it is."""

from __future__ import annotations

import numpy as np

from edge_agent.vision.canonical import Points


def sigmoid(logits: Points | float) -> Points:
    """0 to 1, by a form that large numbers do not overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * np.asarray(logits, np.float64))))
