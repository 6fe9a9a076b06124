"""The vault's own loop: one sealer for a site, beside the caretaking and never in its way."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import structlog
from psycopg import AsyncConnection

from central.config import Config
from central.errors import StartError
from central.media import Directory
from central.steward.answers import archive_answers
from central.steward.retention import MOST_A_ROUND as MOST_ERASED
from central.steward.retention import Erasing, believe, erase_due
from central.steward.sealing import MOST_A_ROUND, one_sealing
from central.steward.videos import delete_files
from central.storage.caretaking import try_to_seal
from central.storage.pool import Connection, Pool, open_pool
from central.storage.retention import site_day
from central.vault.resumes import Arriving, take_over
from central.vault.sealer import Sealer
from central.vault.vault import Vault

EVERY_S = 60.0
_CONNECT_S = 5
_log = structlog.get_logger("steward")


async def keep_sealing(config: Config, every_s: float = EVERY_S) -> None:
    """A round every `every_s` seconds until cancelled, where this is the site's one sealer. Whatever
    goes wrong is logged and tried again: the rest of the steward goes on.
    """
    while True:
        try:
            await _seal(config, every_s)
        except Exception as error:  # noqa: BLE001 - the database or the disk may come back
            _log.warning("sealing was interrupted; trying again", error=str(error).strip())
        await asyncio.sleep(every_s)


async def _seal(config: Config, every_s: float) -> None:
    """On one connection of its own, which holds the sealer's lock as long as it lives."""
    conn = await AsyncConnection.connect(
        config.database.url,
        autocommit=True,
        connect_timeout=_CONNECT_S,
        application_name="daedam-sealer",
    )
    sealer = Sealer(Vault.of(config))
    async with conn, await open_pool(config.database.url, 1) as pool:
        if isinstance(sealer.vault.store, Directory):
            await sealer.vault.store.sweep()
        while True:
            more = await try_to_seal(conn) and await _round(conn, pool, config, sealer)
            if not more:
                await asyncio.sleep(every_s)


async def _round(conn: Connection, pool: Pool, config: Config, sealer: Sealer) -> bool:
    """Everything once; whether there is more to do at once."""
    now = datetime.now(UTC)
    await delete_files(conn, sealer.vault.store)
    await _take_resumes_over(conn, config, sealer.vault)
    believed = await believe(conn, now)
    gone = await erase_due(conn, config.database.url, site_day(now)) if believed else Erasing()
    done = await one_sealing(conn, sealer, config.vault, now.date())
    if done.sealed or done.dropped or done.files_deleted or done.late_of_erased:
        _log.info("sealing round", result=done)
    archived = await archive_answers(pool, sealer.vault)
    full = len(done.sealed) == MOST_A_ROUND or len(gone.erased) == MOST_ERASED
    return full or bool(archived.answers)


async def _take_resumes_over(conn: Connection, config: Config, vault: Vault) -> None:
    """Without one of the keys they stay as they are, and everything else goes on."""
    try:
        count = await take_over(conn, Arriving.of(config), vault)
    except StartError as error:
        _log.warning("résumés stay under the upload key", problem=error.problem)
    else:
        if count:
            _log.info("résumés are under the site key", resumes=count)
