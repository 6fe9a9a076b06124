"""The site's issuing authority: server certificates for gateways, client certificates for rooms.

It is signed by the root, whose key lies in a folder of its own that is taken away after the first start
and that nothing here reads (`central.fleet.root` makes it). Who trusts the root trusts this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from central.errors import StartError
from central.fleet import certificates
from central.fleet.certificates import CLOCK_SKEW, Content, Key
from central.fleet.identity import parse_uri, spiffe_uri

KEY_FILE: Final = "issuing.key"
CERTIFICATE_FILE: Final = "issuing.crt"
ROOT_FILE: Final = "root.crt"
OLD_KEY_FILE, OLD_CERTIFICATE_FILE = "ca.key", "ca.crt"
"""The first version's one authority, which was root and issuer at once. It goes on as both."""
SERVER_LIFE: Final = timedelta(days=397)
ROOM_LIFE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate (PEM, with its chain up to the root) and, where the authority made it, its private
    key (PEM).
    """

    certificate: bytes
    private_key: bytes | None
    not_after: datetime
    serial: str
    key_sha256: str


class Authority:
    """Issues certificates; nothing that a request says about names is believed."""

    def __init__(
        self,
        certificate: x509.Certificate,
        key: Key,
        organisation: str,
        root: x509.Certificate | None = None,
    ) -> None:
        self._certificate = certificate
        self._key = key
        self._organisation = organisation
        self._root = root or certificate

    @classmethod
    def load(cls, directory: Path, organisation: str = "daedam") -> Self:
        """The authority whose files lie in `directory`; raises `StartError` where they do not."""
        if (directory / OLD_KEY_FILE).exists():
            old = directory / OLD_CERTIFICATE_FILE
            return cls.read(old, directory / OLD_KEY_FILE, old, organisation)
        return cls.read(
            directory / CERTIFICATE_FILE, directory / KEY_FILE, directory / ROOT_FILE, organisation
        )

    @classmethod
    def read(cls, certificate: Path, key: Path, roots: Path, organisation: str) -> Self:
        """The authority in these files; `roots` may hold several, one of which signed it. Raises
        `StartError` where they cannot be read, or do not belong together.
        """
        try:
            issuer = x509.load_pem_x509_certificate(certificate.read_bytes())
            private = serialization.load_pem_private_key(key.read_bytes(), None)
            trusted = x509.load_pem_x509_certificates(roots.read_bytes())
        except (OSError, ValueError, TypeError) as error:
            raise StartError("authority", f"cannot be read: {error}") from error
        if not isinstance(private, ec.EllipticCurvePrivateKey):
            raise StartError("authority", f"{key} is not an EC key")
        if private.public_key() != issuer.public_key():
            raise StartError("authority", f"{key} is not the key of {certificate}")
        root = next((one for one in trusted if _signed(issuer, one)), None)
        if root is None:
            raise StartError("authority", f"{certificate} is not signed by a root in {roots}")
        return cls(issuer, private, organisation, root)

    @property
    def certificate(self) -> bytes:
        """The root certificate, PEM: what both sides trust."""
        return certificates.pem(self._root)

    @property
    def not_after(self) -> datetime:
        """When the issuing certificate ends; nothing that it signs lasts longer."""
        return self._certificate.not_valid_after_utc

    @property
    def organisation(self) -> str:
        """Trust domain of the identities."""
        return self._organisation

    @property
    def private_key(self) -> Key:
        """The issuing key, from which the enrolling process derives what it signs challenges with."""
        return self._key

    def issued(self, certificate: x509.Certificate) -> bool:
        """Whether this authority signed the certificate; nothing is said about its time."""
        return _signed(certificate, self._certificate)

    def issue_server(self, names: Sequence[str], life: timedelta = SERVER_LIFE) -> Issued:
        """A gateway's certificate for these DNS names and IP addresses, over a new key."""
        key = certificates.new_key()
        hosts = certificates.hosts(names)
        usage = ExtendedKeyUsageOID.SERVER_AUTH
        now = datetime.now(UTC)
        return self._issue(key.public_key(), key, names[0], hosts, usage, (now, now + life))

    def issue_room(
        self,
        room_code: str,
        agent_uuid: str,
        csr: bytes | None = None,
        life: timedelta = ROOM_LIFE,
        now: datetime | None = None,
    ) -> Issued:
        """An agent's certificate: over the key of a certificate request (PEM), else over a new key. It
        begins five minutes before `now` (None: now).

        Raises `IdentityError` for a request whose signature is wrong, or a code or UUID that makes no
        identity.
        """
        uri = spiffe_uri(self._organisation, room_code, agent_uuid)
        parse_uri(uri)
        key = None if csr is not None else certificates.new_key()
        public = certificates.requested_key(csr) if csr is not None else None
        if key is not None:
            public = key.public_key()
        assert public is not None
        names = (x509.UniformResourceIdentifier(uri),)
        usage = ExtendedKeyUsageOID.CLIENT_AUTH
        begin = now or datetime.now(UTC)
        return self._issue(public, key, room_code, names, usage, (begin, begin + life))

    def _issue(  # noqa: PLR0917 - the parts of a certificate
        self,
        public: ec.EllipticCurvePublicKey,
        key: Key | None,
        name: str,
        alternatives: tuple[x509.GeneralName, ...],
        usage: x509.ObjectIdentifier,
        span: tuple[datetime, datetime],
    ) -> Issued:
        starts, ends = span[0] - CLOCK_SKEW, min(span[1], self.not_after)
        content = Content(name, public, starts, ends, alternatives, usage)
        leaf = certificates.sign(content, self._certificate.subject, self._key)
        chain = () if self._certificate == self._root else (self._certificate,)
        return Issued(
            certificates.pem(leaf, *chain),
            None if key is None else certificates.key_pem(key),
            leaf.not_valid_after_utc,
            certificates.serial_of(leaf),
            certificates.public_sha256(public),
        )


def _signed(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
