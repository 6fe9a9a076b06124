"""What is wrong with a machine's settings is said in one line by the command that a person runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.certificates import Authority, write_room
from tests.fakes.films import film
from tests.faults.commands import ended

pytestmark = [pytest.mark.faults, pytest.mark.timeout(120)]

EDGE = '[central]\naddress = "127.0.0.1:1"\n[kiosk]\nport = 0\n[speaker]\noutput = "silent"\n'


def silent_film(folder: Path) -> str:
    film(folder / "mute.mp4", 0.5, sound=False)
    return EDGE + '[replay]\nfile = "mute.mp4"\n'


def no_models(folder: Path) -> str:
    film(folder / "whole.mp4", 0.5)
    return EDGE + '[replay]\nfile = "whole.mp4"\n[models]\nfolder = "empty"\n'


def no_certificate(folder: Path) -> str:
    (folder / "tls" / "room.crt").unlink()
    return _working(folder)


def no_certificate_with_devices(folder: Path) -> str:
    (folder / "tls" / "room.crt").unlink()
    return '[central]\naddress = "127.0.0.1:1"\n'


def anothers_key(folder: Path) -> str:
    other = Authority().room()
    (folder / "tls" / "room.key").write_bytes(other.key_pem)
    return _working(folder)


def unknown_key(_: Path) -> str:
    return EDGE + "[camera]\nfpz = 30\n"


def _working(folder: Path) -> str:
    film(folder / "whole.mp4", 0.5)
    models = folder / "models"
    models.mkdir()
    (models / "face_landmarker.task").touch()
    return EDGE + '[replay]\nfile = "whole.mp4"\n[models]\nfolder = "models"\n'


@pytest.mark.parametrize(
    ("settings", "hints"),
    [
        (silent_film, ("mute.mp4", "has no sound")),
        (no_models, ("face_landmarker.task", "edge-agent models build")),
        (no_certificate, ("room.crt", "central rooms token")),
        (no_certificate_with_devices, ("room.crt", "central rooms token")),
        (anothers_key, ("room.key", "is not the key of", "central rooms token")),
        (unknown_key, ("camera.fpz", "unknown")),
    ],
)
async def test_a_room_that_cannot_run_says_what_to_do_in_one_line(
    tmp_path: Path, settings: Callable[[Path], str], hints: tuple[str, ...]
) -> None:
    authority = Authority()
    write_room(tmp_path, authority, authority.room())
    file = tmp_path / "edge.toml"
    file.write_text(settings(tmp_path), encoding="utf-8")
    run = await ended("edge_agent", "run", "--config", str(file))
    assert run.status == 2, run.errors
    assert len(run.errors.splitlines()) == 1, run.errors
    assert run.errors.startswith("edge-agent: ")
    assert [hint for hint in hints if hint not in run.errors] == []


@pytest.mark.parametrize(
    ("command", "text", "hint"),
    [
        ("gateway", "[gateway]\nprot = 7443\n", "`prot` - at `$.gateway`"),
        ("gateway", "[gatewya]\n", "`gatewya`"),
        ("gateway", '[gateway]\nport = "7443"\n', "`$.gateway.port`"),
        ("gateway", "[gateway\n", "is not TOML"),
        ("up", "[speech]\nwhisper = 1\n", "`whisper` - at `$.speech`"),
    ],
)
async def test_a_wrong_setting_of_central_is_named_in_one_line(
    tmp_path: Path, command: str, text: str, hint: str
) -> None:
    file = tmp_path / "central.toml"
    file.write_text(f'data_dir = "{tmp_path}"\n{text}', encoding="utf-8")
    where = ("--data", str(tmp_path)) if command == "up" else ("--config", str(file))
    run = await ended("central", command, *where)
    assert run.status == 2, run.errors
    assert len(run.errors.strip().splitlines()) == 1, run.errors
    assert str(file) in run.errors
    assert hint in run.errors
