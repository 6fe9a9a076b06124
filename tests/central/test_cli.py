"""The command line: help worth reading, one-line errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from central.cli import run
from central.config import Config, Database, Language, LanguageModels, LanguageRole, load
from central.supervisor.settings import as_toml

pytestmark = pytest.mark.integration

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command line; status, output, errors."""

    def _say(*words: str) -> tuple[int, str, str]:
        try:
            status = run(words)
        except SystemExit as left:
            status = int(left.code or 0)
        told = capsys.readouterr()
        return status, told.out, told.err

    return _say


@pytest.mark.parametrize("command", ["up", "gateway", "steward", "users", "rooms", "bank"])
def test_every_command_has_help(say: Say, command: str) -> None:
    status, out, _ = say(command, "--help")
    assert status == 0
    assert len(out.splitlines()) > 5


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("gateway", "--config", "/nowhere.toml"), "no such file"),
        (("up", "--data", "{tmp}", "--only", "kitchen"), "no role 'kitchen'"),
        (("migrate", "--data", "/nowhere"), "no such file"),
    ],
)
def test_errors_are_one_line_and_status_2(
    say: Say, tmp_path: Path, words: tuple[str, ...], hint: str
) -> None:
    status, _, errors = say(*(word.format(tmp=tmp_path) for word in words))
    assert status == 2
    assert hint in errors
    assert len(errors.strip().splitlines()) == 1


def test_a_dry_run_shows_the_commands_and_starts_nothing(say: Say, tmp_path: Path) -> None:
    status, out, _ = say("up", "--data", str(tmp_path / "data"), "--dry-run")
    assert status == 0
    names = [line.split("|")[0].strip() for line in out.splitlines()]
    assert names == ["postgres", "nats", "steward", "gateway", "speech", "language", "dashboard"]


def test_settings_survive_being_written(tmp_path: Path) -> None:
    role = LanguageRole(path=Path("a.gguf"), template="solar", sequences=2)
    config = Config(
        data_dir=tmp_path,
        database=Database(url="postgresql://a@/b?host=/c"),
        language=Language(models=LanguageModels(evaluation=role)),
    )
    file = tmp_path / "central.toml"
    file.write_text(as_toml(config), encoding="utf-8")
    assert load(file) == config


def test_a_user_can_be_added_once(say: Say, tmp_path: Path, database_url: str) -> None:
    config = Config(data_dir=tmp_path, database=Database(url=database_url))
    file, password = tmp_path / "central.toml", tmp_path / "password"
    file.write_text(as_toml(config), encoding="utf-8")
    password.write_text("a long enough password\n", encoding="utf-8")
    words = ("users", "add", "--config", str(file), "--role", "admin", "--email", "a@b.example")
    status, out, _ = say(*words, "--password-file", str(password))
    assert status == 0
    assert "(admin)" in out
    status, _, errors = say(*words, "--password-file", str(password))
    assert status == 2
    assert "taken" in errors


def test_the_shipped_bank_loads_and_a_second_time_changes_nothing(
    say: Say, tmp_path: Path, database_url: str
) -> None:
    file = tmp_path / "central.toml"
    config = Config(data_dir=tmp_path, database=Database(url=database_url))
    file.write_text(as_toml(config), encoding="utf-8")
    assert say("bank", "load", "--config", str(file))[0] == 0
    assert "0 new or changed" in say("bank", "load", "--config", str(file))[1]


def test_a_nats_server_of_your_own_gets_its_accounts(say: Say, tmp_path: Path) -> None:
    status, out, _ = say("nats-accounts", "--out", str(tmp_path / "seeds"))
    assert (status, out.count("nkey: U")) == (0, len(list((tmp_path / "seeds").iterdir())))
