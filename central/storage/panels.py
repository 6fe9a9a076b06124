"""What a panel agreed on, and what was decided about the candidate: by people, with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.interview import rating, reveal
from central.storage import audit, interviews, ratings
from central.storage.interview_questions import questions_of
from central.storage.tables import Consensus, Decision, RatingSheet, User
from central.storage.tables.desk import OUTCOMES

LONGEST_REASON: Final = 2_000


@dataclass(frozen=True, slots=True)
class ConsensusView:
    """What the panel agreed on for one criterion; `level` None: no basis to judge."""

    question_id: int
    criterion: str
    level: int | None
    reason: str
    moderator: str
    agreed_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionView:
    """`outcome`: next_stage, hold or reject."""

    outcome: str
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consensus to be."""

    question_id: int
    criterion: str
    level: int | None
    reason: str


async def agree(session: AsyncSession, interview_id: int, new: Agreed, *, actor_id: int) -> None:
    """Write what the panel agreed on, in place of what it agreed on before.

    Raises `Refused`: criterion_unknown 404; rating_level, reason_missing 422; nobody_locked 409 where no
    ratings are locked yet.
    """
    why = _reason(new.reason)
    if not rating.is_level(new.level):
        raise Refused("rating_level", 422, "A rating is a level from 1 to 5, or none.")
    known = ratings.criteria_of(await questions_of(session, interview_id))
    if (new.question_id, new.criterion) not in {(one.question_id, one.criterion) for one in known}:
        raise Refused("criterion_unknown", 404, "The interview has no such criterion to rate.")
    if not await _any_locked(session, interview_id):
        raise Refused("nobody_locked", 409, "A panel agrees after somebody has locked ratings.")
    given = {"level": new.level, "reason": why, "moderator_id": actor_id}
    insert = postgresql.insert(Consensus).values(
        interview_id=interview_id, question_id=new.question_id, criterion=new.criterion, **given
    )
    await session.execute(
        insert.on_conflict_do_update(
            index_elements=["interview_id", "question_id", "criterion"],
            set_={**given, "agreed_at": func.now()},
        )
    )
    _note(session, "consensus.write", interview_id, actor_id, {"question": str(new.question_id)})


async def decide(
    session: AsyncSession, interview_id: int, outcome: str, reason: str, *, actor_id: int
) -> None:
    """Decide what becomes of the candidate. An earlier decision stays, under the new one.

    Raises `Refused`: decision_outcome, reason_missing 422; decision_early 409 before the interview is
    over.
    """
    why = _reason(reason)
    if outcome not in OUTCOMES:
        raise Refused("decision_outcome", 422, "Decide for the next stage, to hold, or to reject.")
    interview = await interviews.locked(session, interview_id)
    if not reveal.may_lock(interview.status):
        raise Refused("decision_early", 409, "It is decided when the interview is over.")
    session.add(
        Decision(interview_id=interview_id, outcome=outcome, reason=why, decided_by=actor_id)
    )
    _note(session, "interview.decide", interview_id, actor_id, {"outcome": outcome})


async def consensus_of(session: AsyncSession, interview_id: int) -> tuple[ConsensusView, ...]:
    """All that was agreed on."""
    query = (
        select(Consensus, User)
        .join(User, User.id == Consensus.moderator_id)
        .where(Consensus.interview_id == interview_id)
        .order_by(Consensus.id)
    )
    return tuple(
        ConsensusView(row.question_id, row.criterion, row.level, row.reason, _name(who),
                      row.agreed_at)
        for row, who in (await session.execute(query)).all()
    )  # fmt: skip


async def decisions_of(session: AsyncSession, interview_id: int) -> tuple[DecisionView, ...]:
    """The newest first: it is the one that stands."""
    query = (
        select(Decision, User)
        .join(User, User.id == Decision.decided_by)
        .where(Decision.interview_id == interview_id)
        .order_by(Decision.id.desc())
    )
    return tuple(
        DecisionView(row.outcome, row.reason, _name(who), row.decided_at)
        for row, who in (await session.execute(query)).all()
    )


async def _any_locked(session: AsyncSession, interview_id: int) -> bool:
    query = select(RatingSheet.id).where(
        RatingSheet.interview_id == interview_id, RatingSheet.locked_at.is_not(None)
    )
    return await session.scalar(query.limit(1)) is not None


def _reason(said: str) -> str:
    why = said.strip()
    if not 1 <= len(why) <= LONGEST_REASON:
        raise Refused("reason_missing", 422, "Give the reason, in at most 2000 characters.")
    return why


def _note(
    session: AsyncSession, action: str, interview_id: int, actor_id: int, detail: dict[str, str]
) -> None:
    """Without the reason: the trail outlives the interview's erasure."""
    audit.write(
        session,
        actor_id=actor_id,
        action=action,
        subject=f"interview:{interview_id}",
        detail=detail,
    )


def _name(who: User) -> str:
    return who.full_name or who.username
