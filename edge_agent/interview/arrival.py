"""Who has come to an interview, and what they chose before it: the language of the kiosk."""

from __future__ import annotations

from edge_agent.flow import InterviewPlan

LANGUAGES = ("ko", "en")
"""What the kiosk can say and show."""


class Arrival:
    """Of one interview. `language` is what the candidate chose; empty before."""

    def __init__(self, plan: InterviewPlan, *, language: str = "") -> None:
        self._planned = plan.language
        self.language = language

    @property
    def shown(self) -> str:
        """The language of all that the kiosk says and shows by itself; questions keep their own."""
        return self.language or self._planned

    def choose(self, language: str) -> None:
        """The candidate wants this one; what the kiosk cannot speak changes nothing."""
        if language in LANGUAGES:
            self.language = language
