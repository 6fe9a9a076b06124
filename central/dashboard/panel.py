"""Several people's ratings beside each other, what they agreed on, and the decision."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import desk
from central.dashboard.desk import Desk
from central.errors import Refused
from central.interview import rating
from central.interview.rating import Rateable, Spread
from central.interview.reveal import Rule
from central.storage import panels
from central.storage.interview_questions import QuestionView
from central.storage.panels import Agreed, ConsensusView, DecisionView
from central.storage.ratings import RatingView, SheetView
from central.storage.users import Account


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion: what each locked sheet says of it, in the panel's order; None: not rated."""

    criterion: Rateable
    given: tuple[RatingView | None, ...]
    spread: Spread
    agreed: ConsensusView | None


@dataclass(frozen=True, slots=True)
class Panel:
    """What is known when one's own ratings are locked. `sheets` are the locked ones: an open sheet says
    nothing yet. `decisions`: the newest first.
    """

    sheets: tuple[SheetView, ...]
    waiting: tuple[SheetView, ...]
    questions: tuple[tuple[QuestionView, tuple[Row, ...]], ...]
    decisions: tuple[DecisionView, ...]


async def look(session: AsyncSession, found: Desk) -> Panel | None:
    """The panel as this person may see it; None while it is sealed."""
    if found.others_sealed:
        return None
    every = (*((found.own,) if found.own else ()), *found.others)
    sheets = tuple(one for one in every if one.locked_at is not None)
    agreed = {
        (one.question_id, one.criterion): one
        for one in await panels.consensus_of(session, found.interview.id)
    }
    asked = [one for one in found.questions if one.turn_id is not None and one.follow_up_of is None]
    return Panel(
        sheets=sheets,
        waiting=tuple(one for one in every if one.locked_at is None),
        questions=tuple(
            (
                question,
                tuple(
                    _row(one, sheets, agreed.get((one.question_id, one.criterion)))
                    for one in found.criteria_of(question)
                ),
            )
            for question in asked
        ),
        decisions=await panels.decisions_of(session, found.interview.id),
    )


async def agree(
    session: AsyncSession, interview_id: int, new: Agreed, *, actor: Account, rule: Rule
) -> None:
    """Write what the panel agreed on."""
    await _check_moderator(session, interview_id, actor, rule)
    await panels.agree(session, interview_id, new, actor_id=actor.id)
    await session.commit()


async def decide(
    session: AsyncSession,
    interview_id: int,
    outcome: str,
    reason: str,
    *,
    actor: Account,
    rule: Rule,
) -> None:
    """Decide about the candidate."""
    await _check_moderator(session, interview_id, actor, rule)
    await panels.decide(session, interview_id, outcome, reason, actor_id=actor.id)
    await session.commit()


async def _check_moderator(
    session: AsyncSession, interview_id: int, actor: Account, rule: Rule
) -> None:
    found = await desk.look(session, interview_id, actor, rule)
    if found.others_sealed:
        raise Refused("ratings_sealed", 403, "Lock your own ratings first.")
    if not found.moderates:
        raise Refused(
            "not_moderator", 403, "Who created the interview, a recruiter or an administrator does."
        )


def _row(one: Rateable, sheets: tuple[SheetView, ...], agreed: ConsensusView | None) -> Row:
    given = tuple(sheet.level(one.question_id, one.criterion) for sheet in sheets)
    levels = [each.level for each in given if each is not None]
    return Row(one, given, rating.spread(levels), agreed)
