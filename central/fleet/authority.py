"""The site's certificate authority: one P-256 root, server certificates for gateways, client
certificates for rooms' agents. Its key is never in a gateway.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from central.errors import IdentityError, StartError
from central.fleet.identity import parse_uri, spiffe_uri

CERTIFICATE_FILE: Final = "ca.crt"
KEY_FILE: Final = "ca.key"
ROOT_LIFE: Final = timedelta(days=3650)
SERVER_LIFE: Final = timedelta(days=397)
ROOM_LIFE: Final = timedelta(days=7)
CLOCK_SKEW: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate (PEM) and, where the authority made it, its private key (PEM)."""

    certificate: bytes
    private_key: bytes | None
    not_after: datetime


class Authority:
    """Issues certificates; nothing that a request says about names is believed."""

    def __init__(
        self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey, organisation: str
    ) -> None:
        self._certificate = certificate
        self._key = key
        self._organisation = organisation

    @classmethod
    def load(cls, directory: Path, organisation: str = "daedam") -> Self:
        """The authority whose files lie in `directory`; raises `StartError` where they do not."""
        try:
            certificate = x509.load_pem_x509_certificate(
                (directory / CERTIFICATE_FILE).read_bytes()
            )
            key = serialization.load_pem_private_key((directory / KEY_FILE).read_bytes(), None)
        except (OSError, ValueError) as error:
            raise StartError("authority", f"cannot be read in {directory}: {error}") from error
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise StartError("authority", f"{directory / KEY_FILE} is not an EC key")
        return cls(certificate, key, organisation)

    @property
    def certificate(self) -> bytes:
        """The root certificate, PEM: what both sides trust."""
        return self._certificate.public_bytes(serialization.Encoding.PEM)

    def issue_server(self, names: Sequence[str], life: timedelta = SERVER_LIFE) -> Issued:
        """A gateway's certificate for these DNS names and IP addresses."""
        key = ec.generate_private_key(ec.SECP256R1())
        alternatives = x509.SubjectAlternativeName([_name(name) for name in names])
        usage = ExtendedKeyUsageOID.SERVER_AUTH
        return self._issue(key.public_key(), key, names[0], alternatives, usage, life)

    def issue_room(
        self,
        room_code: str,
        agent_uuid: str,
        csr: bytes | None = None,
        life: timedelta = ROOM_LIFE,
    ) -> Issued:
        """An agent's certificate: over the key of a certificate request (PEM), else over a new key.

        Raises `IdentityError` for a request whose signature is wrong, or a code or UUID that makes no
        identity.
        """
        uri = spiffe_uri(self._organisation, room_code, agent_uuid)
        parse_uri(uri)
        key = None if csr is not None else ec.generate_private_key(ec.SECP256R1())
        public = _requested_key(csr) if csr is not None else None
        if key is not None:
            public = key.public_key()
        assert public is not None
        alternatives = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri)])
        usage = ExtendedKeyUsageOID.CLIENT_AUTH
        return self._issue(public, key, room_code, alternatives, usage, life)

    def _issue(  # noqa: PLR0917 - the parts of a certificate
        self,
        public: ec.EllipticCurvePublicKey,
        key: ec.EllipticCurvePrivateKey | None,
        common_name: str,
        alternatives: x509.SubjectAlternativeName,
        usage: x509.ObjectIdentifier,
        life: timedelta,
    ) -> Issued:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_subject(common_name))
            .issuer_name(self._certificate.subject)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - CLOCK_SKEW)
            .not_valid_after(now + life)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
            .add_extension(alternatives, critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
        )
        certificate = builder.sign(self._key, hashes.SHA256())
        return Issued(
            certificate.public_bytes(serialization.Encoding.PEM),
            None if key is None else _key_pem(key),
            certificate.not_valid_after_utc,
        )


def create_authority(directory: Path, organisation: str = "daedam") -> Authority:
    """The authority in `directory`, made there where there is none. The key is readable by its owner
    only.
    """
    if (directory / KEY_FILE).exists():
        return Authority.load(directory, organisation)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _root(key, organisation)
    write_private(directory / KEY_FILE, _key_pem(key))
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (directory / CERTIFICATE_FILE).write_bytes(pem)
    return Authority(certificate, key, organisation)


def write_private(path: Path, content: bytes) -> None:
    """Writes a secret that only its owner can read, whole or not at all."""
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _root(key: ec.EllipticCurvePrivateKey, organisation: str) -> x509.Certificate:
    now = datetime.now(UTC)
    name = _subject(f"{organisation} rooms")
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SKEW)
        .not_valid_after(now + ROOT_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )


def _requested_key(csr: bytes) -> ec.EllipticCurvePublicKey:
    try:
        request = x509.load_pem_x509_csr(csr)
    except ValueError as error:
        raise IdentityError("this is not a certificate request") from error
    key = request.public_key()
    if not request.is_signature_valid or not isinstance(key, ec.EllipticCurvePublicKey):
        raise IdentityError("the certificate request is not signed by its own P-256 key")
    if not isinstance(key.curve, ec.SECP256R1):
        raise IdentityError("the certificate request's key is not P-256")
    return key


def _subject(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64])])


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
