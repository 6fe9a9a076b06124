"""Commands from people to rooms: a row each, with the audit entry, in the caller's transaction. The
caller rings `subjects.command(room)` after the commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.interview.commands import (
    AdmitCandidate,
    CalibrateGaze,
    CalibrateStep,
    CommandBody,
    EndInterview,
    MarkDisturbed,
    PushQuestion,
    SkipQuestion,
    StartInterview,
)
from central.policy import Policies
from central.storage import audit, interviews, receipts
from central.storage.plans_out import plan_of, planned
from central.storage.retention import site_day
from central.storage.tables import Interview, InterviewQuestion, Room, RoomCommand

START_FOR: Final = timedelta(minutes=10)
STEER_FOR: Final = timedelta(minutes=2)
END_FOR: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Sent:
    """A command that is on its way, and the room whose doorbell to ring."""

    command_id: int
    room_code: str
    kind: str
    interview_id: int


async def start(
    session: AsyncSession,
    interview_id: int,
    room_code: str,
    *,
    policies: Policies,
    actor_id: int | None,
    public_url: str = "",
) -> Sent:
    """Give the interview to a room. It keeps the policy that its profile has now. `public_url`: where
    candidates find their receipts; empty: nowhere.

    Raises `Refused`: interview_unknown, room_unknown, interview_not_scheduled,
    interview_has_no_questions, policy_unknown, room_busy.
    """
    room = await locked_room(session, room_code)
    interview = await interviews.locked(session, interview_id)
    if interview.status != "scheduled":
        raise Refused(
            "interview_not_scheduled", 409, f"The interview is {interview.status} already."
        )
    await refuse_if_busy(session, room, interview)
    policy = policies.named(interview.policy_profile)
    today = site_day(datetime.now(UTC))
    receipt = receipts.given(interview, policy, public_url, today)
    plan = await plan_of(session, interview, policy, receipt)
    interview.room_id, interview.policy = room.id, msgspec.to_builtins(policy)
    body = StartInterview(plan)
    return await _insert(session, interview, room, body, lasts=START_FOR, actor_id=actor_id)


async def push(
    session: AsyncSession,
    interview_id: int,
    question: InterviewQuestion,
    *,
    actor_id: int | None,
    press: str | None = None,
) -> Sent:
    """Let the room ask this question next. `press`: what `of_press` finds it by.

    Raises `Refused`: interview_unknown, interview_not_live.
    """
    interview, room = await _live(session, interview_id)
    return await _insert(
        session,
        interview,
        room,
        PushQuestion(planned(question, typed=interview.typed_answers)),
        lasts=STEER_FOR,
        actor_id=actor_id,
        press=press,
    )


async def of_press(session: AsyncSession, interview_id: int, press: str) -> Sent | None:
    """The command that this press made; None where it made none."""
    query = (
        select(RoomCommand, Room.code)
        .join(Room, Room.id == RoomCommand.room_id)
        .where(RoomCommand.interview_id == interview_id, RoomCommand.press == press)
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    row, code = found
    return Sent(row.id, code, row.kind, interview_id)


async def skip(
    session: AsyncSession, interview_id: int, reason: str, *, turn_id: str, actor_id: int | None
) -> Sent:
    """End the answer that is going on and ask the next question; of this turn alone, where one is named.

    Raises `Refused`: interview_unknown, interview_not_live.
    """
    interview, room = await _live(session, interview_id)
    body = SkipQuestion(reason, turn_id)
    return await _insert(session, interview, room, body, lasts=STEER_FOR, actor_id=actor_id)


async def mark_disturbed(session: AsyncSession, interview_id: int, *, actor_id: int | None) -> Sent:
    """Noise spoiled the answer that is open: the candidate may answer again.

    Raises `Refused`: interview_unknown, interview_not_live.
    """
    interview, room = await _live(session, interview_id)
    body = MarkDisturbed("noise")
    return await _insert(session, interview, room, body, lasts=STEER_FOR, actor_id=actor_id)


async def calibrate(
    session: AsyncSession, interview_id: int, step: CalibrateStep, *, actor_id: int | None
) -> Sent:
    """Offer the calibration of the gaze between two questions, show its points, or leave it.

    Raises `Refused`: interview_unknown, interview_not_live.
    """
    interview, room = await _live(session, interview_id)
    return await _insert(
        session, interview, room, CalibrateGaze(step), lasts=STEER_FOR, actor_id=actor_id
    )


async def admit(session: AsyncSession, interview_id: int, *, actor_id: int | None) -> Sent:
    """Let the candidate in without a code.

    Raises `Refused`: interview_unknown, interview_not_live, already_checked_in.
    """
    interview, room = await _live(session, interview_id)
    if interview.checked_in_at is not None:
        raise Refused("already_checked_in", 409, "The candidate has checked in already.")
    return await _insert(
        session, interview, room, AdmitCandidate(), lasts=STEER_FOR, actor_id=actor_id
    )


async def end(
    session: AsyncSession, interview_id: int, reason: str, *, actor_id: int | None
) -> Sent:
    """End the interview after what is being said now is kept.

    Raises `Refused`: interview_unknown, interview_not_live.
    """
    interview, room = await _live(session, interview_id)
    return await _insert(
        session, interview, room, EndInterview(reason), lasts=END_FOR, actor_id=actor_id
    )


async def cancel(
    session: AsyncSession, interview_id: int, reason: str, *, actor_id: int | None
) -> Sent | None:
    """Cancel a scheduled interview. Where a room was told to begin already, it is told to end too.

    Raises `Refused`: interview_unknown, interview_not_scheduled.
    """
    interview = await interviews.locked(session, interview_id)
    if interview.status != "scheduled":
        raise Refused(
            "interview_not_scheduled", 409, f"The interview is {interview.status}; end it instead."
        )
    interview.status = "cancelled"
    interview.end_reason = reason
    audit.write(
        session,
        actor_id=actor_id,
        action="interview.cancel",
        subject=f"interview:{interview_id}",
        detail={"reason": reason},
    )
    told = await _withdraw_start(session, interview_id)
    room = None if interview.room_id is None else await session.get(Room, interview.room_id)
    if room is None or not told:
        return None
    return await _insert(
        session, interview, room, EndInterview(reason), lasts=END_FOR, actor_id=actor_id
    )


async def locked_room(session: AsyncSession, code: str) -> Room:
    """Raises `Refused` (room_unknown)."""
    here = (Room.code == code, Room.is_active, Room.kind == "room")
    query = select(Room).where(*here).with_for_update()
    room = (await session.scalars(query)).one_or_none()
    if room is None:
        raise Refused("room_unknown", 404, "There is no active room with this code.")
    return room


async def refuse_if_busy(
    session: AsyncSession, room: Room, interview: Interview | None = None
) -> None:
    """Raises `Refused` (room_busy) where an interview is on in it, or about to begin."""
    own = RoomCommand.room_id == room.id
    if interview is not None:
        own |= RoomCommand.interview_id == interview.id
    live = select(Interview.id).where(Interview.room_id == room.id, Interview.status == "live")
    starting = select(RoomCommand.id).where(
        RoomCommand.kind == "start_interview",
        RoomCommand.state == "open",
        RoomCommand.expires_at > datetime.now(UTC),
        own,
    )
    if await session.scalar(live.limit(1)) or await session.scalar(starting.limit(1)):
        raise Refused("room_busy", 409, "The room has an interview already; end it first.")


async def _live(session: AsyncSession, interview_id: int) -> tuple[Interview, Room]:
    interview = await interviews.locked(session, interview_id)
    if interview.status != "live" or interview.room_id is None:
        raise Refused("interview_not_live", 409, f"The interview is {interview.status}, not live.")
    return interview, await session.get_one(Room, interview.room_id)


async def _withdraw_start(session: AsyncSession, interview_id: int) -> bool:
    query = (
        update(RoomCommand)
        .where(
            RoomCommand.interview_id == interview_id,
            RoomCommand.kind == "start_interview",
            RoomCommand.state == "open",
        )
        .values(state="expired", detail="cancelled", resolved_at=datetime.now(UTC))
        .returning(RoomCommand.id)
    )
    return (await session.scalars(query)).first() is not None


async def _insert(
    session: AsyncSession,
    interview: Interview,
    room: Room,
    body: CommandBody,
    *,
    lasts: timedelta,
    actor_id: int | None,
    press: str | None = None,
) -> Sent:
    document = msgspec.to_builtins(body)
    kind = str(document["type"])
    row = RoomCommand(
        room_id=room.id,
        interview_id=interview.id,
        kind=kind,
        body=document,
        issued_by=actor_id,
        expires_at=datetime.now(UTC) + lasts,
        press=press,
    )
    session.add(row)
    await session.flush()
    audit.write(
        session,
        actor_id=actor_id,
        action=f"command.{kind}",
        subject=f"interview:{interview.id}",
        detail={"room": room.code, "command": str(row.id)},
    )
    return Sent(row.id, room.code, kind, interview.id)
