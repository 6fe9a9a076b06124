"""Signing in and out, the language, and where the front door leads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from central.dashboard import i18n, problems
from central.dashboard.auth import browser, roles
from central.dashboard.wants import Gate, RightNow, Session
from central.errors import Refused
from central.storage import users

YEAR_S: Final = 365 * 24 * 3600
AnyRequest = Request[Any, Any, Any]


class LoginForm(msgspec.Struct, frozen=True):
    """As `login.html` sends it."""

    login: str = ""
    password: str = ""
    next: str = ""


class LanguageForm(msgspec.Struct, frozen=True):
    """As the switch on top of every page sends it."""

    language: str = ""
    next: str = ""


@get("/", guards=[roles.public])
async def front(request: AnyRequest) -> Redirect:
    """To the page that this person works on."""
    return Redirect(home_of(request.scope.get("user")), status_code=303)


@get("/login", guards=[roles.public])
async def login_page(request: AnyRequest) -> Response[Any]:
    """The form; who is signed in already goes on."""
    if request.scope.get("user") is not None:
        return Redirect(home_of(request.scope["user"]), status_code=303)
    return _form(inside(request.query_params.get("next", "")), "", "", 200)


@post("/login", guards=[roles.public])
async def log_in(
    request: AnyRequest, logins: Gate, data: URLEncodedBody[LoginForm]
) -> Response[Any]:
    """Begin a session, or say what is wrong in the form."""
    address = request.client.host if request.client else ""
    try:
        account = await logins.log_in(data.login, data.password, address=address)
    except Refused as refused:
        if refused.code == "password_initial":
            return Redirect(f"/password?login={quote(data.login)}", status_code=303)
        words = problems.localised(problems.of(refused), i18n.language_of(request))
        return _form(inside(data.next), data.login, words, refused.status)
    browser.begin(request, account)
    return Redirect(inside(data.next) or home_of(account), status_code=303)


@post("/logout", guards=[roles.public])
async def log_out(request: AnyRequest, session: Session, hub: RightNow) -> Redirect:
    """End this browser's session, also for a copy of its cookie and for its open sockets."""
    claims = browser.claims(request.session)
    if claims is not None and claims.session:
        await users.end_session(session, claims.session, timedelta(seconds=browser.LASTS_S))
        await session.commit()
        hub.doubt(claims.user_id)
    browser.end(request)
    return Redirect("/login", status_code=303)


@post("/language", guards=[roles.public])
async def choose_language(data: URLEncodedBody[LanguageForm]) -> Redirect:
    """Remember the language in this browser for a year, and show the same page again."""
    answer = Redirect(inside(data.next) or "/", status_code=303)
    if data.language in i18n.LANGUAGES:
        answer.set_cookie(
            Cookie(i18n.COOKIE, value=data.language, max_age=YEAR_S, samesite="lax", path="/")
        )
    return answer


def home_of(account: Any) -> str:
    """The first page of a role."""
    match None if account is None else account.role:
        case None:
            return "/login"
        case roles.CANDIDATE:
            return "/interviews"
        case roles.IT:
            return "/fleet"
        case _:
            return "/rooms"


def inside(path: str) -> str:
    r"""The path if it is one of this site, else "". `//host` and `/\host` lead elsewhere."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else ""


def _form(next_path: str, login: str, problem: str, status: int) -> Template:
    context = {"next": next_path, "login": login, "problem": problem, "page": "login"}
    return Template("login.html", context=context, status_code=status)


router = Router(
    "/",
    route_handlers=[front, login_page, log_in, log_out, choose_language],
    include_in_schema=False,
)
