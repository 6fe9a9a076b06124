"""Postings: a form for a new one, and the plan that each of them has."""

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
from central.storage import postings
from central.storage.postings import LONGEST_ABOUT, LONGEST_NAME, NewPosting

AnyRequest = Request[Any, Any, Any]


class PostingForm(msgspec.Struct, frozen=True):
    """As `postings.html` sends it."""

    position: str = ""
    company: str = ""
    about: str = ""


@get("/postings", guards=[roles.allow(*roles.STAFF)])
async def listing(request: AnyRequest, session: Session) -> Template:
    """Every posting, the newest first."""
    return await _page(session, PostingForm(), done=request.query_params.get("done", ""))


@post("/postings", guards=[roles.allow(*roles.STAFF)])
async def make(
    request: AnyRequest, session: Session, account: SignedIn, data: URLEncodedBody[PostingForm]
) -> Response[Any]:
    """Make it, or say what is wrong in the form."""
    try:
        new = NewPosting(data.position, data.company, data.about)
        await plan_actions.make_posting(session, new, actor=account)
    except Refused as refused:
        await session.rollback()
        said = problems.localised(problems.of(refused), i18n.language_of(request))
        return await _page(session, data, problem=said, status=refused.status)
    return Redirect("/postings?done=posted", status_code=303)


@post("/postings/{posting_id:str}/close", guards=[roles.allow(*roles.STAFF)])
async def close(posting_id: FromPath[str], session: Session, account: SignedIn) -> Redirect:
    """Offer it no more."""
    await plan_actions.close_posting(session, ids.parse(posting_id, "posting"), actor=account)
    return Redirect("/postings?done=closed", status_code=303)


async def _page(
    session: AsyncSession,
    form: PostingForm,
    *,
    problem: str = "",
    status: int = 200,
    done: str = "",
) -> Template:
    context = {
        "page": "postings",
        "form": form,
        "problem": problem,
        "found": await postings.find(session),
        "longest": {"name": LONGEST_NAME, "about": LONGEST_ABOUT},
        "done": words.DONE.get(done),
    }
    return Template("postings.html", context=context, status_code=status)


router = Router("/", route_handlers=[listing, make, close], include_in_schema=False)
