"""The rooms as they are right now, for the wall of rooms and for one room's live page.

What changes ten times a second (phase, level, head) is not in here: it arrives by WebSocket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.health.faults import LOCKED, fault_of
from central.storage import help_calls, interviews, series
from central.storage.help_calls import HelpView
from central.storage.interview_questions import QuestionView, questions_of
from central.storage.interviews import InterviewView
from central.storage.series import Window
from central.storage.tables import Agent, Interview, Quarantine, Room, RoomCommand, Turn
from central.storage.turn_views import Line, TurnView, lines_of, turns_of

LATEST_COMMANDS = 20


@dataclass(frozen=True, slots=True)
class CurrentInterview:
    """The interview that a room holds or is about to begin. `position` counts from 1 and is 0 before
    the first question; a room may ask more than `count` when questions are pushed.
    """

    id: int
    candidate_name: str
    position_title: str
    language: str
    status: str
    position: int
    count: int
    checked_in: bool


@dataclass(frozen=True, slots=True)
class RoomCard:
    """One tile. `health` is the agent's last heartbeat (`frames_captured`, `fps`, ...), {} before any;
    `faults` are the room's own English sentences; `locked`: it takes no more codes, and the candidate
    waits for staff to let them in.
    """

    id: int
    code: str
    name: str
    connected: bool
    last_seen: datetime | None
    agent_version: str
    capabilities: dict[str, Any]
    health: dict[str, Any]
    faults: tuple[str, ...]
    interview: CurrentInterview | None
    quarantined: int
    locked: bool = False
    help: HelpView | None = None
    """Somebody in it calls a person, or was answered just now."""


@dataclass(frozen=True, slots=True)
class CommandView:
    """One command to the room. `state`: open, done, expired, refused or unknown."""

    id: int
    kind: str
    state: str
    detail: str | None
    created_at: datetime
    expires_at: datetime
    resolved_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoomDetail:
    """Everything the live page shows before its WebSocket opens. `lines` is the whole transcript,
    `turns` the same by question with marks; `windows` the last two minutes, oldest first.
    """

    card: RoomCard
    interview: InterviewView | None
    questions: tuple[QuestionView, ...]
    turns: tuple[TurnView, ...]
    lines: tuple[Line, ...]
    windows: tuple[Window, ...]
    commands: tuple[CommandView, ...]
    previous: InterviewView | None = None
    """The interview that this room completed last: its report is what people look for next."""

    @property
    def open_commands(self) -> tuple[CommandView, ...]:
        """Those the room has not answered yet."""
        return tuple(command for command in self.commands if command.state == "open")


async def list_rooms(session: AsyncSession) -> tuple[RoomCard, ...]:
    """All active rooms that somebody can sit in, by name."""
    there = select(Room).where(Room.is_active, Room.kind == "room")
    rooms = (await session.scalars(there.order_by(Room.name, Room.id))).all()
    agents = await _agents(session)
    current = await current_interviews(session, [room.id for room in rooms])
    quarantined = await _quarantined(session)
    calls = await help_calls.newest(session, [room.id for room in rooms])
    return tuple(
        replace(
            _card(room, agents.get(room.id), current.get(room.id), quarantined.get(room.id, 0)),
            help=calls.get(room.id),
        )
        for room in rooms
    )


async def room(session: AsyncSession, code: str) -> RoomDetail | None:
    """One room in full, or None where there is none with this code."""
    found = (await session.scalars(select(Room).where(Room.code == code))).one_or_none()
    if found is None:
        return None
    current = (await current_interviews(session, [found.id])).get(found.id)
    agent = (await _agents(session, found.id)).get(found.id)
    card = _card(found, agent, current, (await _quarantined(session)).get(found.id, 0))
    card = replace(card, help=(await help_calls.newest(session, [found.id])).get(found.id))
    commands = await _commands(session, found.id)
    done = await interviews.find(session, status="completed", room_code=code, limit=1)
    previous = done[0] if done else None
    if current is None:
        return RoomDetail(card, None, (), (), (), (), commands, previous)
    return RoomDetail(
        card=card,
        interview=await interviews.get(session, current.id),
        questions=await questions_of(session, current.id),
        turns=await turns_of(session, current.id),
        lines=await lines_of(session, current.id),
        windows=await series.recent_windows(session, current.id),
        commands=commands,
        previous=previous,
    )


async def current_interviews(
    session: AsyncSession, room_ids: Sequence[int]
) -> dict[int, CurrentInterview]:
    """The live interview of each of these rooms, else the one it has been told to begin."""
    starting = select(RoomCommand.interview_id).where(
        RoomCommand.room_id.in_(room_ids),
        RoomCommand.state == "open",
        RoomCommand.kind == "start_interview",
    )
    query = (
        select(Interview.room_id, Interview.id)
        .where(
            Interview.room_id.in_(room_ids),
            (Interview.status == "live")
            | ((Interview.status == "scheduled") & Interview.id.in_(starting)),
        )
        .order_by(Interview.status == "live", Interview.id)
    )
    # Of several in one room the last row stays: the live one before a starting one, then the newest.
    chosen = {row[0]: row[1] for row in (await session.execute(query)).all()}
    found = await _current(session, tuple(chosen.values()))
    return {room: found[one] for room, one in chosen.items() if room is not None}


async def _current(
    session: AsyncSession, interview_ids: Sequence[int]
) -> dict[int, CurrentInterview]:
    if not interview_ids:
        return {}
    turns = (
        select(Turn.interview_id, func.count())
        .where(Turn.interview_id.in_(interview_ids))
        .group_by(Turn.interview_id)
    )
    asked = {row[0]: row[1] for row in (await session.execute(turns)).all()}
    views = await interviews.find(session, ids=interview_ids, limit=len(interview_ids))
    return {
        view.id: CurrentInterview(
            id=view.id,
            candidate_name=view.candidate_name,
            position_title=view.position,
            language=view.language,
            status=view.status,
            position=asked.get(view.id, 0),
            count=view.question_count,
            checked_in=view.checked_in_at is not None,
        )
        for view in views
    }


async def _agents(session: AsyncSession, room_id: int | None = None) -> dict[int, Agent]:
    """The agent that speaks for each room: a connected one first, else the last seen."""
    query = select(Agent).where(Agent.revoked_at.is_(None))
    if room_id is not None:
        query = query.where(Agent.room_id == room_id)
    query = query.order_by(Agent.connected, Agent.last_seen.asc().nulls_first(), Agent.id)
    return {agent.room_id: agent for agent in (await session.scalars(query)).all()}


async def _quarantined(session: AsyncSession) -> dict[int, int]:
    query = (
        select(Quarantine.room_id, func.count())
        .where(Quarantine.reviewed_at.is_(None))
        .group_by(Quarantine.room_id)
    )
    return {row[0]: row[1] for row in (await session.execute(query)).all()}


async def _commands(session: AsyncSession, room_id: int) -> tuple[CommandView, ...]:
    query = (
        select(RoomCommand)
        .where(RoomCommand.room_id == room_id)
        .order_by(RoomCommand.id.desc())
        .limit(LATEST_COMMANDS)
    )
    return tuple(command_view(row) for row in (await session.scalars(query)).all())


def command_view(row: RoomCommand) -> CommandView:
    """A command row as a value."""
    return CommandView(
        id=row.id,
        kind=row.kind,
        state=row.state,
        detail=row.detail,
        created_at=row.created_at,
        expires_at=row.expires_at,
        resolved_at=row.resolved_at,
    )


def _card(
    found: Room, agent: Agent | None, current: CurrentInterview | None, quarantined: int
) -> RoomCard:
    health = {} if agent is None else agent.health
    told = [str(fault) for fault in health.get("faults", ())]
    faults = tuple(line for line in told if fault_of(line).code != LOCKED)
    waits = current is not None and not current.checked_in
    return RoomCard(
        id=found.id,
        code=found.code,
        name=found.name,
        connected=agent is not None and agent.connected,
        last_seen=None if agent is None else agent.last_seen,
        agent_version="" if agent is None else agent.version,
        capabilities={} if agent is None else agent.capabilities,
        health=health,
        faults=faults,
        interview=current,
        quarantined=quarantined,
        locked=waits and len(faults) < len(told),
    )


async def exists(session: AsyncSession, code: str) -> bool:
    """Whether there is an active room with this code."""
    found = await session.scalar(select(Room.id).where(Room.code == code, Room.is_active))
    return found is not None
