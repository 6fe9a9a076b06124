"""What an administrator types about the vault."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from central.cli import run
from central.config import Config, Database
from central.steward.sealing import one_sealing
from central.storage.retention import site_day
from central.supervisor.settings import as_toml
from central.vault.first_key import make_site_key
from central.vault.sealer import Sealer
from central.vault.vault import Vault
from tests.fakes.landed import Landing, landing

pytestmark = pytest.mark.integration

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    config = Config(data_dir=tmp_path, database=Database(url=database_url))
    (tmp_path / "central.toml").write_text(as_toml(config), encoding="utf-8")
    make_site_key(config)
    return config


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], config: Config) -> Say:
    """Runs a command line with the settings; status, output, errors."""

    def _say(*words: str) -> tuple[int, str, str]:
        status = run([*words, "--config", str(config.data_dir / "central.toml")])
        told = capsys.readouterr()
        return status, told.out, told.err

    return _say


def with_landing(config: Config, act: Callable[[Landing], Awaitable[int]]) -> int:
    async def story() -> int:
        async with landing(config.database.url) as past:
            return await act(past)

    return asyncio.run(story())


def sealed(config: Config) -> int:
    """One sealed interview, in a real folder."""

    async def act(past: Landing) -> int:
        interview = await past.interview()
        await past.land(interview)
        today = datetime.now(UTC).date()
        await one_sealing(past.conn, Sealer(Vault.of(config)), config.vault, today)
        return interview

    return with_landing(config, act)


def files(config: Config) -> list[Path]:
    return [path for path in config.path(config.vault.folder).rglob("*") if path.is_file()]


def test_the_status_says_how_much_is_sealed_and_by_which_key(say: Say, config: Config) -> None:
    sealed(config)
    status, out, _ = say("vault", "status")
    assert status == 0
    assert "sealed interviews  1 (1 files" in out
    assert "present, wraps 1 keys" in out


def test_verifying_reads_everything_back(say: Say, config: Config) -> None:
    interview = sealed(config)
    status, out, _ = say("vault", "verify")
    assert (status, "1 sealed files are as they were sealed" in out) == (0, True)
    assert say("vault", "verify", "--interview", str(interview))[0] == 0
    (file,) = files(config)
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    stray = file.with_name(file.name[:2] + "0" * 30)
    stray.write_bytes(b"stray")
    status, out, errors = say("vault", "verify")
    assert status == 2
    assert f"interview {interview}" in out
    assert "belongs to nothing" in out
    assert "2 files are not right" in errors


def test_after_a_rotation_the_new_key_alone_opens_everything(say: Say, config: Config) -> None:
    sealed(config)
    status, out, _ = say("vault", "rotate")
    assert status == 0
    assert "1 keys wrapped anew; none is wrapped by an old key" in out
    (old,) = config.path(config.vault.site_key).parent.glob("site.key.old-*")
    old.unlink()
    assert say("vault", "verify")[0] == 0


def test_a_rotation_that_was_cut_off_is_finished_by_the_next(say: Say, config: Config) -> None:
    from central.vault import rotation

    sealed(config)
    rotation.replace(config)
    assert say("vault", "verify")[0] == 0, "both keys are there meanwhile"
    assert "1 keys wrapped anew" in say("vault", "rotate", "--rewrap")[1]


def test_the_key_may_lie_where_only_an_administrator_sees_it(
    say: Say, config: Config, tmp_path: Path
) -> None:
    sealed(config)
    elsewhere = tmp_path / "credstore" / "daedam.site.key"
    elsewhere.parent.mkdir()
    config.path(config.vault.site_key).rename(elsewhere)
    assert say("vault", "verify")[0] == 2
    assert say("vault", "verify", "--site-key", str(elsewhere))[0] == 0


@pytest.mark.parametrize("command", ["status", "verify", "rotate"])
def test_a_wrong_site_key_is_one_line_that_says_what_to_do(
    say: Say, config: Config, command: str
) -> None:
    sealed(config)
    config.path(config.vault.site_key).write_bytes(bytes(32))
    status, out, errors = say("vault", command)
    assert status == 2
    assert "restore that key from its backup" in out + errors
    assert len(errors.strip().splitlines()) == 1


def test_erasing_asks_to_be_sure_and_then_leaves_nothing(say: Say, config: Config) -> None:
    interview = sealed(config)
    status, _, errors = say("interviews", "erase", str(interview))
    assert status == 2
    assert "cannot be undone" in errors
    assert len(files(config)) == 1
    status, out, _ = say("interviews", "erase", str(interview), "--yes")
    assert status == 0
    assert f"erased interview {interview}" in out
    assert "1 sealed files deleted" in out
    assert files(config) == []
    status, _, errors = say("interviews", "erase", str(interview), "--yes")
    assert status == 2
    assert "no interview" in errors


def test_what_is_due_is_listed_with_what_it_waits_for(say: Say, config: Config) -> None:
    async def act(past: Landing) -> int:
        for days, status, reason in ((9, "completed", None), (3, "live", None),
                                     (-1, "completed", "case 7"), (40, "completed", None)):  # fmt: skip
            interview = await past.interview(status)
            await past.fetch(
                "update interviews set kept_until = %s, held_reason = %s,"
                " held_at = case when %s::text is null then null else now() end where id = %s",
                site_day(datetime.now(UTC)) + timedelta(days=days),
                reason,
                reason,
                interview,
            )
        return 0

    with_landing(config, act)
    status, out, _ = say("interviews", "due")
    held, live, due = (line.split() for line in out.splitlines())
    assert status == 0
    assert (held[2:], live[2:], due[2:]) == (
        ["completed", "held:", "case", "7"],
        ["live", "not", "finished:", "is", "not", "erased", "before"],
        ["completed"],
    )
    assert len(say("interviews", "due", "--days", "40")[1].splitlines()) == 4
