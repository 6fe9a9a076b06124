"""A question that somebody wants asked now: however often it is pressed or sent, it is asked once."""

from __future__ import annotations

import hashlib

from sqlalchemy.ext.asyncio import AsyncSession

from central.bus import subjects
from central.dashboard import actions, refusals
from central.dashboard.actions import FromBank, Planned, Pushed
from central.dashboard.live.port import LiveBus
from central.storage import (
    commands_out,
    interview_questions,
    interviews,
    waiting_questions,
)
from central.storage.commands_out import Sent
from central.storage.interview_questions import TypedQuestion
from central.storage.users import Account


async def push(
    session: AsyncSession,
    bus: LiveBus,
    interview_id: int,
    question: Pushed,
    *,
    actor: Account,
    key: str = "",
) -> Sent:
    """Let the room ask this next; the command that does it, made now or before.

    A question that waits is not added a second time: rooms tell questions apart by their ids, and ask
    each once. `key` is the sender's own name for this press: sent again with the same question, it is
    answered with the same command, even where that was asked meanwhile. Empty: it has none.
    """
    await interviews.locked(session, interview_id)  # of two presses at once the second waits
    once = _once(key, question)
    sent = await commands_out.of_press(session, interview_id, once) if once else None
    if sent is None:
        async with refusals.noted(session, f"interview:{interview_id}", actor):
            row = await interview_questions.one(
                session, interview_id, await _question(session, interview_id, question)
            )
            sent = await commands_out.push(
                session, interview_id, row, actor_id=actor.id, press=once or None
            )
    await session.commit()
    await bus.ring(subjects.command(sent.room_code))
    return sent


async def _question(session: AsyncSession, interview_id: int, question: Pushed) -> int:
    match question:
        case Planned(question_id):
            return question_id
        case FromBank(bank_question_id):
            waiting = await waiting_questions.of_bank(session, interview_id, bank_question_id)
        case TypedQuestion():
            words = interview_questions.tidy(question.text)
            waiting = await waiting_questions.with_words(session, interview_id, words)
    return waiting or await actions.resolve(session, interview_id, question)


def _once(key: str, question: Pushed) -> str:
    """The key with what it was pressed for: a form whose text was changed is another press."""
    if not key:
        return ""
    what = repr(question)
    if isinstance(question, TypedQuestion):
        what = interview_questions.tidy(question.text)
    return hashlib.sha256(f"{key}\0{what}".encode()).hexdigest()
