"""Erasing an interview, for admins, after its number was typed; and holding it, so that nothing does:
both on its report.
"""

from __future__ import annotations

import msgspec
from litestar import post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from central.dashboard import ids
from central.dashboard.api.erasing import confirmed
from central.dashboard.api.holding import HOLDERS
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn
from central.storage import erasure, retention


class EraseForm(msgspec.Struct, frozen=True):
    """As `report.html` sends it."""

    confirm: str = ""


@post("/interviews/{interview_id:str}/erase", guards=[roles.allow(roles.ADMIN)])
async def erase_page(
    interview_id: FromPath[str],
    session: Session,
    account: SignedIn,
    data: URLEncodedBody[EraseForm],
) -> Redirect:
    """Erase it, and go back to the list, where it is no longer."""
    await erasure.erase(session, confirmed(interview_id, data.confirm), actor_id=account.id)
    await session.commit()
    return Redirect("/interviews", status_code=303)


class HoldForm(msgspec.Struct, frozen=True):
    """As `report.html` sends it."""

    reason: str = ""


@post("/interviews/{interview_id:str}/hold", guards=[roles.allow(*HOLDERS)])
async def hold_page(
    interview_id: FromPath[str],
    session: Session,
    account: SignedIn,
    data: URLEncodedBody[HoldForm],
) -> Redirect:
    """Hold it, and show the report again."""
    number = ids.parse(interview_id, "interview")
    await retention.hold(session, number, data.reason, actor_id=account.id)
    await session.commit()
    return Redirect(f"/interviews/{number}/report", status_code=303)


@post("/interviews/{interview_id:str}/release", guards=[roles.allow(*HOLDERS)])
async def release_page(
    interview_id: FromPath[str], session: Session, account: SignedIn
) -> Redirect:
    """Release it, and show the report again."""
    number = ids.parse(interview_id, "interview")
    await retention.release(session, number, actor_id=account.id)
    await session.commit()
    return Redirect(f"/interviews/{number}/report", status_code=303)


HANDLERS = (erase_page, hold_page, release_page)
