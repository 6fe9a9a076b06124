"""What people judge: one transaction each, for pages and API. Every function that writes commits."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.interview import reveal
from central.interview.rating import Rateable
from central.interview.reveal import Rule, Standing
from central.storage import interview_questions, interviews, markers, ratings
from central.storage.interview_questions import QuestionView
from central.storage.interviews import InterviewView
from central.storage.markers import MarkerView, NewMarker
from central.storage.ratings import RatingView, SheetView, Wanted
from central.storage.users import Account


@dataclass(frozen=True, slots=True)
class Desk:
    """What one person sees of an interview's ratings. `others` is empty while `others_sealed`: then it
    is not even said who has rated.
    """

    person_id: int
    interview: InterviewView
    questions: tuple[QuestionView, ...]
    own: SheetView | None
    others: tuple[SheetView, ...]
    markers: tuple[MarkerView, ...]
    """In the order of their time; those of others only where their ratings are shown."""
    standing: Standing
    marks_sealed: bool
    others_sealed: bool
    independent: bool
    """Whether this person's ratings are made without other judgements in view."""
    moderates: bool

    @property
    def criteria(self) -> tuple[Rateable, ...]:
        """All that can be rated."""
        return ratings.criteria_of(self.questions)

    def criteria_of(self, question: QuestionView) -> tuple[Rateable, ...]:
        """What there is to rate in one question."""
        return ratings.criteria_of([question])

    def given(self, question: QuestionView) -> tuple[RatingView | None, ...]:
        """The ratings of these, in their order; None: not yet."""
        wanted = self.criteria_of(question)
        return tuple(
            self.own.level(one.question_id, one.criterion) if self.own else None for one in wanted
        )

    @property
    def last_seq(self) -> int:
        """The newest write that is known of this person."""
        rated = [one.seq for one in self.own.ratings] if self.own else []
        marked = [one.seq for one in self.own_markers]
        return max((*rated, *marked), default=0)

    @property
    def own_markers(self) -> tuple[MarkerView, ...]:
        """This person's."""
        return tuple(one for one in self.markers if one.author_id == self.person_id)


async def look(session: AsyncSession, interview_id: int, account: Account, rule: Rule) -> Desk:
    """The desk as this person may see it.

    Raises `Refused` (interview_unknown).
    """
    interview = await interviews.get(session, interview_id)
    if interview is None:
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    sheets = await ratings.sheets_of(session, interview_id)
    own = next((one for one in sheets if one.interviewer_id == account.id), None)
    standing = Standing() if own is None else own.standing
    sealed = reveal.others_sealed(account.role, standing)
    marked = await markers.of_interview(session, interview_id)
    others = tuple(one for one in sheets if one is not own)
    return Desk(
        person_id=account.id,
        interview=interview,
        questions=await interview_questions.questions_of(session, interview_id),
        own=own,
        others=() if sealed else others,
        markers=tuple(one for one in marked if not sealed or one.author_id == account.id),
        standing=standing,
        marks_sealed=reveal.marks_sealed(rule, account.role, standing),
        others_sealed=sealed,
        independent=own.independent if own else reveal.independent(rule, account.role),
        moderates=reveal.may_moderate(
            account.role, standing, created=interview.created_by == account.id
        ),
    )


async def rate(
    session: AsyncSession, interview_id: int, new: Wanted, *, actor: Account, rule: Rule
) -> RatingView:
    """Keep a rating; returns the one that stands, which is a newer one where this came late."""
    independent = reveal.independent(rule, actor.role)
    kept = await ratings.save(session, interview_id, actor.id, new, independent=independent)
    await session.commit()
    return kept


async def mark(
    session: AsyncSession, interview_id: int, new: NewMarker, *, actor: Account
) -> MarkerView:
    """Keep a marker or a note; returns what stands."""
    kept = await markers.save(session, interview_id, actor.id, new)
    await session.commit()
    return kept


async def lock(session: AsyncSession, interview_id: int, *, actor: Account) -> None:
    """Lock one's own ratings."""
    await ratings.lock(session, interview_id, actor.id)
    await session.commit()


async def unlock(
    session: AsyncSession, interview_id: int, interviewer_id: int, reason: str, *, actor: Account
) -> None:
    """Open somebody's ratings again; for administrators."""
    await ratings.unlock(session, interview_id, interviewer_id, reason, actor_id=actor.id)
    await session.commit()
