"""Who this room is: certificate, key and central's CA, checked before the first connection.

gRPC would only say "handshake failed"; a person at the room PC needs to know which file, and why. They
come from one file, as `edge-agent enrol` makes it, or from three that somebody put there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from edge_agent.config import Central
from edge_agent.enrolment.bundle import read_bundle, room_of
from edge_agent.enrolment.keys import key_pem
from edge_agent.errors import IdentityError

ENROL = (
    "an admin of central makes a token with `central rooms token`, then here: `edge-agent enrol`; see "
    "docs/operations.md"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """PEM bytes for TLS. `certificate` begins with the room's own; its chain follows."""

    ca: bytes
    certificate: bytes
    private_key: bytes = field(repr=False)
    not_after: datetime
    not_before: datetime
    room_code: str
    """Empty where the certificate names none."""
    files: tuple[Path, ...]
    """Where it was read: one file, or authority, certificate and key."""

    @property
    def renews(self) -> bool:
        """Whether the agent renews it by itself."""
        return len(self.files) == 1


def load_identity(settings: Central, now: datetime | None = None) -> Identity:
    """Read and check `central.identity`, or the three files where it is not there. Raises
    `IdentityError` naming the file and what to do.
    """
    return _from_one(settings, now or datetime.now(UTC)) or _from_three(
        settings, now or datetime.now(UTC)
    )


def identity_files(settings: Central) -> tuple[Path, Path]:
    """(where central's authority is, where this room's certificate is): for sentences about them."""
    if settings.identity.exists():
        return settings.identity, settings.identity
    return settings.ca, settings.certificate


def _from_one(settings: Central, now: datetime) -> Identity | None:
    bundle = read_bundle(settings.identity)
    if bundle is None:
        return None
    _check_time(bundle.leaf, settings.identity, now)
    return Identity(
        bundle.authorities_pem,
        bundle.chain_pem,
        key_pem(bundle.key),
        bundle.leaf.not_valid_after_utc,
        bundle.leaf.not_valid_before_utc,
        room_of(bundle.leaf)[0],
        (settings.identity,),
    )


def _from_three(settings: Central, now: datetime) -> Identity:
    ca = _read(settings.ca, "central's CA certificate")
    certificate = _read(settings.certificate, "this room's certificate")
    private_key = _read(settings.private_key, "this room's private key")
    _parse(ca, settings.ca)
    leaf = _parse(certificate, settings.certificate)
    _check_time(leaf, settings.certificate, now)
    _check_pair(leaf, private_key, settings)
    return Identity(
        ca,
        certificate,
        private_key,
        leaf.not_valid_after_utc,
        leaf.not_valid_before_utc,
        room_of(leaf)[0],
        (settings.ca, settings.certificate, settings.private_key),
    )


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
            f"the certificate {path} expired on {leaf.not_valid_after_utc:%Y-%m-%d %H:%M} UTC (this "
            f"PC's clock says {now:%Y-%m-%d %H:%M}); {ENROL}"
        )
    if now < leaf.not_valid_before_utc:
        raise IdentityError(
            f"the certificate {path} is valid from {leaf.not_valid_before_utc:%Y-%m-%d %H:%M} UTC; "
            f"check this PC's clock, which says {now:%Y-%m-%d %H:%M} (timedatectl)"
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
