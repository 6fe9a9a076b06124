"""One's own password: in place of the one that somebody made, or of the one so far."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from central.dashboard import i18n, problems
from central.dashboard.auth import browser, roles
from central.dashboard.pages.session import home_of
from central.dashboard.wants import Gate, RightNow
from central.errors import Refused

AnyRequest = Request[Any, Any, Any]


class PasswordForm(msgspec.Struct, frozen=True):
    """As `password.html` sends it."""

    login: str = ""
    password: str = ""
    chosen: str = ""
    again: str = ""


@get("/password", guards=[roles.public])
async def page(request: AnyRequest, login: FromQuery[str] = "") -> Template:
    """The form; `login` says who was sent here because their password was made for them."""
    account = request.scope.get("user")
    return _form(login or (account.username if account else ""), is_initial=bool(login))


@post("/password", guards=[roles.public])
async def choose(
    request: AnyRequest, logins: Gate, hub: RightNow, data: URLEncodedBody[PasswordForm]
) -> Response[Any]:
    """Put it in place of the present one and sign in; everywhere else one is signed out."""
    address = request.client.host if request.client else ""
    try:
        chosen = _twice(data)
        account = await logins.log_in(data.login, data.password, address=address, chosen=chosen)
    except Refused as refused:
        words = problems.localised(problems.of(refused), i18n.language_of(request))
        return _form(data.login, problem=words, status=refused.status)
    browser.begin(request, account)
    hub.doubt(account.id)
    return Redirect(home_of(account), status_code=303)


def _twice(form: PasswordForm) -> str:
    if form.chosen != form.again:
        raise Refused("password_differs", 422, "The new password was not typed twice alike.")
    return form.chosen


def _form(
    login: str, *, is_initial: bool = False, problem: str = "", status: int = 200
) -> Template:
    context = {"login": login, "is_initial": is_initial, "problem": problem, "page": "password"}
    return Template("password.html", context=context, status_code=status)


router = Router("/", route_handlers=[page, choose], include_in_schema=False)
