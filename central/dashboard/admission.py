"""Who is let into rooms, as people decide it: for pages and the API. Every function commits."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from central.bus import subjects
from central.dashboard.live.port import LiveBus
from central.errors import StartError
from central.fleet import revocation, rooms
from central.fleet.rooms import OpenToken
from central.storage import identities
from central.storage.engine import psycopg_of
from central.storage.identities import Identity
from central.storage.users import Account


async def listing(session: AsyncSession, code: str | None = None) -> tuple[Identity, ...]:
    """All rooms (or one) with their agents."""
    return await identities.identities(await psycopg_of(session), code)


async def add_room(
    session: AsyncSession, code: str, name: str, *, actor: Account, virtual: bool = False
) -> None:
    """Add a room, or rename it; a `virtual` one analyses uploaded videos."""
    await rooms.add_room(await psycopg_of(session), code, name, actor.id, virtual=virtual)
    await session.commit()


async def make_token(
    session: AsyncSession, rooms_ca: Path, code: str, minutes: int, *, actor: Account
) -> OpenToken:
    """A token for one PC; its text is to be shown once. Raises `StartError` where central's authority
    cannot be read here.
    """
    try:
        roots = await asyncio.to_thread(rooms_ca.read_bytes)
    except OSError as error:
        raise StartError("dashboard", f"cannot read gateway.rooms_ca: {error}") from error
    conn = await psycopg_of(session)
    opened = await rooms.add_token(conn, roots, code, minutes, actor.id)
    await session.commit()
    return opened


async def revoke(
    session: AsyncSession, bus: LiveBus, code: str, agent_uuid: str | None, *, actor: Account
) -> tuple[str, ...]:
    """Let a room's agents in no more, or one of them; their streams end at once. Their UUIDs."""
    gone = await revocation.revoke(await psycopg_of(session), code, agent_uuid, actor.id)
    await session.commit()
    for one in gone:
        await bus.announce(subjects.revoked(code), one)
    return gone
