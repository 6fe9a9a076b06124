"""Calibrations of the gaze: kept as rooms report them, and as people ask for them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.interview import facts
from central.storage.pool import Connection
from central.storage.tables import CalibrationRow, Interview, Room, RoomCommand

KIND = "calibrate_gaze"
"""Of the commands that steer one."""


@dataclass(frozen=True, slots=True)
class CalibrationView:
    """One that is over. `offered_by` None: the interview's plan offered it."""

    id: int
    interview_id: int
    offered_by: int | None
    outcome: str
    error_deg: float | None
    attempts: int
    parameters: dict[str, float] | None
    points: tuple[facts.CalibrationPoint, ...]
    neutral: dict[str, Any] | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class OfferView:
    """One that a person asked for. `state` of the command: open, done, refused, expired or unknown;
    `withdrawn`: it was skipped after that, by a person.
    """

    id: int
    room_code: str
    interview_id: int
    state: str
    detail: str | None
    created_at: datetime
    withdrawn: bool
    newest: bool


async def keep(
    conn: Connection,
    interview_id: int,
    made: facts.Calibration,
    offered_by: int | None,
    made_at: datetime,
) -> bool:
    """Stores how one ended; False where it is stored already (a room says it again after a restart)."""
    cursor = await conn.execute(
        "insert into calibrations (interview_id, offered_by, outcome, error_deg, attempts,"
        " parameters, points, neutral, made_at)"
        " values (%s, (select id from room_commands where id = %s and interview_id = %s),"
        "  %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (interview_id, offered_by) do nothing",
        (
            interview_id, offered_by, interview_id, made.outcome, made.error_deg, made.attempts,
            None if made.parameters is None else Jsonb(made.parameters),
            Jsonb([asdict(one) for one in made.points]),
            None if made.neutral is None else Jsonb(made.neutral), made_at,
        ),
    )  # fmt: skip
    return cursor.rowcount > 0


async def of_interview(session: AsyncSession, interview_id: int) -> tuple[CalibrationView, ...]:
    """All of an interview, the oldest first."""
    query = (
        select(CalibrationRow)
        .where(CalibrationRow.interview_id == interview_id)
        .order_by(CalibrationRow.id)
    )
    return tuple(_view(row) for row in (await session.scalars(query)).all())


def in_use(found: tuple[CalibrationView, ...]) -> CalibrationView | None:
    """The one that gaze is computed with: the last that gave a gaze, else the last. None without any."""
    good = [one for one in found if one.outcome == "calibrated"]
    return (good or found or (None,))[-1]


async def offer(session: AsyncSession, room_code: str, command_id: int) -> OfferView | None:
    """What a person asked of this room under this id; None where nobody did."""
    query = (
        select(RoomCommand, Room.code)
        .join(Room, Room.id == RoomCommand.room_id)
        .where(RoomCommand.kind == KIND, Room.code == room_code)
        .where(RoomCommand.id >= command_id)
        .order_by(RoomCommand.id)
    )
    rows = [(row, code) for row, code in (await session.execute(query)).all()]
    if not rows or rows[0][0].id != command_id or rows[0][0].body.get("step") != "offer":
        return None
    row, code = rows[0]
    later = [one for one, _ in rows[1:] if one.interview_id == row.interview_id]
    offers = [one for one in later if one.body.get("step") == "offer" and one.state != "refused"]
    skips = [one for one in later if one.body.get("step") == "skip" and one.state == "done"]
    return OfferView(
        id=row.id,
        room_code=code,
        interview_id=row.interview_id or 0,
        state=row.state,
        detail=row.detail,
        created_at=row.created_at,
        withdrawn=bool(skips),
        newest=not offers,
    )


async def live_interview(session: AsyncSession, room_code: str) -> int | None:
    """The interview that a room holds; None where it holds none."""
    query = (
        select(Interview.id)
        .join(Room, Room.id == Interview.room_id)
        .where(Room.code == room_code, Interview.status == "live")
        .order_by(Interview.id.desc())
        .limit(1)
    )
    found: int | None = await session.scalar(query)
    return found


async def newest_offer(session: AsyncSession, interview_id: int) -> int | None:
    """The id of the last one that a person asked for in this interview, whatever came of it."""
    query = (
        select(RoomCommand.id)
        .where(RoomCommand.interview_id == interview_id, RoomCommand.kind == KIND)
        .where(RoomCommand.body["step"].astext == "offer")
        .order_by(RoomCommand.id.desc())
        .limit(1)
    )
    found: int | None = await session.scalar(query)
    return found


def _view(row: CalibrationRow) -> CalibrationView:
    return CalibrationView(
        id=row.id,
        interview_id=row.interview_id,
        offered_by=row.offered_by,
        outcome=row.outcome,
        error_deg=row.error_deg,
        attempts=row.attempts,
        parameters=row.parameters,
        points=tuple(facts.CalibrationPoint(**one) for one in row.points),
        neutral=row.neutral,
        made_at=row.made_at,
    )
