"""Certificates say who is calling, and nothing that a request claims about names is believed."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from central.errors import IdentityError, StartError
from central.fleet.authority import Authority
from central.fleet.identity import identity_of, parse_uri
from central.fleet.root import create_authority

pytestmark = pytest.mark.unit

AGENT = "9861f5f6-a759-4c6b-9871-d88bdb07821a"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return create_authority(tmp_path / "authority", "example.org")


def purposes(pem: bytes) -> list[x509.ObjectIdentifier]:
    certificate = x509.load_pem_x509_certificate(pem)
    return list(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)


def request_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "root of everything")])
    evil = x509.SubjectAlternativeName(
        [x509.UniformResourceIdentifier(f"spiffe://example.org/room/vault/agent/{AGENT}")]
    )
    return (
        x509.CertificateSigningRequestBuilder()
        .subject_name(name)
        .add_extension(evil, critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )


def test_a_rooms_certificate_says_which_agent_it_is(authority: Authority) -> None:
    issued = authority.issue_room("r101", AGENT)
    identity = identity_of(issued.certificate, "example.org")
    assert (identity.room_code, identity.agent_uuid) == ("r101", AGENT)
    assert identity.uri == f"spiffe://example.org/room/r101/agent/{AGENT}"
    assert purposes(issued.certificate) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    assert issued.private_key is not None


def test_names_in_a_request_are_ignored(authority: Authority) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    issued = authority.issue_room("r101", AGENT, request_of(key))
    assert identity_of(issued.certificate, "example.org").room_code == "r101"
    certificate = x509.load_pem_x509_certificate(issued.certificate)
    assert certificate.public_key() == key.public_key()
    assert issued.private_key is None


@pytest.mark.parametrize("curve", [ec.SECP384R1()])
def test_only_p256_keys_are_signed(authority: Authority, curve: ec.EllipticCurve) -> None:
    with pytest.raises(IdentityError, match="not P-256"):
        authority.issue_room("r101", AGENT, request_of(ec.generate_private_key(curve)))


def test_what_is_no_request_is_refused(authority: Authority) -> None:
    with pytest.raises(IdentityError, match="not a certificate request"):
        authority.issue_room("r101", AGENT, b"hello")


def test_a_servers_certificate_opens_no_room(authority: Authority) -> None:
    issued = authority.issue_server(["gateway.example.org", "10.0.0.1"])
    assert purposes(issued.certificate) == [ExtendedKeyUsageOID.SERVER_AUTH]
    with pytest.raises(IdentityError):
        identity_of(issued.certificate, "example.org")


def test_an_expired_certificate_is_nobodys(authority: Authority) -> None:
    issued = authority.issue_room("r101", AGENT, life=timedelta(minutes=-1))
    with pytest.raises(IdentityError, match="expired"):
        identity_of(issued.certificate, "example.org")


def test_another_organisations_agent_is_nobody_here(authority: Authority) -> None:
    with pytest.raises(IdentityError, match="not of 'daedam'"):
        identity_of(authority.issue_room("r101", AGENT).certificate, "daedam")


def test_the_key_is_its_owners_only_and_the_authority_is_made_once(tmp_path: Path) -> None:
    first = create_authority(tmp_path / "a")
    assert stat.S_IMODE((tmp_path / "a" / "issuing.key").stat().st_mode) == 0o600
    assert create_authority(tmp_path / "a").certificate == first.certificate
    with pytest.raises(StartError):
        Authority.load(tmp_path / "b")


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "https://example.org/room/r101/agent/x",
        f"spiffe://example.org/room/R101/agent/{AGENT}",
        f"spiffe://example.org/room/r101/agent/{AGENT}/more",
        f"spiffe://example.org/room/a.b/agent/{AGENT}",
        f"spiffe://example.org/room/r101/agent/{'-' * 36}",
        f"spiffe://example.org/gateway/{AGENT}",
    ],
)
def test_only_a_rooms_agent_has_such_a_name(uri: str) -> None:
    with pytest.raises(IdentityError):
        parse_uri(uri)
