"""The gateway's own certificate: who it is for, when it has to be renewed, and its renewal.

The gateway takes new files at the next handshake, so a renewal needs no restart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Self

from cryptography import x509

from central.config import Config
from central.errors import StartError
from central.fleet.authority import Authority
from central.fleet.certificates import write_private, write_public

RENEW_BEFORE: Final = timedelta(days=60)
ALARM_BEFORE: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ServerFiles:
    """A gateway's certificate (PEM, with its chain) and key."""

    certificate: Path
    private_key: Path

    @classmethod
    def of(cls, config: Config) -> Self:
        """Those of the settings."""
        gateway = config.gateway
        return cls(config.path(gateway.certificate), config.path(gateway.private_key))

    def exist(self) -> bool:
        """Whether both are there."""
        return self.certificate.exists() and self.private_key.exists()

    def read(self) -> x509.Certificate:
        """The certificate. Raises `StartError` where there is none."""
        try:
            return x509.load_pem_x509_certificate(self.certificate.read_bytes())
        except (OSError, ValueError) as error:
            raise StartError("gateway", f"cannot read {self.certificate}: {error}") from error

    def is_due(self, now: datetime) -> bool:
        """Whether less than 60 days of it are left."""
        return now > self.read().not_valid_after_utc - RENEW_BEFORE


def write_server(files: ServerFiles, authority: Authority, names: Sequence[str]) -> datetime:
    """A new certificate for these names, over a new key; until when it is good.

    The key first: between the two writes a handshake fails and is tried again.
    """
    issued = authority.issue_server(names)
    for file in (files.certificate, files.private_key):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(files.private_key, issued.private_key or b"")
    write_public(files.certificate, issued.certificate)
    return issued.not_after


def renew_server(files: ServerFiles, authority: Authority) -> datetime:
    """The same names again. Raises `StartError` where another authority signed the certificate: then
    that one has to renew it.
    """
    certificate = files.read()
    if not authority.issued(certificate):
        raise StartError("gateway", f"{files.certificate} was not issued by this central; renew it")
    return write_server(files, authority, names_in(certificate))


def names_in(certificate: x509.Certificate) -> list[str]:
    """The DNS names and addresses that it is for."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    hosts = names.get_values_for_type(x509.DNSName)
    return [*hosts, *map(str, names.get_values_for_type(x509.IPAddress))]
