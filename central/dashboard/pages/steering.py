"""What an interviewer tells a room: start, push a question, skip, end, and a word to the candidate."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Router, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import actions, calibrating, calls, ids, pushing
from central.dashboard.auth import roles
from central.dashboard.pages.session import inside
from central.dashboard.wants import Profiles, PublicUrl, RightNow, Session, SignedIn, ToRooms
from central.errors import Refused
from central.interview.commands import CalibrateStep
from central.storage import live_rooms
from central.storage.interview_questions import TypedQuestion


class StartForm(msgspec.Struct, frozen=True):
    """Which interview in which room."""

    interview: str = ""
    room: str = ""


class TextForm(msgspec.Struct, frozen=True):
    """One sentence."""

    text: str = ""
    key: str = ""
    """Of the form as it was made: pressed twice, it is one press."""


class SkipForm(msgspec.Struct, frozen=True):
    """The turn that the page shows; empty: it knows of none yet."""

    turn: Annotated[str, msgspec.Meta(max_length=ids.LONGEST_TURN)] = ""


class CalibrateForm(msgspec.Struct, frozen=True):
    """Offer the calibration, begin it or leave it."""

    step: CalibrateStep


class BankForm(msgspec.Struct, frozen=True):
    """A question of the bank."""

    question: str = ""
    key: str = ""


Guards: Any = [roles.allow(*roles.STAFF)]


@post("/start", guards=Guards)
async def start(
    *,
    session: Session,
    bus: ToRooms,
    policies: Profiles,
    public_url: PublicUrl,
    account: SignedIn,
    data: URLEncodedBody[StartForm],
) -> Redirect:
    """Give a scheduled interview to a room, and show that room."""
    interview_id = ids.parse(data.interview, "interview")
    sent = await actions.start(
        session,
        bus,
        interview_id,
        data.room,
        policies=policies,
        actor=account,
        public_url=public_url,
    )
    return _back(sent.room_code, "started")


@post("/rooms/{code:str}/push", guards=Guards)
async def push(
    code: FromPath[str],
    session: Session,
    bus: ToRooms,
    account: SignedIn,
    data: URLEncodedBody[TextForm],
) -> Redirect:
    """Let the room ask this sentence next."""
    typed = TypedQuestion(text=data.text)
    live = await _live(session, code)
    await pushing.push(session, bus, live, typed, actor=account, key=data.key)
    return _back(code, "pushed")


@post("/rooms/{code:str}/push-bank", guards=Guards)
async def push_bank(
    code: FromPath[str],
    session: Session,
    bus: ToRooms,
    account: SignedIn,
    data: URLEncodedBody[BankForm],
) -> Redirect:
    """Let the room ask this question of the bank next."""
    question = actions.FromBank(ids.parse(data.question, "question"))
    live = await _live(session, code)
    await pushing.push(session, bus, live, question, actor=account, key=data.key)
    return _back(code, "pushed")


@post("/rooms/{code:str}/skip", guards=Guards)
async def skip(
    code: FromPath[str],
    session: Session,
    bus: ToRooms,
    account: SignedIn,
    data: URLEncodedBody[SkipForm],
) -> Redirect:
    """End the answer that the page showed."""
    live = await _live(session, code)
    await actions.skip(session, bus, live, data.turn, actor=account)
    return _back(code, "skipped")


@post("/rooms/{code:str}/disturbed", guards=Guards)
async def disturbed(
    code: FromPath[str], session: Session, bus: ToRooms, account: SignedIn
) -> Redirect:
    """Noise spoiled the present answer."""
    await calls.mark_disturbed(session, bus, await _live(session, code), actor=account)
    return _back(code, "disturbed")


@post("/rooms/{code:str}/admit", guards=Guards)
async def admit(code: FromPath[str], session: Session, bus: ToRooms, account: SignedIn) -> Redirect:
    """Let the candidate in without their code."""
    await actions.admit(session, bus, await _live(session, code), actor=account)
    return _back(code, "admitted")


@post("/rooms/{code:str}/calibrate", guards=Guards)
async def calibrate(
    code: FromPath[str],
    *,
    session: Session,
    bus: ToRooms,
    hub: RightNow,
    account: SignedIn,
    data: URLEncodedBody[CalibrateForm],
) -> Redirect:
    """Offer the calibration of the gaze, show its points, or leave it."""
    calibrating.refuse_unfit(data.step, hub.now(code))
    await actions.calibrate(session, bus, await _live(session, code), data.step, actor=account)
    return _back(code, "calibrate")


@post("/rooms/{code:str}/end", guards=Guards)
async def end(code: FromPath[str], session: Session, bus: ToRooms, account: SignedIn) -> Redirect:
    """End the interview."""
    await actions.end(session, bus, await _live(session, code), actor=account)
    return _back(code, "ended")


@post("/rooms/{code:str}/tell", guards=Guards)
async def tell(
    code: FromPath[str],
    session: Session,
    bus: ToRooms,
    account: SignedIn,
    data: URLEncodedBody[TextForm],
) -> Redirect:
    """Show a sentence on the kiosk."""
    await actions.tell_candidate(session, bus, code, data.text, actor=account)
    return _back(code, "told")


@post("/rooms/{code:str}/help/{call:str}", guards=Guards)
async def help_answered(
    code: FromPath[str], call: FromPath[str], session: Session, bus: ToRooms, account: SignedIn
) -> Redirect:
    """Somebody is on their way to the candidate who called."""
    await calls.answer(session, bus, code, ids.parse(call, "call"), actor=account)
    return _back(code, "coming")


async def _live(session: AsyncSession, code: str) -> int:
    detail = await live_rooms.room(session, code)
    if detail is None:
        raise Refused("room_unknown", 404, "There is no room with this code.")
    if detail.interview is None:
        raise Refused("interview_not_live", 409, "No interview is live in this room.")
    return detail.interview.id


def _back(code: str, done: str) -> Redirect:
    return Redirect(inside(f"/rooms/{code}") + f"?done={done}", status_code=303)


router = Router(
    "/",
    route_handlers=[
        start,
        push,
        push_bank,
        skip,
        disturbed,
        admit,
        calibrate,
        end,
        tell,
        help_answered,
    ],
    include_in_schema=False,
)
