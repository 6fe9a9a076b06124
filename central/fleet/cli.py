"""`central rooms` and `central authority`: who is let in, at the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from central.config import Config
from central.errors import StartError
from central.storage.pool import Connection

Leaf = Callable[[Any, str, str, Callable[[Config, argparse.Namespace], Awaitable[None]]], Any]
"""Adds one command to a group: its name, what it is about, and what does it."""


def add_rooms(rooms: Any, leaf: Leaf) -> None:
    """The commands of `central rooms`."""
    room = leaf(rooms, "add", "add a room, or rename it", _add)
    room.add_argument("code", help="its name in URLs and certificates: a-z, 0-9, -")
    room.add_argument("--name", default="", help="its name for people")
    room.add_argument(
        "--virtual", action="store_true", help="nobody sits in it: it analyses uploaded videos"
    )
    token = leaf(rooms, "token", "make a token that lets one PC into a room, once", _token)
    token.add_argument("code", help="the room")
    token.add_argument("--minutes", type=int, default=30, help="how long it is good; else 30")
    revoke = leaf(rooms, "revoke", "let a room's agent in no more; a new token does again", _revoke)
    revoke.add_argument("code", help="the room")
    revoke.add_argument("--agent", default=None, metavar="UUID", help="only this agent of the room")
    leaf(rooms, "list", "all rooms: connected, agent, certificate", _list)
    card = leaf(rooms, "certificate", "for trials: a certificate and key as files", _certificate)
    card.add_argument("code", help="the room that the agent sits in")
    card.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the files go")


def add_authority(authority: Any, leaf: Leaf) -> None:
    """The commands of `central authority`."""
    renew = leaf(
        authority, "renew", "sign a new issuing authority; needs the root's folder", _renew
    )
    renew.add_argument(
        "--root", type=Path, required=True, metavar="DIR", help="brought back for it"
    )
    server = leaf(authority, "gateway", "make the gateway's own certificate anew", _gateway)
    server.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="a name or address that rooms use for it; may be given again; else as before",
    )


@asynccontextmanager
async def _connection(config: Config) -> AsyncIterator[Connection]:
    from central.storage.pool import open_pool

    pool = await open_pool(config.database.url, 1)
    try:
        async with pool.connection() as conn:
            yield conn
    finally:
        await pool.close()


async def _add(config: Config, arguments: argparse.Namespace) -> None:
    from central.fleet.rooms import add_room

    async with _connection(config) as conn:
        name = arguments.name or arguments.code
        await add_room(conn, arguments.code, name, virtual=arguments.virtual)
    print(f"room {arguments.code}")


async def _token(config: Config, arguments: argparse.Namespace) -> None:
    from central.fleet.rooms import add_token

    roots = _read(config.path(config.gateway.rooms_ca))
    async with _connection(config) as conn:
        opened = await add_token(conn, roots, arguments.code, arguments.minutes)
    print(opened.text)
    print(
        f"for room {arguments.code}, once, until {opened.expires_at.astimezone():%H:%M}; it is not "
        "shown again.\nOn the room PC: edge-agent enrol --config edge.toml --token-file -  (paste it)",
        file=sys.stderr,
    )


async def _revoke(config: Config, arguments: argparse.Namespace) -> None:
    from central.fleet.revocation import revoke

    async with _connection(config) as conn:
        gone = await revoke(conn, arguments.code, arguments.agent)
    for agent_uuid in gone:
        print(f"revoked {agent_uuid} in room {arguments.code}")
    if not gone:
        print(f"nobody was let in; open tokens of room {arguments.code} have ended")
    elif not await _announced(config, arguments.code, gone):
        print("NATS does not answer: gateways see it within seconds", file=sys.stderr)


async def _announced(config: Config, room_code: str, gone: tuple[str, ...]) -> bool:
    from central.bus import subjects
    from central.bus.bus import Bus

    try:
        async with await Bus.connect(config.nats.url, "tools", config.seeds()) as bus:
            for agent_uuid in gone:
                await bus.announce(subjects.revoked(room_code), agent_uuid)
    except StartError:
        return False
    return True


async def _list(config: Config, _: argparse.Namespace) -> None:
    from central.storage.identities import identities

    async with _connection(config) as conn:
        found = await identities(conn)
    head = ("room", "name", "link", "agent", "certificate until", "gen", "standing")
    print("{:<16} {:<24} {:<10} {:<36} {:<17} {:>4} {}".format(*head))
    for one in found:
        until = f"{one.not_after:%Y-%m-%d %H:%M}" if one.not_after else "-"
        standing = one.revoked or ("enrolled" if one.agent_uuid else "no agent")
        if one.token_until is not None:
            standing += f", token until {one.token_until.astimezone():%H:%M}"
        link = "connected" if one.connected else "away"
        print(
            f"{one.room_code:<16} {one.room_name:<24} {link:<10} {one.agent_uuid or '-':<36} "
            f"{until:<17} {one.generation or '-':>4} {standing}"
        )


async def _certificate(config: Config, arguments: argparse.Namespace) -> None:
    from central.fleet.rooms import add_agent

    authority = _authority(config)
    async with _connection(config) as conn:
        files = await add_agent(conn, authority, arguments.code, arguments.out)
    for file in (files.certificate, files.private_key, files.authority):
        print(file)


async def _renew(config: Config, arguments: argparse.Namespace) -> None:
    from central.fleet.root import renew_issuing
    from central.supervisor.first_start import authority_folder

    folder = authority_folder(config)
    authority = renew_issuing(folder, arguments.root, config.organisation)
    print(f"{folder}: an issuing authority until {authority.not_after:%Y-%m-%d}")
    print(
        "give the gateways this key and certificate, restart them, and take "
        f"{arguments.root} away again",
        file=sys.stderr,
    )


async def _gateway(config: Config, arguments: argparse.Namespace) -> None:
    from central.fleet.server_certificate import ServerFiles, names_in, write_server

    files = ServerFiles.of(config)
    names = arguments.name or names_in(files.read())
    until = write_server(files, _authority(config), names)
    left = (until - datetime.now(UTC)).days
    print(f"{files.certificate}: for {', '.join(names)}, {left} days; taken at the next handshake")


def _authority(config: Config) -> Any:
    from central.fleet.authority import Authority
    from central.supervisor.first_start import authority_folder

    gateway = config.gateway
    key = config.path(gateway.issuing_key)
    if not key.exists():  # a credential of the gateway's service: the command line has none
        return Authority.load(authority_folder(config), config.organisation)
    certificate, roots = config.path(gateway.issuing_certificate), config.path(gateway.rooms_ca)
    return Authority.read(certificate, key, roots, config.organisation)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StartError(
            "rooms", f"cannot read gateway.rooms_ca {path}: {error.strerror}"
        ) from error
