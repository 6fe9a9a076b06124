"""X.509 as this site uses it: P-256 keys, SHA-256, and what each kind of certificate may be used for."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import NameOID

from central.errors import IdentityError

CLOCK_SKEW: Final = timedelta(minutes=5)
"""Certificates begin this long ago: a clock that is a little behind still believes them."""
LONGEST_REQUEST: Final = 4096

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Content:
    """What a certificate says, without who signs it."""

    name: str
    public: ec.EllipticCurvePublicKey
    not_before: datetime
    not_after: datetime
    alternatives: tuple[x509.GeneralName, ...] = ()
    usage: x509.ObjectIdentifier | None = None
    """What a leaf is for; None: an authority."""
    path_length: int | None = None
    """How many authorities may stand below this one; None: this is no authority."""


def sign(content: Content, issuer: x509.Name, key: Key) -> x509.Certificate:
    """The certificate, signed by `key`, whose name is `issuer`."""
    authority = content.path_length is not None
    constraints = x509.BasicConstraints(ca=authority, path_length=content.path_length)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject(content.name))
        .issuer_name(issuer)
        .public_key(content.public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(content.not_before)
        .not_valid_after(content.not_after)
        .add_extension(constraints, critical=True)
        .add_extension(_key_usage(signs_certificates=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(content.public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
    )
    if content.usage is not None:
        usage = x509.ExtendedKeyUsage([content.usage])
        builder = builder.add_extension(usage, critical=False)
    if content.alternatives:
        names = x509.SubjectAlternativeName(content.alternatives)
        builder = builder.add_extension(names, critical=False)
    return builder.sign(key, hashes.SHA256())


def new_key() -> Key:
    """A private key."""
    return ec.generate_private_key(ec.SECP256R1())


def requested_key(csr: bytes) -> ec.EllipticCurvePublicKey:
    """The public key in a certificate request (PEM); whatever else it asks for is not read.

    Raises `IdentityError` for what is no request, is not signed by its own key, or is not P-256.
    """
    try:
        request = x509.load_pem_x509_csr(csr[:LONGEST_REQUEST])
        key, signed = request.public_key(), request.is_signature_valid
    except Exception as error:  # whatever the parser raises over hostile bytes
        raise IdentityError("this is not a certificate request") from error
    if not signed or not isinstance(key, ec.EllipticCurvePublicKey):
        raise IdentityError("the certificate request is not signed by its own P-256 key")
    if not isinstance(key.curve, ec.SECP256R1):
        raise IdentityError("the certificate request's key is not P-256")
    return key


def public_sha256(key: CertificatePublicKeyTypes) -> str:
    """SHA-256 of a public key's SubjectPublicKeyInfo, hexadecimal: how keys are told apart."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return sha256(key.public_bytes(serialization.Encoding.DER, form)).hexdigest()


def serial_of(certificate: x509.Certificate) -> str:
    """Hexadecimal, lower case."""
    return f"{certificate.serial_number:x}"


def pem(*certificates: x509.Certificate) -> bytes:
    """The certificates, one after the other."""
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates)


def key_pem(key: Key) -> bytes:
    """The private key, without a password."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def subject(common_name: str) -> x509.Name:
    """A name of one part."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64])])


def hosts(names: Sequence[str]) -> tuple[x509.GeneralName, ...]:
    """DNS names and IP addresses."""
    return tuple(_host(name) for name in names)


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


def write_public(path: Path, content: bytes) -> None:
    """Writes what everybody may read, whole or not at all."""
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


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
