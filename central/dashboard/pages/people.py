"""Accounts: who has one, and what an administrator changes of it."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import i18n, ids, people, problems
from central.dashboard.api.people import NewAccount
from central.dashboard.auth import roles
from central.dashboard.pages import people_words
from central.dashboard.wants import RightNow, Session, SignedIn
from central.errors import Refused
from central.storage import accounts
from central.storage.users import Account, NewUser

PAGE: Final = 50
AnyRequest = Request[Any, Any, Any]
ADMINS: Any = [roles.allow(roles.ADMIN)]


class AccountForm(msgspec.Struct, frozen=True):
    """As `people.html` sends it. `username` empty: the first part of the e-mail."""

    full_name: str = ""
    email: str = ""
    username: str = ""
    role: str = roles.INTERVIEWER
    language: str = "ko"


class RoleForm(msgspec.Struct, frozen=True):
    """As `person.html` sends it."""

    role: str = ""


class SwitchForm(msgspec.Struct, frozen=True):
    """`active`: yes or no."""

    active: str = ""


@get("/users", guards=ADMINS)
async def listing(
    session: Session,
    role: FromQuery[str] = "",
    text: FromQuery[str] = "",
    after: FromQuery[str] = "",
) -> Template:
    """Accounts by user name, of one role or whose name holds a text, and a form for another one."""
    return await _listing(session, role=role, text=text.strip(), after=after)


@post("/users", guards=ADMINS, status_code=200)
async def add(
    request: AnyRequest, session: Session, account: SignedIn, data: URLEncodedBody[AccountForm]
) -> Template:
    """Make it and show its first password, once; or say in the form what is wrong."""
    try:
        made, password = await people.invite(session, _new(data), actor=account)
    except Refused as refused:
        await session.rollback()
        said = problems.localised(problems.of(refused), i18n.language_of(request))
        return await _listing(session, form=data, problem=said, status=refused.status)
    return _once(made, password)


@get("/users/{user_id:str}", guards=ADMINS)
async def person(
    user_id: FromPath[str], session: Session, account: SignedIn, done: FromQuery[str] = ""
) -> Template:
    """One account, and what can be changed of it."""
    return await _person(session, ids.parse(user_id, "user"), account, done=done)


@post("/users/{user_id:str}/role", guards=ADMINS)
async def set_role(  # noqa: PLR0917 - Litestar gives them by name
    request: AnyRequest,
    user_id: FromPath[str],
    session: Session,
    hub: RightNow,
    account: SignedIn,
    data: URLEncodedBody[RoleForm],
) -> Response[Any]:
    """Another role, or why not."""
    number = ids.parse(user_id, "user")
    try:
        await people.set_role(session, hub, number, data.role, actor=account)
    except Refused as refused:
        return await _refused(request, session, number, account, refused)
    return _back(number, "role")


@post("/users/{user_id:str}/active", guards=ADMINS)
async def set_active(  # noqa: PLR0917 - Litestar gives them by name
    request: AnyRequest,
    user_id: FromPath[str],
    session: Session,
    hub: RightNow,
    account: SignedIn,
    data: URLEncodedBody[SwitchForm],
) -> Response[Any]:
    """Switch it off, or on again, or why not."""
    number, on = ids.parse(user_id, "user"), data.active == "yes"
    try:
        await people.set_active(session, hub, number, is_active=on, actor=account)
    except Refused as refused:
        return await _refused(request, session, number, account, refused)
    return _back(number, "on" if on else "off")


@post("/users/{user_id:str}/password", guards=ADMINS, status_code=200)
async def reset_password(
    user_id: FromPath[str], session: Session, hub: RightNow, account: SignedIn
) -> Template:
    """A new password for somebody else, shown once."""
    number = ids.parse(user_id, "user")
    return _once(*await people.reset_password(session, hub, number, actor=account))


@post("/users/{user_id:str}/end-sessions", guards=ADMINS)
async def end_sessions(
    user_id: FromPath[str], session: Session, hub: RightNow, account: SignedIn
) -> Redirect:
    """Everybody who is signed in to it signs in again."""
    number = ids.parse(user_id, "user")
    await people.end_sessions(session, hub, number, actor=account)
    return _back(number, "ended")


async def _listing(
    session: AsyncSession,
    *,
    role: str = "",
    text: str = "",
    after: str = "",
    form: AccountForm | None = None,
    problem: str = "",
    status: int = 200,
) -> Template:
    known = role if role in roles.EVERYONE else ""
    found = await accounts.find(session, role=known or None, text=text, after=after, limit=PAGE + 1)
    context = {
        "page": "people",
        "found": found[:PAGE],
        "more_after": found[PAGE - 1].account.username if len(found) > PAGE else None,
        "role": known,
        "text": text,
        "form": form or AccountForm(),
        "problem": problem,
    }
    return Template("people.html", context=context, status_code=status)


async def _person(
    session: AsyncSession,
    user_id: int,
    account: Account,
    *,
    done: str = "",
    problem: str = "",
    status: int = 200,
) -> Template:
    context = {
        "page": "people",
        "person": await accounts.get(session, user_id),
        "own": account.id == user_id,
        "done": people_words.DONE.get(done),
        "problem": problem,
    }
    return Template("person.html", context=context, status_code=status)


async def _refused(
    request: AnyRequest, session: AsyncSession, user_id: int, account: Account, refused: Refused
) -> Template:
    await session.rollback()
    said = problems.localised(problems.of(refused), i18n.language_of(request))
    return await _person(session, user_id, account, problem=said, status=refused.status)


def _new(form: AccountForm) -> NewUser:
    """By the same rules as the API's."""
    wanted = {
        "email": form.email.strip(),
        "username": form.username.strip() or form.email.strip().partition("@")[0],
        "full_name": " ".join(form.full_name.split()) or None,
        "role": form.role,
        "language": form.language,
    }
    try:
        new = msgspec.convert(wanted, NewAccount)
    except msgspec.ValidationError as error:
        raise Refused(
            "account_invalid", 422, "Give an e-mail, and a user name of letters, digits, . and -."
        ) from error
    return NewUser(new.email, new.username, new.role, "", new.full_name, new.language)


def _once(account: Account, password: str) -> Template:
    context = {"page": "initial-password", "person": account, "password": password}
    return Template("initial_password.html", context=context)


def _back(user_id: int, done: str) -> Redirect:
    return Redirect(f"/users/{user_id}?done={done}", status_code=303)


router = Router(
    "/",
    route_handlers=[listing, add, person, set_role, set_active, reset_password, end_sessions],
    include_in_schema=False,
)
