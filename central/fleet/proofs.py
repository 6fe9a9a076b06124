"""That somebody holds a key: challenges without a memory, and signatures over what is asked."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from hashlib import sha256
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from central.errors import IdentityError
from central.fleet.certificates import Key

LASTS_S: Final = 120
_NONCE_BYTES, _TIME_BYTES, _MAC_BYTES = 16, 8, 32
_LONGEST: Final = 16_384


class Challenges:
    """Any gateway with the issuing key can check what another one made. A challenge may be answered more
    than once within its time; the same answer gets the same certificate.
    """

    def __init__(self, issuing_key: Key) -> None:
        secret = issuing_key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        info = b"daedam recovery challenges"
        self._secret = HKDF(hashes.SHA256(), length=32, salt=None, info=info).derive(secret)

    def make(self, now: datetime) -> bytes:
        """To be signed within two minutes."""
        until = int(now.timestamp()) + LASTS_S
        body = secrets.token_bytes(_NONCE_BYTES) + until.to_bytes(_TIME_BYTES)
        return body + self._mac(body)

    def holds(self, challenge: bytes, now: datetime) -> bool:
        """Whether it was made here and is still good."""
        body, mac = challenge[:-_MAC_BYTES], challenge[-_MAC_BYTES:]
        if len(body) != _NONCE_BYTES + _TIME_BYTES or not hmac.compare_digest(mac, self._mac(body)):
            return False
        until = int.from_bytes(body[_NONCE_BYTES:])
        return now.timestamp() <= until

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._secret, body, "sha256")


def enrol_message(token: str, csr: bytes) -> bytes:
    """What the former key signs when its PC enrols anew."""
    return b"daedam enrol v1" + sha256(token.encode()).digest() + sha256(csr).digest()


def recover_message(challenge: bytes, csr: bytes) -> bytes:
    """What the last key signs when its certificate has expired."""
    return b"daedam recover v1" + sha256(challenge).digest() + sha256(csr).digest()


def shown(certificate_pem: bytes) -> x509.Certificate:
    """The certificate that a stranger shows. Raises `IdentityError` for what is none."""
    try:
        return x509.load_pem_x509_certificate(certificate_pem[:_LONGEST])
    except Exception as error:  # whatever the parser raises over hostile bytes
        raise IdentityError("this is not a certificate") from error


def signed(certificate: x509.Certificate, signature: bytes, message: bytes) -> bool:
    """Whether the certificate's key made the signature."""
    try:
        key = certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
