"""The button that erases an interview: for admins, on its report, after its number was typed."""

from __future__ import annotations

import msgspec
from litestar import post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from central.dashboard.api.erasing import confirmed
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn
from central.storage import erasure


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
