"""`central vault` and `central interviews erase`."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from central.config import Config
from central.errors import ConfigError, StartError
from central.storage.pool import Connection

Act = Callable[[Config, argparse.Namespace], Awaitable[None]]


def add(
    commands: Any,
    add_settings: Callable[[argparse.ArgumentParser], None],
    settings: Callable[[argparse.Namespace], Config],
) -> None:
    """Add `vault` to the command line."""
    about = "sealed interviews and the keys that open them"
    group = commands.add_parser("vault", help=about, description=about)
    group = group.add_subparsers(metavar="command", required=True)

    def leaf(name: str, about: str, act: Act) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = group.add_parser(name, help=about, description=about)
        add_settings(command)
        command.add_argument(
            "--site-key", type=Path, metavar="FILE", help="in place of vault.site_key"
        )
        command.set_defaults(act=lambda args: asyncio.run(_run(act, settings(args), args)))
        return command

    leaf("status", "how much is sealed, and by which site keys", _status)
    verify = leaf("verify", "read every sealed file back; status 2 where one is not right", _verify)
    verify.add_argument("--interview", type=int, metavar="ID", help="only this one's files")
    rotate = leaf("rotate", "make a new site key, and wrap every key by it", _rotate)
    rotate.add_argument(
        "--rewrap", action="store_true", help="only wrap: vault.site_key is the new key already"
    )


def add_erase(command: argparse.ArgumentParser) -> None:
    """The words of `central interviews erase`."""
    command.add_argument("id", type=int, help="the interview's number")
    command.add_argument("--yes", action="store_true", help="really: it cannot be undone")
    command.add_argument(
        "--unfinished", action="store_true", help="also where it is scheduled or still live"
    )


async def erase(config: Config, arguments: argparse.Namespace) -> None:
    """Erase one interview, and its sealed files where this machine has the vault."""
    from central.steward.sealing import delete_erased_files
    from central.storage import erasure
    from central.storage.engine import one_session
    from central.vault.sealer import Sealer
    from central.vault.vault import Vault

    if not arguments.yes:
        raise ConfigError("--yes", "erasing destroys the interview's key and cannot be undone")
    async with one_session(config.database.url) as session:
        done = await erasure.erase(
            session, arguments.id, actor_id=None, unfinished=arguments.unfinished
        )
        await session.commit()
    rows = ", ".join(f"{count} {table}" for table, count in sorted(done.rows.items()))
    print(f"erased interview {done.interview_id}: {rows or 'no rows'}")
    async with _connected(config) as conn:
        files = await delete_erased_files(conn, Sealer(Vault.of(config)))
    if files:
        print(f"{files} sealed files deleted")
    elif done.files:
        print("the steward deletes its sealed files; nobody can read them any more")


async def _status(config: Config, _arguments: argparse.Namespace) -> None:
    from central.storage import vault_keys
    from central.vault import site_key

    async with _connected(config) as conn:
        standing = await vault_keys.standing(conn)
        used = await vault_keys.site_keys_used(conn)
    print(f"sealed interviews  {standing.interviews} ({standing.parts} files, "
          f"{standing.size_bytes / 1e6:.1f} MB)")  # fmt: skip
    print(f"waiting            {standing.waiting}")
    print(f"documents          {standing.documents}")
    print(f"erased interviews  {standing.erased}")
    keys = site_key.load(config)
    for key_id in dict.fromkeys([keys.current, *keys.keys, *used]):
        place = "present" if key_id == keys.current else "old" if key_id in keys.keys else "MISSING"
        print(f"site key {key_id}  {place}, wraps {used.get(key_id, 0)} keys")
    keys.demand(used)


async def _verify(config: Config, arguments: argparse.Namespace) -> None:
    from central.vault.vault import Vault
    from central.vault.verify import verify

    right = wrong = 0
    async with _connected(config) as conn:
        async for one in verify(conn, Vault.of(config), arguments.interview):
            if one.problem is None:
                right += 1
            else:
                wrong += 1
                print(f"{one.what}, {one.name}: {one.problem}")
    print(f"{right} sealed files are as they were sealed")
    if wrong:
        raise StartError("vault", f"{wrong} files are not right; see the lines above")


async def _rotate(config: Config, arguments: argparse.Namespace) -> None:
    from central.storage import vault_keys
    from central.vault import rotation, site_key

    keys = site_key.load(config)
    async with _connected(config) as conn:
        keys.demand(await vault_keys.site_keys_used(conn))
        if not arguments.rewrap:
            new_id, old = rotation.replace(config)
            print(f"site key {new_id} in {config.path(config.vault.site_key)}: back it up now")
            print(f"the old one is kept in {old}")
        count = await rotation.rewrap(conn, site_key.load(config))
        left = set(await vault_keys.site_keys_used(conn)) - {site_key.load(config).current}
    print(f"{count} keys wrapped anew; {'some are' if left else 'none is'} wrapped by an old key")
    print("where the key is a credential: restart the steward and speech, so that they get it")
    print("an old key opens backups of the database from before: destroy it with the last of those")


async def _run(act: Act, config: Config, arguments: argparse.Namespace) -> None:
    if arguments.site_key is not None:
        vault = msgspec.structs.replace(config.vault, site_key=arguments.site_key.absolute())
        config = msgspec.structs.replace(config, vault=vault)
    await act(config, arguments)


@asynccontextmanager
async def _connected(config: Config) -> AsyncIterator[Connection]:
    """One connection in autocommit, without the time limits of the pool: verifying takes long."""
    from psycopg import AsyncConnection, OperationalError

    try:
        conn = await AsyncConnection.connect(
            config.database.url.replace("postgresql+psycopg://", "postgresql://", 1),
            autocommit=True,
            connect_timeout=5,
            application_name="daedam-vault",
        )
    except OperationalError as error:
        raise ConfigError("database.url", f"does not answer: {error}".strip()) from error
    async with conn:
        yield conn
