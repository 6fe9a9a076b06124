"""With what a posting's answers are marked, renewed by people, and which interviews had what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from central.dashboard import ids, plan_actions
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn
from central.storage import pins
from central.storage.pins import LONGEST_REASON, Pins

PLANNERS = [roles.allow(roles.RECRUITER, roles.ADMIN)]


class RenewPins(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why they are renewed."""

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_REASON)]


class Made(msgspec.Struct, frozen=True):
    """An evaluator with its versions; null: nothing was marked yet."""

    evaluator: str | None
    versions: dict[str, Any]


class Renewal(msgspec.Struct, frozen=True):
    """`before`: what counted until then."""

    at: datetime
    by: str
    reason: str
    before: Made
    prompts: str


class Use(msgspec.Struct, frozen=True):
    """One interview: what its marks were made with, the scheme of its total, and the prompts that its
    questions were worded with. `is_present`: whether its marks are of the versions that count now.
    """

    interview_id: str
    candidate: str
    status: str
    marked: Made
    scheme: str | None
    prompts: tuple[str, ...]
    is_present: bool


class PostingPins(msgspec.Struct, frozen=True):
    """`since` null: the next answer that is marked pins what it is marked with. `schemes`: of totals,
    by stage.
    """

    posting_id: str
    present: Made
    schemes: dict[str, str]
    since: datetime | None
    prompts: str
    newest_prompts: str
    renewals: tuple[Renewal, ...]
    interviews: tuple[Use, ...]


@get("/postings/{posting_id:str}/pins", guards=PLANNERS)
async def get_pins(posting_id: FromPath[str], session: Session) -> PostingPins:
    """What counts for a posting, what counted before, and what each interview had."""
    return _pins(await pins.of_posting(session, ids.parse(posting_id, "posting")))


@post("/postings/{posting_id:str}/pins/renew", guards=PLANNERS, status_code=200)
async def renew_pins(
    posting_id: FromPath[str], data: JSONBody[RenewPins], session: Session, account: SignedIn
) -> PostingPins:
    """The next answer that is marked pins what it is marked with. Earlier marks stay."""
    number = ids.parse(posting_id, "posting")
    return _pins(await plan_actions.renew_pins(session, number, data.reason, actor=account))


def _pins(found: Pins) -> PostingPins:
    return PostingPins(
        posting_id=str(found.posting_id),
        present=_made(found.present),
        schemes=dict(found.schemes),
        since=found.since,
        prompts=found.prompts,
        newest_prompts=found.newest_prompts,
        renewals=tuple(
            Renewal(one.at, one.by, one.reason, _made(one.before), one.prompts)
            for one in found.renewals
        ),
        interviews=tuple(
            Use(
                interview_id=str(one.interview_id),
                candidate=one.candidate,
                status=one.status,
                marked=_made(one.marked),
                scheme=one.scheme,
                prompts=one.prompts,
                is_present=one.is_present,
            )
            for one in found.uses
        ),
    )


def _made(found: pins.Versions) -> Made:
    return Made(found.evaluator, dict(found.versions))


HANDLERS = (get_pins, renew_pins)
