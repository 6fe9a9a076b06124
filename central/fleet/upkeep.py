"""The gateway's own certificate: renewed by the gateway long before it ends, else an alarm."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from central.config import Config
from central.errors import StartError
from central.fleet.authority import Authority
from central.fleet.server_certificate import ALARM_BEFORE, ServerFiles, renew_server
from central.storage.alarms import clear_alarm, raise_alarm
from central.storage.pool import Pool

EVERY_S: Final = 3600.0
ISSUING_ALARM_BEFORE: Final = timedelta(days=180)
GATEWAY_ENDS, ISSUING_ENDS = "gateway_certificate_ends", "issuing_authority_ends"
"""Kinds of alarms, of central itself."""

_log = structlog.get_logger(__name__)


async def keep_up(
    config: Config, authority: Authority | None, pool: Pool, every_s: float = EVERY_S
) -> None:
    """Looks every hour, until cancelled. Without an authority it only warns."""
    while True:
        try:
            await look(config, authority, pool, datetime.now(UTC))
        except Exception as error:  # noqa: BLE001 - looked at again in an hour, with months to go
            _log.warning("the gateway's certificate was not looked at", error=repr(error))
        await asyncio.sleep(every_s)


async def look(config: Config, authority: Authority | None, pool: Pool, now: datetime) -> None:
    """Renews what is due, and raises or clears the alarms about it."""
    files = ServerFiles.of(config)
    if authority is not None and files.is_due(now):
        try:
            until = renew_server(files, authority)
            _log.info("the gateway's certificate is renewed", until=until.isoformat())
        except (OSError, StartError) as error:
            _log.warning("the gateway's certificate is not renewed", error=str(error))
    ends = files.read().not_valid_after_utc
    await _tell(pool, GATEWAY_ENDS, ends, now > ends - ALARM_BEFORE)
    if authority is not None:
        ends = authority.not_after
        await _tell(pool, ISSUING_ENDS, ends, now > ends - ISSUING_ALARM_BEFORE)


async def _tell(pool: Pool, kind: str, ends: datetime, wrong: bool) -> None:
    async with pool.connection() as conn:
        if wrong:
            await raise_alarm(conn, None, kind, {"ends": ends.isoformat()})
        else:
            await clear_alarm(conn, None, kind)
