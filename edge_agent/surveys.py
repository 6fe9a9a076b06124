"""The two questions at the end: written down once an interview, under no interview."""

from __future__ import annotations

from collections.abc import Callable

from edge_agent.flow import Phase, SurveyAnswered
from edge_agent.interview import RunnerView
from edge_agent.interview.presses import SurveyGiven
from edge_agent.interview.steps import Input
from edge_agent.uplink.journal import Journal


class Surveys:
    """Presses pass here; answers to the questions stay."""

    def __init__(
        self,
        journal: Journal,
        *,
        make_id: Callable[[], str],
        view: Callable[[], RunnerView],
        tell: Callable[[Input], None],
    ) -> None:
        self._journal, self._make_id, self._view, self._tell = journal, make_id, view, tell
        self._answered = ""

    def take(self, told: Input) -> None:
        """What the candidate pressed."""
        if not isinstance(told, SurveyGiven):
            self._tell(told)
            return
        view = self._view()
        if view.phase is Phase.FINISHED and view.interview_id != self._answered:
            self._answered = view.interview_id
            self._journal.append(SurveyAnswered(self._make_id(), told.ease, told.fairness))

    def answered(self) -> bool:
        """The present interview's candidate has answered them."""
        return bool(self._answered) and self._view().interview_id == self._answered
