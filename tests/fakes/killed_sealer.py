"""A process that seals and is killed by SIGKILL after one step: `... URL FOLDER DATE STEP`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import date
from pathlib import Path

import psycopg

from central.config import Vault as Settings
from central.media import Directory
from central.steward.sealing import one_sealing
from central.vault.sealer import Sealer
from central.vault.vault import Vault
from tests.fakes.landed import SITE_KEY, ring


async def main(url: str, folder: str, today: str, last_step: str) -> None:
    def after(step: str) -> None:
        if step == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    vault = Vault(Directory(Path(folder)), lambda: ring(SITE_KEY))
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        await one_sealing(conn, Sealer(vault, after), Settings(), date.fromisoformat(today))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
