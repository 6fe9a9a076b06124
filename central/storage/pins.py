"""With what a posting's answers are marked: pinned by the first one, renewed by people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, cast, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.language.planning.prompt_texts import VERSION
from central.storage import audit
from central.storage.tables import (
    EvaluationPin,
    Interview,
    InterviewQuestion,
    PinRenewal,
    Posting,
    User,
)

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Versions:
    """What made marks. `evaluator` None: nothing was marked yet."""

    evaluator: str | None
    versions: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Renewal:
    """Who renewed, when and why; `before`: what counted until then."""

    at: datetime
    by: str
    reason: str
    before: Versions
    prompts: str


@dataclass(frozen=True, slots=True)
class Use:
    """One interview, and what it was really made with. `scheme`: of its total; `prompts`: of each
    question that a model worded.
    """

    interview_id: int
    candidate: str
    status: str
    marked: Versions
    scheme: str | None
    prompts: tuple[str, ...]
    is_present: bool
    """Whether its marks are of the versions that count for the posting now."""


@dataclass(frozen=True, slots=True)
class Pins:
    """`since`: of the first answer that was marked with `present`; None: the next pins. `schemes`: of
    the totals, by stage.
    """

    posting_id: int
    present: Versions
    schemes: Mapping[str, str]
    since: datetime | None
    prompts: str
    newest_prompts: str
    renewals: tuple[Renewal, ...]
    uses: tuple[Use, ...]


async def of_posting(session: AsyncSession, posting_id: int) -> Pins:
    """Raises `Refused` (posting_unknown)."""
    posting = await _posting(session, posting_id)
    pin = await _pin(session, posting_id)
    present = _versions(pin)
    return Pins(
        posting_id=posting_id,
        present=present,
        schemes=await _schemes(session, posting_id),
        since=None if pin is None else pin.created_at,
        prompts=posting.prompts,
        newest_prompts=VERSION,
        renewals=await _renewals(session, posting_id),
        uses=await _uses(session, posting_id, present),
    )


async def renew(session: AsyncSession, posting_id: int, reason: str, *, actor_id: int) -> None:
    """The next answer that is marked pins what it is marked with; questions are worded with the prompts
    of now. Earlier marks stay as they are.

    Raises `Refused`: posting_unknown 404, pins_reason 422.
    """
    why = " ".join(reason.split())
    if not 1 <= len(why) <= LONGEST_REASON:
        raise Refused("pins_reason", 422, "Say in at most 500 characters why they are renewed.")
    posting = await _posting(session, posting_id, locked=True)
    before = _versions(await _pin(session, posting_id))
    schemes = await _schemes(session, posting_id)
    versions = {**before.versions, **{f"stage {stage}": one for stage, one in schemes.items()}}
    session.add(
        PinRenewal(
            posting_id=posting_id,
            reason=why,
            evaluator=before.evaluator,
            versions=versions or None,
            prompts=posting.prompts,
            renewed_by=actor_id,
        )
    )
    here = (EvaluationPin.scope == _scope(posting_id)) | _of_stages(posting_id)
    await session.execute(delete(EvaluationPin).where(here))
    posting.prompts = VERSION
    audit.write(
        session,
        actor_id=actor_id,
        action="posting.renew_pins",
        subject=f"posting:{posting_id}",
        detail={"reason": why, "evaluator": before.evaluator, "versions": versions},
    )
    await session.flush()


def _scope(posting_id: int) -> str:
    return f"posting:{posting_id}"


def _of_stages(posting_id: int) -> ColumnElement[bool]:
    return EvaluationPin.scope.startswith(f"{_scope(posting_id)}:stage:", autoescape=True)


async def _schemes(session: AsyncSession, posting_id: int) -> dict[str, str]:
    query = select(EvaluationPin).where(_of_stages(posting_id)).order_by(EvaluationPin.scope)
    return {
        row.scope.rpartition(":")[2]: row.evaluator for row in (await session.scalars(query)).all()
    }


def _versions(pin: EvaluationPin | PinRenewal | None) -> Versions:
    return Versions(None, {}) if pin is None else Versions(pin.evaluator, pin.versions or {})


async def _posting(session: AsyncSession, posting_id: int, *, locked: bool = False) -> Posting:
    row = await session.get(Posting, posting_id, with_for_update=locked)
    if row is None:
        raise Refused("posting_unknown", 404, "There is no posting with this id.")
    return row


async def _pin(session: AsyncSession, posting_id: int) -> EvaluationPin | None:
    query = select(EvaluationPin).where(EvaluationPin.scope == _scope(posting_id))
    return (await session.scalars(query)).one_or_none()


async def _renewals(session: AsyncSession, posting_id: int) -> tuple[Renewal, ...]:
    query = (
        select(PinRenewal, User)
        .outerjoin(User, User.id == PinRenewal.renewed_by)
        .where(PinRenewal.posting_id == posting_id)
        .order_by(PinRenewal.id.desc())
    )
    return tuple(
        Renewal(row.renewed_at, _name(who), row.reason, _versions(row), row.prompts)
        for row, who in (await session.execute(query)).all()
    )


async def _uses(session: AsyncSession, posting_id: int, present: Versions) -> tuple[Use, ...]:
    worded = (
        select(
            InterviewQuestion.interview_id,
            func.array_agg(func.distinct(InterviewQuestion.made["prompts"].astext)).label(
                "prompts"
            ),
        )
        .where(InterviewQuestion.source == "generated")
        .group_by(InterviewQuestion.interview_id)
        .subquery()
    )
    query = (
        select(Interview, User, EvaluationPin, worded.c.prompts)
        .join(User, User.id == Interview.candidate_id)
        .outerjoin(
            EvaluationPin,
            EvaluationPin.scope == func.concat("interview:", cast(Interview.id, String)),
        )
        .outerjoin(worded, worded.c.interview_id == Interview.id)
        .where(Interview.posting_id == posting_id)
        .order_by(Interview.id)
    )
    found = []
    for interview, who, pin, prompts in (await session.execute(query)).all():
        marked = _versions(pin)
        found.append(
            Use(
                interview_id=interview.id,
                candidate=_name(who),
                status=interview.status,
                marked=marked,
                scheme=interview.overall_scheme,
                prompts=tuple(sorted(filter(None, prompts or ()))),
                is_present=marked.evaluator is not None and marked == present,
            )
        )
    return tuple(found)


def _name(who: User | None) -> str:
    return "" if who is None else who.full_name or who.username
