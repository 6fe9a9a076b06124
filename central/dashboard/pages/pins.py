"""With what a posting's answers are marked: seen and renewed by who plans."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import i18n, ids, plan_actions, problems
from central.dashboard.auth import roles
from central.dashboard.pages import words
from central.dashboard.wants import Session, SignedIn
from central.errors import Refused
from central.storage import pins, postings
from central.storage.pins import LONGEST_REASON

AnyRequest = Request[Any, Any, Any]
PLANNERS = [roles.allow(roles.RECRUITER, roles.ADMIN)]


class ReasonForm(msgspec.Struct, frozen=True):
    """As `pins.html` sends it."""

    reason: str = ""


@get("/postings/{posting_id:str}/pins", guards=PLANNERS)
async def pins_page(request: AnyRequest, posting_id: FromPath[str], session: Session) -> Template:
    """What counts, what counted before, and what each interview had."""
    number = ids.parse(posting_id, "posting")
    return await _page(session, number, done=request.query_params.get("done", ""))


@post("/postings/{posting_id:str}/pins", guards=PLANNERS)
async def renew(
    request: AnyRequest,
    posting_id: FromPath[str],
    session: Session,
    account: SignedIn,
    data: URLEncodedBody[ReasonForm],
) -> Response[Any]:
    """Renew them, or say what is missing in the form."""
    number = ids.parse(posting_id, "posting")
    try:
        await plan_actions.renew_pins(session, number, data.reason, actor=account)
    except Refused as refused:
        await session.rollback()
        said = problems.localised(problems.of(refused), i18n.language_of(request))
        return await _page(session, number, problem=said, status=refused.status)
    return Redirect(f"/postings/{number}/pins?done=renewed", status_code=303)


async def _page(
    session: AsyncSession, number: int, *, problem: str = "", status: int = 200, done: str = ""
) -> Template:
    context = {
        "page": "postings",
        "posting": await postings.get(session, number),
        "pins": await pins.of_posting(session, number),
        "longest": LONGEST_REASON,
        "problem": problem,
        "done": words.DONE.get(done),
    }
    return Template("pins.html", context=context, status_code=status)


router = Router("/", route_handlers=[pins_page, renew], include_in_schema=False)
