"""`central rooms set | settings`: what IT sets in rooms, without a browser. The steward delivers it."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from central.config import Config
from central.errors import ConfigError
from central.health.settable import SETTABLE, Value, typed

Leaf = Callable[[Any, str, str, Callable[..., Awaitable[None]]], Any]

EVERY = "-"
"""In place of a room's code; no code is like it."""
_EVERY = "every room that has no value of its own"


def add(rooms: Any, leaf: Leaf) -> None:
    """Add both to `central rooms`."""
    change = leaf(
        rooms, "set", "set something in a room; it is taken on when no interview is on", _set
    )
    _add_whose(change)
    change.add_argument(
        "values",
        nargs="+",
        metavar="KEY=VALUE",
        help=f"KEY= takes it back; keys: {', '.join(SETTABLE)}",
    )
    show = leaf(rooms, "settings", "what is set in a room from here, and by whom", _show)
    _add_whose(show)


def _add_whose(command: argparse.ArgumentParser) -> None:
    command.add_argument("room", metavar="CODE", help=f'a room\'s code; "{EVERY}": {_EVERY}')


async def _set(config: Config, arguments: argparse.Namespace) -> None:
    from central.storage import fleet_settings

    values = dict(map(_read, arguments.values))
    async with _session(config) as session:
        version = await fleet_settings.set_values(session, _whose(arguments), values, actor_id=None)
        await session.commit()
    print(f"version {version}; rooms take it on when no interview is on")


async def _show(config: Config, arguments: argparse.Namespace) -> None:
    from central.storage import fleet_settings

    room = _whose(arguments)
    async with _session(config) as session:
        for one in await fleet_settings.settings_of(session, room):
            value = "-" if one.value is None else one.value
            by = "" if one.changed_at is None else f"{one.changed_by or 'command line'}"
            when = "" if one.changed_at is None else f"{one.changed_at:%Y-%m-%d %H:%M}"
            print(f"{one.key:<20} {value!s:<24} {_ORIGINS[one.origin]:<14} {by} {when}".rstrip())
        if room is not None:
            how_far = await fleet_settings.delivery(session, room)
            print(f"version {how_far.version}: {how_far.state.replace('_', ' ')} {how_far.detail}")


def _whose(arguments: argparse.Namespace) -> str | None:
    return None if arguments.room == EVERY else str(arguments.room)


_ORIGINS = {"none": "room's file", "fleet": "every room", "room": "this room"}


def _read(word: str) -> tuple[str, Value | None]:
    key, equals, text = word.partition("=")
    if not equals:
        raise ConfigError(word, "is not KEY=VALUE, as in camera.fps=15")
    return key, typed(key, text) if text.strip() else None


@asynccontextmanager
async def _session(config: Config) -> AsyncIterator[AsyncSession]:
    from central.errors import Refused
    from central.storage.engine import one_session

    try:
        async with one_session(config.database.url) as session:
            yield session
    except Refused as refused:
        raise ConfigError("rooms", str(refused)) from refused
