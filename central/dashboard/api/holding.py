"""Holds: an interview that is not erased, whatever its day, until somebody releases it."""

from __future__ import annotations

from datetime import datetime

import msgspec
from litestar import delete, get, put
from litestar.params import FromPath, JSONBody

from central.dashboard import ids
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn
from central.errors import Refused
from central.storage import retention

HOLDERS = (roles.RECRUITER, roles.ADMIN)
PATH = "/interviews/{interview_id:str}/hold"


class Hold(msgspec.Struct, frozen=True):
    """Why, by whom (a username; null: an account that is gone), and since when."""

    interview_id: str
    reason: str
    held_by: str | None
    held_at: datetime


class Holding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """1 to 500 characters. They stay in the audit log when the interview is erased: name the file of the
    matter, not the person.
    """

    reason: str


@put(PATH, guards=[roles.allow(*HOLDERS)])
async def hold(
    interview_id: FromPath[str], data: JSONBody[Holding], session: Session, account: SignedIn
) -> Hold:
    """Keep it until it is released; said again, the reason is another one."""
    number = ids.parse(interview_id, "interview")
    held = await retention.hold(session, number, data.reason, actor_id=account.id)
    await session.commit()
    return _shown(held)


@get(PATH, guards=[roles.allow(*roles.STAFF)])
async def get_hold(interview_id: FromPath[str], session: Session) -> Hold:
    """The hold on an interview."""
    held = await retention.find_hold(session, ids.parse(interview_id, "interview"))
    if held is None:
        raise Refused("interview_not_held", 404, "Nobody holds this interview.")
    return _shown(held)


@delete(PATH, guards=[roles.allow(*HOLDERS)])
async def release(interview_id: FromPath[str], session: Session, account: SignedIn) -> None:
    """From now on its day counts again; where that is over, it is erased within minutes."""
    number = ids.parse(interview_id, "interview")
    await retention.release(session, number, actor_id=account.id)
    await session.commit()


def _shown(held: retention.Hold) -> Hold:
    return Hold(str(held.interview_id), held.reason, held.by, held.at)


HANDLERS = (hold, get_hold, release)
