"""What people do with postings and plans: one transaction each. For pages and the API, as `actions`."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import refusals
from central.dashboard.actions import FromBank
from central.language import schemes
from central.storage import audit, pins, plan_edits, postings
from central.storage.interview_questions import TypedQuestion
from central.storage.pins import Pins
from central.storage.postings import NewPosting, PostingView
from central.storage.users import Account


async def make_posting(session: AsyncSession, new: NewPosting, *, actor: Account) -> PostingView:
    """Choose its plan and keep it."""
    posting_id = await postings.create(session, new, actor_id=actor.id)
    await session.commit()
    return await postings.get(session, posting_id)


async def close_posting(session: AsyncSession, posting_id: int, *, actor: Account) -> None:
    """Offer it no more."""
    await postings.close(session, posting_id, actor_id=actor.id)
    await session.commit()


async def renew_pins(
    session: AsyncSession, posting_id: int, reason: str, *, actor: Account
) -> Pins:
    """Let its answers be marked with other versions from now on."""
    await pins.renew(session, posting_id, reason, actor_id=actor.id)
    await session.commit()
    return await pins.of_posting(session, posting_id)


async def replace_question(
    session: AsyncSession,
    interview_id: int,
    question_id: int,
    by: TypedQuestion | FromBank,
    *,
    actor: Account,
) -> None:
    """Another question in its place, while no room has the plan."""
    async with refusals.noted(session, f"interview:{interview_id}", actor):
        match by:
            case FromBank(bank_question_id):
                await plan_edits.replace_from_bank(
                    session, interview_id, question_id, bank_question_id
                )
            case TypedQuestion(text=text):
                await plan_edits.replace_typed(session, interview_id, question_id, text)
    _note(session, actor, "question.replace", interview_id, question_id)
    await session.commit()


async def remove_question(
    session: AsyncSession, interview_id: int, question_id: int, *, actor: Account
) -> None:
    """Ask it not, while no room has the plan."""
    await plan_edits.remove(session, interview_id, question_id)
    _note(session, actor, "question.remove", interview_id, question_id)
    await session.commit()


async def set_stage(
    session: AsyncSession, interview_id: int, stage: int, *, actor: Account
) -> None:
    """Another stage, and so another scheme of its total, while no room has the plan."""
    before = await plan_edits.set_stage(session, interview_id, schemes.chosen(stage))
    audit.write(
        session,
        actor_id=actor.id,
        action="interview.stage",
        subject=f"interview:{interview_id}",
        detail={"from": before, "to": stage},
    )
    await session.commit()


def _note(session: AsyncSession, actor: Account, action: str, interview: int, what: int) -> None:
    audit.write(
        session,
        actor_id=actor.id,
        action=action,
        subject=f"interview:{interview}",
        detail={"id": str(what)},
    )
