"""The real thing: a sealing process that gets SIGKILL after each of its steps, on a real disk."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import psycopg
import pytest

from central.config import Config, Database
from central.config import Vault as Settings
from central.media import Directory
from central.steward.keeping import keep_sealing
from central.storage.caretaking import try_to_seal
from central.supervisor.settings import as_toml
from central.vault.first_key import make_site_key
from central.vault.vault import Vault
from central.vault.verify import verify
from tests.fakes.landed import landing

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[3]
STEPS = (
    "key made",
    "part begun",
    "file written",
    "left file deleted",
    "file proven",
    "part marked",
    "day looked at",
)


async def killed(url: str, folder: Path, today: str, step: str) -> int:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.killed_sealer", url, str(folder), today, step, cwd=ROOT
    )
    return await process.wait()


async def test_a_sealer_that_is_killed_after_every_step_loses_nothing(
    database_url: str, tmp_path: Path
) -> None:
    async with landing(database_url) as past:
        interviews = {one: await past.land(one) for one in [await past.interview() for _ in "ab"]}
        for step in STEPS:
            assert await killed(database_url, tmp_path, str(past.today), step) == -signal.SIGKILL
            for one, seqs in interviews.items():
                assert await past.landed(one) in {0, len(seqs)}
        assert await killed(database_url, tmp_path, str(past.today), "never") == 0
        vault = Vault(Directory(tmp_path), lambda: past.site_keys)
        found = [one async for one in verify(past.conn, vault)]
        assert [one.problem for one in found] == [None, None]
        assert {one.what for one in found} == {f"interview {one}" for one in interviews}
        assert [await past.landed(one) for one in interviews] == [0, 0]
        assert len([name async for name in vault.store.names()]) == 2


async def test_the_steward_seals_by_itself_and_comes_back_after_a_lost_connection(
    database_url: str, tmp_path: Path
) -> None:
    config = Config(
        data_dir=tmp_path, database=Database(url=database_url), vault=Settings(seal_after_hours=1)
    )
    assert "seal_after_hours = 1" in as_toml(config)
    make_site_key(config)
    async with landing(database_url) as past:
        sealing = asyncio.create_task(keep_sealing(config, every_s=0.05))
        try:
            for _ in range(2):
                interview = await past.interview()
                await past.land(interview)
                while await past.landed(interview):  # noqa: ASYNC110 - another process' work
                    await asyncio.sleep(0.02)
                await past.fetch(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where application_name = 'daedam-sealer' and datname = current_database()"
                )
        finally:
            sealing.cancel()
            await asyncio.gather(sealing, return_exceptions=True)
        assert await past.fetch("select count(*) from sealed_parts") == [(2,)]


async def test_of_two_sealers_one_works(database_url: str) -> None:
    async with (
        await psycopg.AsyncConnection.connect(database_url, autocommit=True) as one,
        await psycopg.AsyncConnection.connect(database_url, autocommit=True) as two,
    ):
        assert await try_to_seal(one)
        assert not await try_to_seal(two)
        assert await try_to_seal(one)
