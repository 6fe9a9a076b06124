"""Keeps a machine's judgements from whoever is yet to judge, in pages, API and live events alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from central.interview import aggregates, reveal
from central.interview.aggregates import Behaviour
from central.interview.emotions import Emotions
from central.interview.reveal import NOT_BEGUN, Rule, Standing
from central.storage import ratings
from central.storage.interviews import InterviewView
from central.storage.not_assessed import NotAssessed
from central.storage.reports import QuestionReport, ReportView
from central.storage.series import Window
from central.storage.turn_views import TurnView
from central.storage.users import Account

SEALED = "sealed"
"""The reason of whatever is kept back."""
_MACHINES = NotAssessed("marks", SEALED, "Sealed until you have locked your own ratings.")


async def is_sealed(session: AsyncSession, account: Account, interview_id: int, rule: Rule) -> bool:
    """Whether this interview's marks and scores are kept from the account."""
    if not may_be_sealed(account, rule):
        return False
    own = await ratings.standing(session, interview_id, account.id)
    return reveal.marks_sealed(rule, account.role, own)


async def open_among(
    session: AsyncSession, account: Account, interview_ids: Collection[int], rule: Rule
) -> frozenset[int]:
    """Of these interviews, those whose scores the account may see."""
    if not may_be_sealed(account, rule):
        return frozenset(interview_ids)
    locked = await ratings.locked_among(session, interview_ids, account.id)
    return frozenset(
        one
        for one in interview_ids
        if not reveal.marks_sealed(rule, account.role, Standing(locked=one in locked))
    )


def may_be_sealed(account: Account, rule: Rule) -> bool:
    """Whether anything at all is kept from this account: so it is while an interview runs."""
    return reveal.marks_sealed(rule, account.role, NOT_BEGUN)


def without_score(view: InterviewView) -> InterviewView:
    """The interview without its total."""
    return replace(view, overall_score=None, overall_scheme=None, overall_coverage=None)


def without_marks(view: ReportView) -> ReportView:
    """The report with what was asked, said and measured, and without what a machine made of it."""
    return replace(
        view,
        interview=without_score(view.interview),
        summary=None,
        questions=tuple(map(_question, view.questions)),
        details={},
        behaviour=_behaviour(view.behaviour),
        not_assessed=(_MACHINES,),
        emotions=_emotions(view.emotions),
        emotions_by_turn={key: _emotions(one) for key, one in view.emotions_by_turn.items()},
        sealed=True,
    )


def unmarked(turns: tuple[TurnView, ...]) -> tuple[TurnView, ...]:
    """Turns without marks."""
    return tuple(replace(turn, marks=()) for turn in turns)


def unscored(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """Windows without points: what was measured is left."""
    return tuple(replace(one, measures=aggregates.without_points(one.measures)) for one in windows)


def _question(asked: QuestionReport) -> QuestionReport:
    left = tuple(one for one in asked.not_assessed if one.reason != "abstained")
    return replace(
        asked,
        turn=replace(asked.turn, marks=()),
        marks=(),
        score=None,
        channels=tuple(
            one for one in asked.channels if not one.channel.endswith(aggregates.POINTS_SUFFIX)
        ),
        windows=unscored(asked.windows),
        behaviour=_behaviour(asked.behaviour),
        not_assessed=(*(one for one in left if one.what != "marks"), _MACHINES),
    )


def _behaviour(found: Behaviour) -> Behaviour:
    channels = tuple(replace(one, points=None, reason=SEALED) for one in found.channels)
    return replace(found, channels=channels, total=None, assessed_weight=0.0)


def _emotions(found: Emotions) -> Emotions:
    return found if found.means is None else replace(found, means=None, reason=SEALED)
