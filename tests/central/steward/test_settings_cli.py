"""`central rooms set` and `settings`, as they are typed."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from central.cli import run

pytestmark = pytest.mark.integration


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> list[str]:
    with psycopg.connect(database_url, autocommit=True) as conn:
        conn.execute("insert into rooms (code, name) values ('r1', 'Room 1')")
    file = tmp_path / "central.toml"
    file.write_text(f'data_dir = "{tmp_path}"\n[database]\nurl = "{database_url}"\n')
    return ["--config", str(file)]


def test_what_is_set_is_shown_with_its_origin(
    settings: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rooms", "set", *settings, "-", "camera.fps=25", "log.level=debug"]) == 0
    assert run(["rooms", "set", *settings, "r1", "camera.fps=15"]) == 0
    assert "version 3" in capsys.readouterr().out
    assert run(["rooms", "settings", *settings, "r1"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["camera.fps"].split()[1:4] == ["15", "this", "room"]
    assert lines["log.level"].split()[1:4] == ["debug", "every", "room"]
    assert lines["camera.width"].split()[1:] == ["-", "room's", "file"]
    assert lines["version"].startswith("version 3: away")
    assert run(["rooms", "set", *settings, "r1", "camera.fps="]) == 0
    assert run(["rooms", "settings", *settings, "r1"]) == 0
    assert "25" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["r1", "camera.fps=900"], "from 5 to 60"),
        (["r1", "central.address=evil:1"], "cannot be set from central"),
        (["r1", "camera.fps"], "KEY=VALUE"),
        (["r9", "camera.fps=15"], "no room with this code"),
    ],
)
def test_what_cannot_be_set_is_said_in_one_line(
    settings: list[str], words: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rooms", "set", *settings, *words]) == 2
    errors = capsys.readouterr().err
    assert hint in errors
    assert len(errors.splitlines()) == 1
