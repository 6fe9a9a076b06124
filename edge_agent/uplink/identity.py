"""Who this room is: certificate, key and central's CA, checked before the first connection.

gRPC would only say "handshake failed"; a person at the room PC needs to know which file, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from edge_agent.config import Central
from edge_agent.errors import IdentityError

ENROL = "an admin of central makes it with `central rooms certificate`; see docs/operations.md"


@dataclass(frozen=True, slots=True)
class Identity:
    """PEM bytes for TLS."""

    ca: bytes
    certificate: bytes
    private_key: bytes
    not_after: datetime


def load_identity(settings: Central, now: datetime | None = None) -> Identity:
    """Read and check the three files. Raises `IdentityError` naming the file and what to do."""
    ca = _read(settings.ca, "central's CA certificate")
    certificate = _read(settings.certificate, "this room's certificate")
    private_key = _read(settings.private_key, "this room's private key")
    _parse(ca, settings.ca)
    leaf = _parse(certificate, settings.certificate)
    _check_time(leaf, settings.certificate, now or datetime.now(UTC))
    _check_pair(leaf, private_key, settings)
    return Identity(ca, certificate, private_key, leaf.not_valid_after_utc)


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise IdentityError(
            f"{what} cannot be read at {path} ({error.strerror}); {ENROL}"
        ) from error


def _parse(pem: bytes, path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise IdentityError(f"{path} holds no PEM certificate; {ENROL}") from error


def _check_time(leaf: x509.Certificate, path: Path, now: datetime) -> None:
    if now > leaf.not_valid_after_utc:
        raise IdentityError(
            f"the certificate {path} expired on {leaf.not_valid_after_utc:%Y-%m-%d %H:%M} UTC; {ENROL}"
        )
    if now < leaf.not_valid_before_utc:
        raise IdentityError(
            f"the certificate {path} is valid from {leaf.not_valid_before_utc:%Y-%m-%d %H:%M} UTC; "
            "check this PC's clock"
        )


def _check_pair(leaf: x509.Certificate, private_key: bytes, settings: Central) -> None:
    try:
        key = load_pem_private_key(private_key, password=None)
    except (ValueError, TypeError) as error:
        raise IdentityError(
            f"{settings.private_key} holds no usable PEM key (it must have no password); {ENROL}"
        ) from error
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*form) != leaf.public_key().public_bytes(*form):
        raise IdentityError(
            f"{settings.private_key} is not the key of {settings.certificate}; {ENROL}"
        )
