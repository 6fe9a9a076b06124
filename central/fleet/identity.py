"""Who an agent is, from its certificate and from nothing else."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509

from central.errors import IdentityError

_SPIFFE = re.compile(
    r"spiffe://(?P<organisation>[a-z0-9.-]+)/room/(?P<room>[a-z0-9-]+)/agent/(?P<agent>[0-9a-f-]{36})"
)


@dataclass(frozen=True, slots=True)
class AgentIdentity:
    """The agent `agent_uuid` in the room `room_code`, until `not_after` (UTC)."""

    organisation: str
    room_code: str
    agent_uuid: str
    not_after: datetime
    serial: str = ""
    """Of the certificate, hexadecimal: how it is found in the register."""

    @property
    def uri(self) -> str:
        """As in the certificate."""
        return spiffe_uri(self.organisation, self.room_code, self.agent_uuid)

    def seconds_left(self, now: datetime) -> float:
        """How long the certificate still holds."""
        return (self.not_after - now).total_seconds()


def spiffe_uri(organisation: str, room_code: str, agent_uuid: str) -> str:
    """The name of an agent in its certificate."""
    return f"spiffe://{organisation}/room/{room_code}/agent/{agent_uuid}"


def parse_uri(uri: str) -> tuple[str, str, str]:
    """(organisation, room code, agent uuid) of a room agent's URI; raises `IdentityError`."""
    match = _SPIFFE.fullmatch(uri)
    if match is None:
        raise IdentityError(f"{uri[:200]!r} is not the name of a room's agent")
    try:
        agent_uuid = str(uuid.UUID(match["agent"]))
    except ValueError as error:
        raise IdentityError(f"{uri[:200]!r} names no agent") from error
    return match["organisation"], match["room"], agent_uuid


def identity_of(certificate_pem: bytes, organisation: str) -> AgentIdentity:
    """The identity in a peer's certificate, whose chain the handshake has verified.

    Raises `IdentityError` where it is not that of a room's agent of this organisation, or no longer
    valid.
    """
    certificate = x509.load_pem_x509_certificate(certificate_pem)
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound as error:
        raise IdentityError("the certificate names nobody") from error
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    if len(uris) != 1:
        raise IdentityError(f"the certificate has {len(uris)} URIs, not one")
    theirs, room_code, agent_uuid = parse_uri(uris[0])
    if theirs != organisation:
        raise IdentityError(f"the certificate is of {theirs!r}, not of {organisation!r}")
    ends, serial = certificate.not_valid_after_utc, f"{certificate.serial_number:x}"
    identity = AgentIdentity(theirs, room_code, agent_uuid, ends, serial)
    if identity.seconds_left(datetime.now(UTC)) <= 0:
        raise IdentityError("the certificate has expired")
    return identity
