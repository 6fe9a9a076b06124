"""`central rooms` and `central authority`, as an admin types them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography import x509

from central.cli import run
from central.config import Config, Database, Nats
from central.fleet import certificates, tokens
from central.fleet.authority import Authority
from central.fleet.certificates import Content
from central.fleet.office import Office
from central.fleet.server_certificate import ServerFiles, names_in, write_server
from central.storage.pool import open_pool
from central.supervisor.first_start import make_missing, reminders, root_folder
from central.supervisor.settings import as_toml

pytestmark = pytest.mark.integration


@pytest.fixture
def config(database_url: str, nats_url: str, tmp_path: Path) -> Config:
    """A data folder after its first start."""
    config = Config(data_dir=tmp_path, database=Database(url=database_url), nats=Nats(url=nats_url))
    make_missing(config)
    (tmp_path / "central.toml").write_text(as_toml(config), encoding="utf-8")
    return config


def central(config: Config, *words: str) -> int:
    return run([*words, "--config", str(config.data_dir / "central.toml")])


def test_a_room_is_added_gets_a_token_and_is_revoked(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    assert central(config, "rooms", "add", "r101", "--name", "Room 101") == 0
    capsys.readouterr()
    assert central(config, "rooms", "token", "r101", "--minutes", "5") == 0
    said = capsys.readouterr()
    token = tokens.parse(said.out)
    assert token is not None, "the token stands alone on standard output: it can be piped"
    assert "edge-agent enrol" in said.err
    assert central(config, "rooms", "list") == 0
    listed = capsys.readouterr().out
    assert "r101" in listed
    assert "no agent, token until" in listed
    assert token.secret not in listed
    assert central(config, "rooms", "revoke", "r101") == 0
    assert "open tokens of room r101 have ended" in capsys.readouterr().out


def test_a_files_agent_is_listed_until_it_is_revoked(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    central(config, "rooms", "add", "r101")
    assert central(config, "rooms", "certificate", "r101", "--out", str(tmp_path / "pc")) == 0
    capsys.readouterr()
    central(config, "rooms", "list")
    (line,) = (one for one in capsys.readouterr().out.splitlines() if one.startswith("r101"))
    agent = line.split()[3]
    assert line.split()[-2:] == ["1", "enrolled"]
    assert central(config, "rooms", "revoke", "r101", "--agent", agent) == 0
    assert agent in capsys.readouterr().out
    central(config, "rooms", "list")
    assert "revoked" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("rooms", "token", "nowhere"), "no active room"),
        (("rooms", "revoke", "nowhere"), "no room"),
        (("rooms", "add", "Raum 1"), "use a-z"),
        (("rooms", "token", "nowhere", "--minutes", "0"), "minutes"),
    ],
)
def test_what_cannot_be_is_one_line(
    config: Config, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert central(config, *words) == 2
    error = capsys.readouterr().err
    assert says in error
    assert len(error.splitlines()) == 1


def test_the_root_comes_back_to_sign_another_issuing_authority(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = tmp_path / "usb"
    root_folder(config).rename(away)
    assert reminders(config) == []
    folder = config.data_dir / "authority"
    before = Authority.load(folder)
    assert central(config, "authority", "renew", "--root", str(away)) == 0
    after = Authority.load(folder)
    assert after.certificate == before.certificate
    old = x509.load_pem_x509_certificate(before.issue_server(["localhost"]).certificate)
    assert before.issued(old)
    assert not after.issued(old)
    assert central(config, "authority", "gateway", "--name", "gw.example.org") == 0
    assert "gw.example.org" in capsys.readouterr().out
    gateway = config.path(config.gateway.certificate).read_bytes()
    assert after.issued(x509.load_pem_x509_certificate(gateway))
    assert central(config, "authority", "renew", "--root", str(tmp_path / "none")) == 2


def test_a_first_start_says_to_take_the_root_away_until_somebody_does(config: Config) -> None:
    (line,) = reminders(config)
    assert str(root_folder(config)) in line
    (root_folder(config) / "root.key").unlink()
    assert reminders(config) == []
    make_missing(config)  # starts again without it


async def test_a_data_folder_of_the_first_version_starts_and_enrols(
    config: Config, tmp_path: Path
) -> None:
    """It has one authority, `ca.key`, that was root and issuer at once."""
    data = tmp_path / "old"
    old = msgspec.structs.replace(config, data_dir=data)
    now = datetime.now(UTC)
    key, name = certificates.new_key(), certificates.subject("daedam rooms")
    content = Content("daedam rooms", key.public_key(), now, now + timedelta(days=3650))
    content = replace(content, path_length=0)
    first = Authority(certificates.sign(content, name, key), key, "daedam")
    for folder in ("authority", "tls"):
        (data / folder).mkdir(parents=True)
    (data / "authority" / "ca.crt").write_bytes(first.certificate)
    (data / "authority" / "ca.key").write_bytes(certificates.key_pem(key))
    old.path(old.gateway.rooms_ca).write_bytes(first.certificate)
    write_server(ServerFiles.of(old), first, ["localhost", "127.0.0.1"])
    before = ServerFiles.of(old).read()
    for _ in range(2):
        make_missing(old)
        assert ServerFiles.of(old).read() == before
        assert old.path(old.gateway.rooms_ca).read_bytes() == first.certificate
        assert reminders(old) == []
    pool = await open_pool(config.database.url, 1)
    try:
        office = Office.open(old, pool, Nobody())
    finally:
        await pool.close()
    assert office is not None
    issued = office.authority.issue_room("r101", "9861f5f6-a759-4c6b-9871-d88bdb07821a")
    (leaf,) = x509.load_pem_x509_certificates(issued.certificate)
    leaf.verify_directly_issued_by(x509.load_pem_x509_certificate(first.certificate))


def test_a_gateways_certificate_that_ends_soon_is_renewed_at_the_start_for_its_own_names(
    config: Config,
) -> None:
    files = ServerFiles.of(config)
    authority = Authority.load(config.data_dir / "authority")
    issued = authority.issue_server(["gw.example.org"], timedelta(days=59))
    files.certificate.write_bytes(issued.certificate)
    files.private_key.write_bytes(issued.private_key or b"")
    make_missing(config)
    assert files.read().not_valid_after_utc > datetime.now(UTC) + timedelta(days=390)
    assert names_in(files.read()) == ["gw.example.org"]


class Nobody:
    """Hears no announcement."""

    async def announce(self, subject: str, word: str) -> None:
        return
