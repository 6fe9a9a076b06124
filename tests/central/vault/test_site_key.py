"""The site key: made once, found with its elders, never replaced in silence."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from central.config import Config, Vault
from central.errors import StartError, VaultError
from central.vault import site_key
from central.vault.first_key import make_site_key
from central.vault.rotation import replace
from central.vault.site_key import Wrapped
from tests.fakes.landed import ring

pytestmark = pytest.mark.unit

KEY, OTHER = bytes(range(32)), bytes(32)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(data_dir=tmp_path)


def file_of(config: Config) -> Path:
    return config.path(config.vault.site_key)


def test_the_first_start_makes_a_key_for_this_account_alone_and_says_so_once(
    config: Config,
) -> None:
    (line,) = make_site_key(config)
    assert "back it up apart from the data" in line
    assert stat.S_IMODE(file_of(config).stat().st_mode) == 0o600
    assert len(file_of(config).read_bytes()) == 32
    assert make_site_key(config) == []
    assert file_of(config).read_bytes().hex() not in line


def test_a_lost_key_is_not_made_anew(config: Config) -> None:
    make_site_key(config)
    file_of(config).unlink()
    (line,) = make_site_key(config)
    assert "restore it from its backup" in line
    assert not file_of(config).exists()


def test_a_vault_without_a_key_gets_none(config: Config) -> None:
    (config.path(config.vault.folder) / "ab").mkdir(parents=True)
    (line,) = make_site_key(config)
    assert "IS GONE" in line
    assert not file_of(config).exists()


@pytest.mark.parametrize("content", [None, b"", bytes(31), bytes(33)], ids=str)
def test_what_is_no_key_says_what_to_do(config: Config, content: bytes | None) -> None:
    file_of(config).parent.mkdir(parents=True)
    if content is not None:
        file_of(config).write_bytes(content)
    with pytest.raises(StartError, match="restore it from its backup"):
        site_key.load(config)


def test_a_wrapped_key_is_good_for_its_interview_alone() -> None:
    keys = ring(KEY)
    wrapped = keys.wrap(OTHER, "interview:7")
    assert keys.unwrap(wrapped, "interview:7") == OTHER
    with pytest.raises(VaultError, match="was changed"):
        keys.unwrap(wrapped, "interview:8")


@pytest.mark.parametrize("bit", [0, 95, 96, 300, 479])
def test_a_changed_wrapped_key_is_refused(bit: int) -> None:
    keys = ring(KEY)
    wrapped = keys.wrap(OTHER, "interview:7")
    damaged = bytearray(wrapped.sealed)
    damaged[bit // 8] ^= 1 << bit % 8
    with pytest.raises(VaultError, match="was changed"):
        keys.unwrap(Wrapped(bytes(damaged), wrapped.site_key_id), "interview:7")


def test_the_wrong_site_key_is_named_with_the_one_that_is_wanted() -> None:
    wrapped = ring(KEY).wrap(OTHER, "interview:7")
    with pytest.raises(StartError, match=wrapped.site_key_id):
        ring(OTHER).unwrap(wrapped, "interview:7")
    with pytest.raises(StartError, match=r"vault\.old_site_keys"):
        ring(OTHER).demand([wrapped.site_key_id])


def test_keys_are_not_shown() -> None:
    assert KEY.hex() not in repr(ring(KEY))
    assert repr(KEY) not in repr(ring(KEY))


def test_a_rotation_keeps_the_old_key_beside_the_new_one(config: Config) -> None:
    make_site_key(config)
    before = site_key.load(config)
    new_id, old = replace(config)
    after = site_key.load(config)
    assert after.current == new_id != before.current
    assert after.keys[before.current] == before.keys[before.current]
    assert old.name == f"site.key.old-{before.current}"
    assert stat.S_IMODE(old.stat().st_mode) == 0o600


def test_an_old_key_is_found_where_the_settings_say(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(KEY)
    (tmp_path / "old").write_bytes(OTHER)
    config = Config(
        data_dir=tmp_path, vault=Vault(site_key=Path("new"), old_site_keys=(Path("old"),))
    )
    keys = site_key.load(config)
    assert keys.current == site_key.key_id(KEY)
    assert set(keys.keys) == {site_key.key_id(KEY), site_key.key_id(OTHER)}
