"""What people do: one transaction each, then the doorbell and the live event. For pages and the API.

Every function commits. What a person may not do raises `Refused` and leaves nothing behind, but for the
audit entry of a question that nobody may ask.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from central.bus import subjects
from central.bus.events import InterviewChanged, NoticeSent
from central.dashboard import refusals
from central.dashboard.live.port import LiveBus
from central.errors import Refused
from central.interview.commands import CalibrateStep
from central.language import asking, schemes
from central.policy import Policies
from central.storage import (
    audit,
    commands_out,
    interview_questions,
    interviews,
    live_rooms,
    notes,
    postings,
    quarantine_views,
    room_checks,
    structured,
)
from central.storage.commands_out import Sent
from central.storage.interview_questions import TypedQuestion
from central.storage.interviews import NewInterview
from central.storage.turn_views import Line
from central.storage.users import Account

LONGEST_NOTICE = 200


@dataclass(frozen=True, slots=True)
class FromBank:
    """A question of the bank, by its id there."""

    bank_question_id: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A question that the interview has already."""

    question_id: int


Pushed = TypedQuestion | FromBank | Planned


async def schedule(
    session: AsyncSession, new: NewInterview, *, questions: int, actor: Account
) -> int:
    """Plan an interview with this many questions of the bank (0: none yet), or with all of its
    posting's; returns its id. Raises `Refused` (stage_unknown).
    """
    schemes.chosen(new.stage)
    posting = None if new.posting_id is None else await postings.get(session, new.posting_id)
    if posting is not None:
        new = replace(new, position=posting.position, company=posting.company)
    interview_id = await interviews.create(session, new, actor_id=actor.id)
    if posting is not None:
        await structured.add(session, interview_id, posting, language=new.language)
    elif questions:
        await interview_questions.add_chosen(
            session,
            interview_id,
            position=new.position,
            language=new.language,
            count=questions,
        )
    await session.commit()
    return interview_id


async def add_question(
    session: AsyncSession, interview_id: int, question: TypedQuestion | FromBank, *, actor: Account
) -> int:
    """Add a question to the plan of a scheduled interview; returns its id. Raises `Refused`
    (interview_not_scheduled) where the plan is with a room already: push it instead.
    """
    interview = await interviews.locked(session, interview_id)
    if interview.status != "scheduled":
        raise Refused(
            "interview_not_scheduled", 409, f"The interview is {interview.status}; push it instead."
        )
    async with refusals.noted(session, f"interview:{interview_id}", actor):
        question_id = await resolve(session, interview_id, question)
    _note(session, actor, "question.add", interview_id, question_id)
    await session.commit()
    return question_id


async def resolve(session: AsyncSession, interview_id: int, question: Pushed) -> int:
    """The question's id in this interview, to whose plan it is added where it is new."""
    match question:
        case Planned(question_id):
            return question_id
        case FromBank(bank_question_id):
            row = await interview_questions.add_from_bank(session, interview_id, bank_question_id)
            return row.id
        case TypedQuestion():
            row = await interview_questions.add_typed(session, interview_id, question)
            return row.id


async def start(
    session: AsyncSession,
    bus: LiveBus,
    interview_id: int,
    room_code: str,
    *,
    policies: Policies,
    actor: Account,
    public_url: str = "",
) -> Sent:
    """Give the interview to a room, under today's policy. It is live when the room says so."""
    async with refusals.noted(session, f"interview:{interview_id}", actor):
        sent = await commands_out.start(
            session,
            interview_id,
            room_code,
            policies=policies,
            actor_id=actor.id,
            public_url=public_url,
        )
    return await _send(session, bus, sent)


async def skip(
    session: AsyncSession, bus: LiveBus, interview_id: int, turn_id: str, *, actor: Account
) -> Sent:
    """End the present answer; where `turn_id` is not empty, the room does it in that turn alone."""
    reason = f"skipped by {actor.username}"
    sent = await commands_out.skip(
        session, interview_id, reason, turn_id=turn_id, actor_id=actor.id
    )
    return await _send(session, bus, sent)


async def calibrate(
    session: AsyncSession, bus: LiveBus, interview_id: int, step: CalibrateStep, *, actor: Account
) -> Sent:
    """Offer the calibration between two questions, show its points, or leave it."""
    sent = await commands_out.calibrate(session, interview_id, step, actor_id=actor.id)
    return await _send(session, bus, sent)


async def admit(session: AsyncSession, bus: LiveBus, interview_id: int, *, actor: Account) -> Sent:
    """Let the candidate in without a code."""
    sent = await commands_out.admit(session, interview_id, actor_id=actor.id)
    return await _send(session, bus, sent)


async def end(session: AsyncSession, bus: LiveBus, interview_id: int, *, actor: Account) -> Sent:
    """End the interview; it is completed when the room says so."""
    reason = f"ended by {actor.username}"
    sent = await commands_out.end(session, interview_id, reason, actor_id=actor.id)
    return await _send(session, bus, sent)


async def check_room(
    session: AsyncSession, bus: LiveBus, room_code: str, *, actor: Account
) -> None:
    """Let an idle room say known sentences and hear them."""
    await room_checks.ask(session, room_code, actor_id=actor.id)
    await session.commit()
    await bus.ring(subjects.command(room_code))


async def cancel(session: AsyncSession, bus: LiveBus, interview_id: int, *, actor: Account) -> None:
    """Cancel a scheduled interview."""
    reason = f"cancelled by {actor.username}"
    view = await interviews.get(session, interview_id)
    sent = await commands_out.cancel(session, interview_id, reason, actor_id=actor.id)
    await session.commit()
    if sent is not None:
        await bus.ring(subjects.command(sent.room_code))
    if view is not None and view.room_code is not None:
        await bus.publish(InterviewChanged(view.room_code, str(interview_id), "cancelled"))


async def add_note(session: AsyncSession, interview_id: int, text: str, *, actor: Account) -> Line:
    """Add a line by the interviewer to the transcript."""
    line = await notes.add(session, interview_id, text)
    _note(session, actor, "transcript.add", interview_id, line.id)
    await session.commit()
    return line


async def tell_candidate(
    session: AsyncSession, bus: LiveBus, room_code: str, text: str, *, actor: Account
) -> None:
    """Show a sentence on the room's kiosk. It may be lost where the room is away."""
    said = " ".join(text.split())
    if not 1 <= len(said) <= LONGEST_NOTICE:
        raise Refused("notice_text", 422, "A notice has between 1 and 200 characters.")
    if not await live_rooms.exists(session, room_code):
        raise Refused("room_unknown", 404, "There is no room with this code.")
    async with refusals.noted(session, f"room:{room_code}", actor):
        asking.check_notice(said)
    audit.write(
        session,
        actor_id=actor.id,
        action="room.notice",
        subject=f"room:{room_code}",
        detail={"text": said},
    )
    await session.commit()
    await bus.publish(NoticeSent(room_code, said))


async def take_payload(session: AsyncSession, record_id: int, *, actor: Account) -> bytes:
    """What a refused record held, as it came; it is written down who took it."""
    payload = await quarantine_views.payload_of(session, record_id)
    if payload is None:
        raise Refused("record_unknown", 404, "There is no record with this id.")
    _note_record(session, actor, "quarantine.download", f"quarantine:{record_id}")
    await session.commit()
    return payload


async def review_record(session: AsyncSession, record_id: int, *, actor: Account) -> str:
    """Somebody looked at a refused record; its room's code."""
    room = await quarantine_views.review(session, record_id, actor_id=actor.id)
    if room is None:
        raise Refused("record_unknown", 404, "There is no record with this id.")
    _note_record(session, actor, "quarantine.review", f"quarantine:{record_id}")
    await session.commit()
    return room


async def review_room(session: AsyncSession, room_code: str, up_to: int, *, actor: Account) -> int:
    """Somebody looked at all refused records of a room up to this one; how many there were."""
    count = await quarantine_views.review_room(session, room_code, up_to, actor_id=actor.id)
    if count is None:
        raise Refused("room_unknown", 404, "There is no room with this code.")
    _note_record(session, actor, "quarantine.review", f"room:{room_code}")
    await session.commit()
    return count


async def _send(session: AsyncSession, bus: LiveBus, sent: Sent) -> Sent:
    await session.commit()
    await bus.ring(subjects.command(sent.room_code))
    return sent


def _note(session: AsyncSession, actor: Account, action: str, interview_id: int, what: int) -> None:
    audit.write(
        session,
        actor_id=actor.id,
        action=action,
        subject=f"interview:{interview_id}",
        detail={"id": str(what)},
    )


def _note_record(session: AsyncSession, actor: Account, action: str, subject: str) -> None:
    audit.write(session, actor_id=actor.id, action=action, subject=subject)
