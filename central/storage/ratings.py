"""What people rated: saved as it is clicked, locked once, and never overwritten by what came late."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.interview import rating, reveal
from central.interview.rating import Rateable
from central.interview.reveal import Standing
from central.storage import audit, interviews
from central.storage.interview_questions import QuestionView, questions_of
from central.storage.tables import Rating, RatingSheet, User

LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class RatingView:
    """One criterion of one question; `level` None: no basis to judge."""

    question_id: int
    criterion: str
    level: int | None
    seq: int


@dataclass(frozen=True, slots=True)
class SheetView:
    """One person's ratings. `independent`: made without other judgements in view."""

    interviewer_id: int
    interviewer: str
    role: str
    independent: bool
    locked_at: datetime | None
    unlocked_at: datetime | None
    unlock_reason: str
    ratings: tuple[RatingView, ...]

    @property
    def standing(self) -> Standing:
        """As the rules of who sees what ask for it."""
        return Standing(begun=True, locked=self.locked_at is not None)

    def level(self, question_id: int, criterion: str) -> RatingView | None:
        """The rating of this criterion; None where it is not rated."""
        for one in self.ratings:
            if (one.question_id, one.criterion) == (question_id, criterion):
                return one
        return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rating to be. `seq` grows with each write of the browser that sends it."""

    question_id: int
    criterion: str
    level: int | None
    seq: int


async def save(
    session: AsyncSession, interview_id: int, interviewer_id: int, new: Wanted, *, independent: bool
) -> RatingView:
    """Keep a rating, unless a newer one is there; returns the one that stands. Once more is no harm.

    Raises `Refused`: interview_unknown, criterion_unknown 404; rating_level 422; ratings_locked 409.
    """
    if not rating.is_level(new.level) or not 0 < new.seq <= rating.MOST_SEQ:
        raise Refused("rating_level", 422, "A rating is a level from 1 to 5, or none.")
    await _check(session, interview_id, new)
    sheet = await _begun(session, interview_id, interviewer_id, independent=independent)
    if sheet.locked_at is not None:
        raise Refused("ratings_locked", 409, "Your ratings are locked and change no more.")
    insert = postgresql.insert(Rating).values(
        interview_id=interview_id,
        sheet_id=sheet.id,
        question_id=new.question_id,
        criterion=new.criterion,
        level=new.level,
        seq=new.seq,
    )
    await session.execute(
        insert.on_conflict_do_update(
            index_elements=["sheet_id", "question_id", "criterion"],
            set_={"level": new.level, "seq": new.seq, "rated_at": func.now()},
            where=Rating.seq < new.seq,
        )
    )
    query = select(Rating).where(
        Rating.sheet_id == sheet.id,
        Rating.question_id == new.question_id,
        Rating.criterion == new.criterion,
    )
    return _rating((await session.scalars(query)).one())


async def lock(session: AsyncSession, interview_id: int, interviewer_id: int) -> None:
    """The ratings change no more.

    Raises `Refused`: interview_not_over 409; ratings_missing 409 where a criterion of a question that
    was asked is not rated; ratings_locked 409.
    """
    interview = await interviews.locked(session, interview_id)
    if not reveal.may_lock(interview.status):
        raise Refused("interview_not_over", 409, "Ratings are locked when the interview is over.")
    sheet = await _sheet(session, interview_id, interviewer_id, locked=True)
    if sheet is not None and sheet.locked_at is not None:
        raise Refused("ratings_locked", 409, "Your ratings are locked and change no more.")
    query = select(Rating.question_id, Rating.criterion).where(
        Rating.sheet_id == (None if sheet is None else sheet.id)
    )
    rated = [(row[0], row[1]) for row in (await session.execute(query)).all()]
    left = rating.unrated(await asked(session, interview_id), rated)
    if sheet is None or left:
        raise Refused("ratings_missing", 409, f"Rate everything first: {len(left)} left.")
    sheet.locked_at = await session.scalar(select(func.now()))
    _note(session, "ratings.lock", interview_id, interviewer_id, actor_id=interviewer_id)
    await session.flush()


async def unlock(
    session: AsyncSession, interview_id: int, interviewer_id: int, reason: str, *, actor_id: int
) -> None:
    """Let somebody change their locked ratings; they are independent no more.

    Raises `Refused`: unlock_reason 422, sheet_not_locked 409.
    """
    why = " ".join(reason.split())
    if not 1 <= len(why) <= LONGEST_REASON:
        raise Refused("unlock_reason", 422, "Say in at most 500 characters why it is unlocked.")
    sheet = await _sheet(session, interview_id, interviewer_id, locked=True)
    if sheet is None or sheet.locked_at is None:
        raise Refused("sheet_not_locked", 409, "These ratings are not locked.")
    sheet.locked_at, sheet.independent = None, False
    sheet.unlocked_at = await session.scalar(select(func.now()))
    sheet.unlocked_by, sheet.unlock_reason = actor_id, why
    _note(session, "ratings.unlock", interview_id, interviewer_id, actor_id=actor_id)
    await session.flush()


async def sheets_of(session: AsyncSession, interview_id: int) -> tuple[SheetView, ...]:
    """Everybody's ratings of an interview. Who may see them is `central.interview.reveal`'s to say."""
    query = (
        select(RatingSheet, User)
        .join(User, User.id == RatingSheet.interviewer_id)
        .where(RatingSheet.interview_id == interview_id)
        .order_by(RatingSheet.created_at, RatingSheet.id)
    )
    rows = (await session.execute(query)).all()
    rated = select(Rating).where(Rating.interview_id == interview_id).order_by(Rating.id)
    given: dict[int, list[RatingView]] = {}
    for row in (await session.scalars(rated)).all():
        given.setdefault(row.sheet_id, []).append(_rating(row))
    return tuple(_view(sheet, who, tuple(given.get(sheet.id, ()))) for sheet, who in rows)


async def standing(session: AsyncSession, interview_id: int, person_id: int) -> Standing:
    """How far somebody is with their ratings."""
    sheet = await _sheet(session, interview_id, person_id)
    return Standing() if sheet is None else Standing(True, sheet.locked_at is not None)


async def locked_among(
    session: AsyncSession, interview_ids: Collection[int], person_id: int
) -> frozenset[int]:
    """Of these interviews, those whose ratings this person has locked."""
    query = select(RatingSheet.interview_id).where(
        RatingSheet.interviewer_id == person_id,
        RatingSheet.locked_at.is_not(None),
        RatingSheet.interview_id.in_(interview_ids),
    )
    return frozenset((await session.scalars(query)).all())


async def asked(session: AsyncSession, interview_id: int) -> tuple[Rateable, ...]:
    """The criteria of all questions that were asked."""
    return criteria_of(
        [one for one in await questions_of(session, interview_id) if one.turn_id is not None]
    )


def criteria_of(questions: Collection[QuestionView]) -> tuple[Rateable, ...]:
    """What there is to rate in these questions: the answer to a follow-up belongs to the question that
    it follows, for people as for a machine.
    """
    return tuple(
        one
        for each in questions
        if each.follow_up_of is None
        for one in rating.rateable(each.id, each.rubric)
    )


async def _check(session: AsyncSession, interview_id: int, new: Wanted) -> None:
    if await interviews.get(session, interview_id) is None:
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    known = criteria_of(await questions_of(session, interview_id))
    if (new.question_id, new.criterion) not in {(one.question_id, one.criterion) for one in known}:
        raise Refused("criterion_unknown", 404, "The interview has no such criterion to rate.")


async def _begun(
    session: AsyncSession, interview_id: int, interviewer_id: int, *, independent: bool
) -> RatingSheet:
    """The sheet, made where there is none; locked until the transaction ends, so that no rating slips in
    beside its locking.
    """
    await session.execute(
        postgresql.insert(RatingSheet)
        .values(interview_id=interview_id, interviewer_id=interviewer_id, independent=independent)
        .on_conflict_do_nothing()
    )
    found = await _sheet(session, interview_id, interviewer_id, locked=True)
    assert found is not None
    return found


async def _sheet(
    session: AsyncSession, interview_id: int, interviewer_id: int, *, locked: bool = False
) -> RatingSheet | None:
    query = select(RatingSheet).where(
        RatingSheet.interview_id == interview_id, RatingSheet.interviewer_id == interviewer_id
    )
    if locked:
        query = query.with_for_update()
    return (await session.scalars(query)).one_or_none()


def _note(
    session: AsyncSession, action: str, interview_id: int, whose: int, *, actor_id: int
) -> None:
    """Who and whose, never what was rated or why: the trail outlives the interview's erasure."""
    audit.write(
        session,
        actor_id=actor_id,
        action=action,
        subject=f"interview:{interview_id}",
        detail={"interviewer": str(whose)},
    )


def _rating(row: Rating) -> RatingView:
    return RatingView(row.question_id, row.criterion, row.level, row.seq)


def _view(sheet: RatingSheet, who: User, given: tuple[RatingView, ...]) -> SheetView:
    return SheetView(
        interviewer_id=who.id,
        interviewer=who.full_name or who.username,
        role=who.role,
        independent=sheet.independent,
        locked_at=sheet.locked_at,
        unlocked_at=sheet.unlocked_at,
        unlock_reason=sheet.unlock_reason,
        ratings=given,
    )
