"""Every value says where it comes from, and nothing from afar keeps a room from starting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.health import settable as central_table
from edge_agent.__main__ import main
from edge_agent.errors import ConfigError
from edge_agent.settings import settable, sources
from edge_agent.settings.remote import Remote, from_toml, to_toml
from edge_agent.settings.store import FAILED, Store

pytestmark = pytest.mark.unit

FILE = """\
[central]
address = "central.example.org:7443"

[camera]
fps = 25
width = 1280
"""


def room(folder: Path, text: str = FILE) -> Path:
    path = folder / "edge.toml"
    path.write_text(text, encoding="utf-8")
    return path


def remote(version: int = 7, **values: str | int) -> Remote:
    keys = {key.replace("__", "."): value for key, value in values.items()}
    return Remote(version, "minho", f"c{version}", keys)


def in_force(folder: Path, one: Remote) -> None:
    store = Store(folder / "settings")
    store.keep(one)
    store.begin()
    store.settle()


def told(settings: sources.Settings, key: str) -> tuple[Any, str]:
    return next((one.value, one.source) for one in settings.values if one.key == key)


@pytest.mark.parametrize(
    ("remote_fps", "environment", "orders", "told_as"),
    [
        (None, {}, [], (25, "file")),
        (20, {}, [], (20, "remote version 7 by minho")),
        (20, {"DAEDAM_CAMERA_FPS": "15"}, [], (15, "environment (DAEDAM_CAMERA_FPS)")),
        (20, {"DAEDAM_CAMERA_FPS": "15"}, ["camera.fps=10"], (10, "command line")),
        (None, {}, ["camera.fps=10"], (10, "command line")),
    ],
)
def test_default_file_remote_environment_command_line(
    tmp_path: Path,
    remote_fps: int | None,
    environment: dict[str, str],
    orders: list[str],
    told_as: tuple[int, str],
) -> None:
    if remote_fps:
        in_force(tmp_path, remote(camera__fps=remote_fps))
    found = sources.load(room(tmp_path), environment, orders)
    assert (found.config.camera.fps, told(found, "camera.fps")) == (told_as[0], told_as)
    assert told(found, "camera.height") == (480, "default")
    assert told(found, "central.address")[1] == "file"


@pytest.mark.parametrize(
    ("environment", "orders", "names"),
    [
        ({"DAEDAM_CAMERA_FPS": "fast"}, [], "camera.fps"),
        ({}, ["camera.fps=900"], "camera.fps"),
        ({}, ["central.address=evil:1"], "central.address"),
        ({}, ["camera.fps"], "--set"),
    ],
)
def test_what_a_person_types_wrong_is_named(
    tmp_path: Path, environment: dict[str, str], orders: list[str], names: str
) -> None:
    with pytest.raises(ConfigError, match=names):
        sources.load(room(tmp_path), environment, orders)


def test_a_version_is_on_trial_until_it_is_settled(tmp_path: Path) -> None:
    store = Store(tmp_path / "settings")
    store.keep(remote(camera__fps=15))
    assert sources.load(room(tmp_path), {}).remote.version == 7
    assert store.in_force() == Remote()
    assert store.settle() == remote(camera__fps=15)
    assert sources.load(room(tmp_path), {}).config.camera.fps == 15
    assert (store.waiting(), store.refused()) == (None, None)


def test_a_version_with_which_the_room_did_not_start_is_given_back(tmp_path: Path) -> None:
    in_force(tmp_path, remote(6, camera__fps=20))
    store = Store(tmp_path / "settings")
    store.keep(remote(7, camera__device="9"))
    sources.load(room(tmp_path), {})  # this start ends without a picture
    again = sources.load(room(tmp_path), {})
    assert (again.remote.version, again.config.camera.device) == (6, "0")
    refused = store.refused()
    assert refused is not None
    assert (refused.version, refused.refusal, refused.command_id) == (7, FAILED, "c7")
    assert store.waiting() is None


@pytest.mark.parametrize("name", ["remote.toml", "next.toml", "refused.toml"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"version = ", b"[settings]\n", b"version='x'"]
)
def test_a_damaged_file_is_no_file(tmp_path: Path, name: str, content: bytes) -> None:
    folder = tmp_path / "settings"
    folder.mkdir()
    (folder / name).write_bytes(content)
    found = sources.load(room(tmp_path), {})
    assert (found.remote, found.config.camera.fps) == (Remote(), 25)


def test_looking_at_the_settings_begins_no_trial(tmp_path: Path) -> None:
    Store(tmp_path / "settings").keep(remote(camera__fps=15))
    before = sorted(one.name for one in (tmp_path / "settings").iterdir())
    assert sources.load(room(tmp_path), {}, start=False).config.camera.fps == 15
    assert sorted(one.name for one in (tmp_path / "settings").iterdir()) == before


def test_settings_show_prints_every_value_with_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_force(tmp_path, remote(camera__fps=15))
    path = str(room(tmp_path))
    assert main(["settings", "show", "--config", path, "--set", "log.level=debug"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["camera.fps"].split(maxsplit=2)[1:] == ["15", "remote version 7 by minho"]
    assert lines["camera.width"].endswith("file")
    assert lines["log.level"].endswith("command line")
    assert main(["settings", "show", "--config", path, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    by_key = {one["key"]: one for one in document["settings"]}
    assert by_key["camera.fps"]["source"] == "remote version 7 by minho"
    assert by_key["central.address"]["settable_from_central"] is False
    assert document["remote_version"] == 7


def test_both_sides_allow_the_same_settings() -> None:
    def plain(table: Any) -> dict[str, str]:
        return {key: repr(kind) for key, kind in table.SETTABLE.items()}

    assert plain(settable) == plain(central_table)


def test_nothing_that_finds_or_proves_a_room_can_be_set_from_afar() -> None:
    sections = {key.partition(".")[0] for key in settable.SETTABLE}
    assert not sections & {"central", "models", "kiosk", "replay"}
    assert "spool.folder" not in settable.SETTABLE


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        ("camera.fps", 30, True),
        ("camera.fps", 4, False),
        ("camera.fps", "30", False),
        ("camera.fps", True, False),
        ("camera.device", "0", True),
        ("camera.device", "/dev/video2", True),
        ("camera.device", "/etc/passwd", False),
        ("camera.device", "/dev/video2\n", False),
        ("camera.device", "http://evil/stream", False),
        ("microphone.device", "Jabra", True),
        ("microphone.device", "../x", False),
        ("microphone.device", "a\0b", False),
        ("microphone.device", "x" * 101, False),
        ("speaker.output", "loud", False),
        ("spool.limit_bytes", 1, False),
        ("spool.folder", "/tmp", False),
        ("central.address", "evil:1", False),
    ],
)
def test_only_values_that_mean_something_may_be_set(key: str, value: Any, fits: bool) -> None:
    assert (settable.problem(key, value) == "") is fits
    assert settable.problem(key, value) == central_table.problem(key, value)


@given(
    st.builds(
        Remote,
        version=st.integers(0, 2**63 - 1),
        changed_by=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
        command_id=st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
        values=st.fixed_dictionaries(
            {},
            optional={
                "camera.fps": st.integers(5, 60),
                "microphone.device": st.from_regex(
                    r"[^\x00-\x1f\x7f/\\]{0,20}", fullmatch=True
                ).filter(lambda text: max(text, default="") < "\ud800" or min(text) > "\udfff"),
                "log.level": st.sampled_from(["info", "debug"]),
            },
        ),
        refusal=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    )
)
def test_what_is_kept_is_read_back(one: Remote) -> None:
    assert from_toml(to_toml(one)) == one
