"""Settings: what is wrong is named by its key."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from edge_agent.config import Config, load
from edge_agent.errors import ConfigError

pytestmark = pytest.mark.unit

MINIMAL = '[central]\naddress = "central:7443"\n'


def read(folder: Path, text: str) -> Config:
    path = folder / "edge.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_the_address_of_central_is_enough(tmp_path: Path) -> None:
    config = read(tmp_path, MINIMAL)
    assert config.central.certificate == tmp_path / "tls/room.crt"
    assert config.replay.file is None
    assert config.spool.limit_bytes > 0


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    text = '[central]\naddress = "c:1"\nca = "../ca.crt"\n[replay]\nfile = "a/x.mp4"\n'
    config = read(tmp_path, text)
    assert config.central.ca == tmp_path / "../ca.crt"
    assert config.replay.file == tmp_path / "a/x.mp4"
    config = read(tmp_path, MINIMAL + '[replay]\nfile = "/x.mp4"\n')
    assert config.replay.file == Path("/x.mp4")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (MINIMAL + "[camera]\nfpz = 3\n", "camera.fpz"),
        (MINIMAL + "[camra]\nfps = 3\n", "camra"),
        (MINIMAL + '[camera]\nfps = "fast"\n', "camera.fps"),
        (MINIMAL + "[camera]\nfps = 0\n", "camera.fps"),
        (MINIMAL + '[speaker]\noutput = "loud"\n', "speaker.output"),
        (MINIMAL + '[vision]\nprofile = "cuda"\n', "vision.profile"),
        (MINIMAL + '[kiosk]\nhost = "0.0.0.0"\n', "kiosk.host"),
        (MINIMAL + "[spool]\nlimit_bytes = -1\n", "spool.limit_bytes"),
        ('[central]\naddress = "central"\n', "central.address"),
        ("[central]\n", "central.address"),
        ("", "central"),
        ("central = 3\n", "central"),
    ],
)
def test_what_is_wrong_is_named_by_its_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert caught.value.key == key


@pytest.mark.parametrize("text", ["[central\n", "\x00"])
def test_what_is_not_toml_is_said_with_the_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"edge\.toml.*not TOML"):
        read(tmp_path, text)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read"):
        load(tmp_path / "none.toml")


def test_settings_are_frozen(tmp_path: Path) -> None:
    with pytest.raises(AttributeError):
        read(tmp_path, MINIMAL).camera.fps = 5  # type: ignore[misc] # that it cannot be set is the claim
    assert msgspec.structs.asdict(read(tmp_path, MINIMAL).log) == {"level": "info", "json": False}
