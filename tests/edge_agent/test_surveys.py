"""Two questions at the end are written down once, of nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_agent.flow import Phase, SurveyAnswered
from edge_agent.interview import Runner
from edge_agent.interview.presses import Leave, SurveyGiven
from edge_agent.interview.steps import Input
from edge_agent.surveys import Surveys
from tests.fakes.list_journal import ListJournal

pytestmark = pytest.mark.unit


def test_answers_are_kept_once_an_interview_and_name_none() -> None:
    journal, passed = ListJournal(), list[Input]()
    view = replace(Runner(lambda: "").view(0), phase=Phase.FINISHED, interview_id="7")
    surveys = Surveys(journal, make_id=lambda: "s", view=lambda: view, tell=passed.append)
    assert not surveys.answered()
    for told in (SurveyGiven(4, 5), SurveyGiven(1, 1), Leave()):
        surveys.take(told)
    assert surveys.answered()
    assert journal.of(SurveyAnswered) == [SurveyAnswered("s", 4, 5)]
    assert [interview_id for _, _, interview_id in journal.records] == [""]
    assert passed == [Leave()]


def test_before_the_end_nobody_is_asked() -> None:
    journal = ListJournal()
    view = replace(Runner(lambda: "").view(0), phase=Phase.ANSWERING, interview_id="7")
    surveys = Surveys(journal, make_id=lambda: "s", view=lambda: view, tell=lambda _: None)
    surveys.take(SurveyGiven(4, 5))
    assert journal.records == []
