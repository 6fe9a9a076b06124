"""Steering an interview. Each answer is 202: the room does it and says so by itself."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from central.dashboard import actions, calls, ids, pushing
from central.dashboard.api import access, shapes
from central.dashboard.api.questions import PushedQuestion, wanted_of
from central.dashboard.auth import roles
from central.dashboard.wants import Profiles, PublicUrl, Session, SignedIn, ToRooms


class Start(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the interview shall take place."""

    room: str


Turn = Annotated[str, QueryParameter(max_length=ids.LONGEST_TURN)]
STAFF = [roles.allow(*roles.STAFF)]


@post("/interviews/{interview_id:str}/start", guards=STAFF, status_code=202)
async def start(  # noqa: PLR0917 - Litestar gives them by name
    interview_id: FromPath[str],
    data: JSONBody[Start],
    session: Session,
    bus: ToRooms,
    policies: Profiles,
    public_url: PublicUrl,
    account: SignedIn,
) -> shapes.Command:
    """Give the interview to a room."""
    number = ids.parse(interview_id, "interview")
    sent = await actions.start(
        session, bus, number, data.room, policies=policies, actor=account, public_url=public_url
    )
    return shapes.command(sent)


@post("/interviews/{interview_id:str}/push", guards=STAFF, status_code=202)
async def push(
    interview_id: FromPath[str],
    data: JSONBody[PushedQuestion],
    session: Session,
    bus: ToRooms,
    account: SignedIn,
) -> shapes.Command:
    """Let the room ask this question next. Asked again with the same `key`, it is the same command."""
    number = ids.parse(interview_id, "interview")
    wanted = wanted_of(data)
    sent = await pushing.push(session, bus, number, wanted, actor=account, key=data.key)
    return shapes.command(sent)


@post("/interviews/{interview_id:str}/skip", guards=STAFF, status_code=202)
async def skip(
    interview_id: FromPath[str],
    session: Session,
    bus: ToRooms,
    account: SignedIn,
    turn: FromQuery[Turn] = "",
) -> shapes.Command:
    """End the present answer and go on. With `turn`, the turn_id that its readings say, a room that has
    gone on meanwhile refuses: the next question is not skipped by mistake.
    """
    number = ids.parse(interview_id, "interview")
    sent = await actions.skip(session, bus, number, turn, actor=account)
    return shapes.command(sent)


@post("/interviews/{interview_id:str}/disturbed", guards=STAFF, status_code=202)
async def disturbed(
    interview_id: FromPath[str], session: Session, bus: ToRooms, account: SignedIn
) -> shapes.Command:
    """Noise spoiled the present answer: it goes unscored, and the candidate may answer again, once."""
    number = ids.parse(interview_id, "interview")
    return shapes.command(await calls.mark_disturbed(session, bus, number, actor=account))


@post("/interviews/{interview_id:str}/admit", guards=STAFF, status_code=202)
async def admit(
    interview_id: FromPath[str], session: Session, bus: ToRooms, account: SignedIn
) -> shapes.Command:
    """Let the candidate in without their code."""
    number = ids.parse(interview_id, "interview")
    return shapes.command(await actions.admit(session, bus, number, actor=account))


@post("/interviews/{interview_id:str}/complete", guards=STAFF, status_code=202)
async def complete(
    interview_id: FromPath[str], session: Session, bus: ToRooms, account: SignedIn
) -> shapes.Command:
    """End the interview; the report follows by itself."""
    number = ids.parse(interview_id, "interview")
    return shapes.command(await actions.end(session, bus, number, actor=account))


@post("/interviews/{interview_id:str}/cancel", guards=STAFF, status_code=200)
async def cancel(
    interview_id: FromPath[str], session: Session, bus: ToRooms, account: SignedIn
) -> shapes.Interview:
    """Cancel an interview that has not begun."""
    await actions.cancel(session, bus, ids.parse(interview_id, "interview"), actor=account)
    return shapes.interview(await access.visible(session, account, interview_id))


HANDLERS = (start, push, skip, disturbed, admit, complete, cancel)
