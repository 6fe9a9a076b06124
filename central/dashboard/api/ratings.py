"""Ratings by people: saved one by one, locked once, seen by others after that."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get, post, put
from litestar.params import FromPath, JSONBody

from central.dashboard import desk, ids
from central.dashboard.auth import roles
from central.dashboard.desk import Desk
from central.dashboard.wants import Reveal, Session, SignedIn
from central.storage.ratings import RatingView, SheetView, Wanted

STAFF = [roles.allow(*roles.STAFF)]


class NewRating(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`level` 1 to 5, or null: no basis to judge. `seq` is the sender's own count of its writes (or its
    clock in milliseconds): of two writes the one with the higher stands, whichever comes later.
    """

    question_id: str
    criterion: str
    level: Annotated[int, msgspec.Meta(ge=1, le=5)] | None
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]


class Rating(msgspec.Struct, frozen=True):
    """A rating that stands."""

    question_id: str
    criterion: str
    level: int | None
    seq: int


class Sheet(msgspec.Struct, frozen=True):
    """One person's ratings. `independent`: made without other judgements in view."""

    interviewer_id: str
    interviewer: str
    independent: bool
    locked_at: datetime | None
    ratings: tuple[Rating, ...]


class Ratings(msgspec.Struct, frozen=True):
    """One's own ratings (null: none yet) and those of others. `others_sealed`: they are shown when one's
    own are locked; `marks_sealed`: so are a machine's marks.
    """

    own: Sheet | None
    others: tuple[Sheet, ...]
    others_sealed: bool
    marks_sealed: bool


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why."""

    reason: str


@get("/interviews/{interview_id:str}/ratings", guards=STAFF)
async def get_ratings(
    interview_id: FromPath[str], session: Session, account: SignedIn, reveal: Reveal
) -> Ratings:
    """One's own ratings, and those of others once one's own are locked."""
    number = ids.parse(interview_id, "interview")
    return _ratings(await desk.look(session, number, account, reveal))


@put("/interviews/{interview_id:str}/ratings", guards=STAFF)
async def put_rating(
    interview_id: FromPath[str],
    data: JSONBody[NewRating],
    session: Session,
    account: SignedIn,
    reveal: Reveal,
) -> Rating:
    """Rate one criterion of one question. The answer is the rating that stands."""
    number = ids.parse(interview_id, "interview")
    question = ids.parse(data.question_id, "criterion")
    new = Wanted(question, data.criterion, data.level, data.seq)
    return _rating(await desk.rate(session, number, new, actor=account, rule=reveal))


@post("/interviews/{interview_id:str}/ratings/lock", guards=STAFF, status_code=200)
async def lock_ratings(
    interview_id: FromPath[str], session: Session, account: SignedIn, reveal: Reveal
) -> Ratings:
    """Lock one's own ratings for good, and see those of others and a machine's marks from then on."""
    number = ids.parse(interview_id, "interview")
    await desk.lock(session, number, actor=account)
    return _ratings(await desk.look(session, number, account, reveal))


@post(
    "/interviews/{interview_id:str}/ratings/{interviewer_id:str}/unlock",
    guards=[roles.allow(roles.ADMIN)],
    status_code=204,
)
async def unlock_ratings(
    interview_id: FromPath[str],
    interviewer_id: FromPath[str],
    data: JSONBody[Reason],
    session: Session,
    account: SignedIn,
) -> None:
    """Let an interviewer change their locked ratings, for a reason; it is written down."""
    number = ids.parse(interview_id, "interview")
    whose = ids.parse(interviewer_id, "interviewer")
    await desk.unlock(session, number, whose, data.reason, actor=account)


def _ratings(found: Desk) -> Ratings:
    return Ratings(
        own=None if found.own is None else _sheet(found.own),
        others=tuple(map(_sheet, found.others)),
        others_sealed=found.others_sealed,
        marks_sealed=found.marks_sealed,
    )


def _sheet(view: SheetView) -> Sheet:
    return Sheet(
        interviewer_id=str(view.interviewer_id),
        interviewer=view.interviewer,
        independent=view.independent,
        locked_at=view.locked_at,
        ratings=tuple(map(_rating, view.ratings)),
    )


def _rating(view: RatingView) -> Rating:
    return Rating(str(view.question_id), view.criterion, view.level, view.seq)


HANDLERS = (get_ratings, put_rating, lock_ratings, unlock_ratings)
