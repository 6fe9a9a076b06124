"""A candidate's face at rest, as the network sees it: medians of log-probabilities."""

from __future__ import annotations

from statistics import median

from edge_agent.emotion.figures import Figures
from edge_agent.flow import EmotionGlance, EmotionNeutral


class EmotionRest:
    """Fed while a candidate looks at still points and does not speak."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._seen: list[tuple[float, ...]] = []

    def see(self, glance: EmotionGlance) -> None:
        """One that the network was not asked about does not count."""
        if glance.log_p is not None:
            self._seen.append(glance.log_p)

    def neutral(self) -> EmotionNeutral:
        """Without `log_p` where there were too few: never somebody else's face in its place."""
        if len(self._seen) < self._figures.least_rest_looks:
            return EmotionNeutral(len(self._seen), None)
        by_class = zip(*self._seen, strict=True)
        return EmotionNeutral(len(self._seen), tuple(median(values) for values in by_class))
