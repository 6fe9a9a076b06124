"""Postings, and the plan that all of their candidates share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from central.dashboard import ids, plan_actions
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn
from central.storage import postings
from central.storage.postings import LONGEST_ABOUT, LONGEST_NAME, NewPosting, PostingView

STAFF = [roles.allow(*roles.STAFF)]


class MakePosting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A posting. `about`: what it says of the work and of the company; decides the competencies."""

    position: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
    company: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)] | None = None
    about: Annotated[str, msgspec.Meta(max_length=LONGEST_ABOUT)] = ""


class Slot(msgspec.Struct, frozen=True):
    """One main question of the plan. `bank_key`: the reviewed question that stands there."""

    key: str
    kind: str
    category: str
    difficulty: str
    competency: str
    bank_key: str
    follow_ups: int


class Posting(msgspec.Struct, frozen=True):
    """A posting. `slots`: the same for all of its candidates, and never changed."""

    id: str
    position: str
    company: str | None
    about: str
    scheme: str
    prompts: str
    slots: tuple[Slot, ...]
    is_open: bool
    interview_count: int
    created_at: datetime


@post("/postings", guards=STAFF)
async def make(data: JSONBody[MakePosting], session: Session, account: SignedIn) -> Posting:
    """Make one; its competencies and questions are chosen now."""
    new = NewPosting(data.position, data.company, data.about)
    return _posting(await plan_actions.make_posting(session, new, actor=account))


@get("/postings", guards=STAFF)
async def list_postings(session: Session) -> list[Posting]:
    """The newest first."""
    return [_posting(view) for view in await postings.find(session)]


@get("/postings/{posting_id:str}", guards=STAFF)
async def one_posting(posting_id: FromPath[str], session: Session) -> Posting:
    """One posting."""
    return _posting(await postings.get(session, ids.parse(posting_id, "posting")))


@post("/postings/{posting_id:str}/close", guards=STAFF, status_code=200)
async def close(posting_id: FromPath[str], session: Session, account: SignedIn) -> Posting:
    """Offer it no more; its interviews stay."""
    number = ids.parse(posting_id, "posting")
    await plan_actions.close_posting(session, number, actor=account)
    return _posting(await postings.get(session, number))


def _posting(view: PostingView) -> Posting:
    return Posting(
        id=str(view.id),
        position=view.position,
        company=view.company,
        about=view.about,
        scheme=view.scheme,
        prompts=view.prompts,
        slots=tuple(
            Slot(
                key=one.key,
                kind=one.kind,
                category=one.category,
                difficulty=one.difficulty,
                competency=one.competency,
                bank_key=one.bank_key,
                follow_ups=one.follow_ups,
            )
            for one in view.slots
        ),
        is_open=view.is_open,
        interview_count=view.interview_count,
        created_at=view.created_at,
    )


HANDLERS = (make, list_postings, one_posting, close)
