"""`central rooms | authority | users | bank | interviews`: what an admin does without a browser."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from central.config import Config
from central.errors import ConfigError
from central.fleet import cli as fleet
from central.steward import cli as remote_settings
from central.vault import cli as vault

_Commands = Any
"""argparse's type for "the place where subcommands are added" is private to it."""
_Settings = Callable[[argparse.Namespace], Config]
_AddSettings = Callable[[argparse.ArgumentParser], None]
MOST_LISTED = 1_000
USER_ROLES = ("candidate", "interviewer", "recruiter", "admin", "it")


def add(commands: _Commands, add_settings: _AddSettings, settings: _Settings) -> None:
    """Add the commands to the command line."""

    def leaf(group: _Commands, name: str, about: str, act: Callable[..., Awaitable[None]]) -> Any:
        command = group.add_parser(name, help=about, description=about)
        add_settings(command)
        command.set_defaults(act=lambda args: asyncio.run(_run(act, settings(args), args)))
        return command

    rooms = _group(commands, "rooms", "interview rooms and who is let in there")
    fleet.add_rooms(rooms, leaf)
    remote_settings.add(rooms, leaf)
    fleet.add_authority(_group(commands, "authority", "who signs rooms and gateways"), leaf)
    users = _group(commands, "users", "people with accounts")
    user = leaf(users, "add", "add an account", _add_user)
    user.add_argument("--role", choices=USER_ROLES, required=True)
    user.add_argument("--email", required=True)
    user.add_argument("--name", default=None, help="full name")
    user.add_argument(
        "--username", default="", help="to sign in with; else the e-mail's first part"
    )
    user.add_argument("--language", choices=("ko", "en"), default="ko")
    secret = user.add_mutually_exclusive_group(required=True)
    secret.add_argument("--password-file", type=Path, metavar="FILE", help="its first line")
    secret.add_argument("--password-stdin", action="store_true", help="the first line of the input")
    bank = _group(commands, "bank", "the reviewed question bank")
    load = leaf(bank, "load", "read the question files into the database", _load_bank)
    load.add_argument("--folder", type=Path, default=None, help="else the one of the settings")
    interviews = _group(commands, "interviews", "interviews")
    leaf(interviews, "list", "the newest interviews", _list_interviews)
    due = leaf(interviews, "due", "what is erased by its date, and what is held", _list_due)
    due.add_argument("--days", type=int, default=30, help="from today on; else 30")
    vault.add_erase(
        leaf(interviews, "erase", "destroy an interview's key and all that is known", vault.erase)
    )


def _group(commands: _Commands, name: str, about: str) -> _Commands:
    group = commands.add_parser(name, help=about, description=about)
    return group.add_subparsers(metavar="command", required=True)


async def _run(
    act: Callable[[Config, argparse.Namespace], Awaitable[None]],
    config: Config,
    arguments: argparse.Namespace,
) -> None:
    from sqlalchemy.exc import OperationalError

    try:
        await act(config, arguments)
    except OperationalError as error:
        raise ConfigError("database.url", f"does not answer: {error.orig}") from error


@asynccontextmanager
async def _session(config: Config) -> AsyncIterator[AsyncSession]:
    from central.storage.engine import one_session

    async with one_session(config.database.url) as session:
        yield session


@asynccontextmanager
async def _connection(config: Config) -> AsyncIterator[Any]:
    """A connection of psycopg itself; commits when the block ends."""
    from central.storage.pool import open_pool

    pool = await open_pool(config.database.url, 1)
    try:
        async with pool.connection() as conn:
            yield conn
    finally:
        await pool.close()


async def _add_user(config: Config, arguments: argparse.Namespace) -> None:
    from central.dashboard.auth.passwords import hashed
    from central.storage.users import NewUser, create

    new = NewUser(
        email=arguments.email,
        username=arguments.username or arguments.email.split("@")[0],
        role=arguments.role,
        password_hash=await hashed(_password(arguments)),
        full_name=arguments.name,
        language=arguments.language,
    )
    async with _session(config) as session:
        account = await create(session, new, actor_id=None)
        await session.commit()
    print(f"user {account.id}: {account.username} ({account.role})")


def _password(arguments: argparse.Namespace) -> str:
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    file: Path = arguments.password_file
    try:
        return (file.read_text(encoding="utf-8").splitlines() or [""])[0]
    except OSError as error:
        raise ConfigError("--password-file", f"cannot be read: {error}") from error


async def _load_bank(config: Config, arguments: argparse.Namespace) -> None:
    from central.language import bank
    from central.retrieval import indexing
    from central.storage import questions

    entries = bank.load(arguments.folder or config.language.bank or bank.SHIPPED)
    async with _connection(config) as conn:
        written = await questions.upsert(conn, entries)
        await indexing.index_bank(conn, entries)
    print(f"{len(entries)} questions read, {written} new or changed")


async def _list_interviews(config: Config, _arguments: argparse.Namespace) -> None:
    from central.storage.interviews import find

    async with _session(config) as session:
        for row in await find(session):
            print(f"{row.id:>6} {row.status:<10} {row.candidate_name:<24} {row.position}")


async def _list_due(config: Config, arguments: argparse.Namespace) -> None:
    from central.storage.retention import FINISHED, coming, site_day

    today = site_day(datetime.now(UTC))
    async with _session(config) as session:
        found = await coming(session, today + timedelta(days=arguments.days), MOST_LISTED)
    for one in found:
        held = "" if one.held_reason is None else f"held: {one.held_reason}"
        waits = "" if one.status in FINISHED else "not finished: is not erased before"
        print(f"{one.interview_id:>6} {one.until} {one.status:<10} {held or waits}".rstrip())
    if len(found) == MOST_LISTED:
        print(f"the first {MOST_LISTED} of them; ask for fewer days")
