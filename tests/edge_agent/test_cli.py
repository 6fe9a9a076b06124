"""The command line: what is wrong is one line, and help is worth reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from edge_agent.__main__ import main
from edge_agent.service.about import version

pytestmark = pytest.mark.unit


def test_a_missing_configuration_is_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--config", str(tmp_path / "none.toml")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("edge-agent: ")
    assert said.count("\n") == 1


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    said = capsys.readouterr().out
    assert "edge-agent run --config edge.toml" in said
    assert "[central]" in said


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"edge-agent {version()}\n"


def test_models_are_listed_with_whether_they_are_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAEDAM_MODELS", str(tmp_path))
    (tmp_path / "face_landmarker.task").touch()
    assert main(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == str(tmp_path)
    assert any(line.split()[:2] == ["there", "face_landmarker.task"] for line in lines)
    assert any(line.split()[0] == "missing" for line in lines[1:])


def test_models_cannot_be_built_from_an_empty_mirror(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    arguments = ["models", "build", "--out", str(tmp_path / "out"), "--mirror", str(mirror)]
    assert main(arguments) == 2
    assert "edge-agent: model" in capsys.readouterr().err
