"""Keys of this PC: made here, never sent anywhere."""

from __future__ import annotations

from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

Key = ec.EllipticCurvePrivateKey


def new_key() -> Key:
    """A P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def key_pem(key: Key) -> bytes:
    """Without a password: the file's mode is what protects it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def load_key(pem: bytes) -> Key | None:
    """The key in a PEM file of ours; None where it is damaged."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        return None
    return key if isinstance(key, ec.EllipticCurvePrivateKey) else None


def request_for(key: Key) -> bytes:
    """A certificate request (PEM) without names: central gives them."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def public_sha256(key: CertificatePublicKeyTypes) -> str:
    """SHA-256 of the SubjectPublicKeyInfo, hexadecimal: what a token's pin is made of."""
    form = PublicFormat.SubjectPublicKeyInfo
    return sha256(key.public_bytes(Encoding.DER, form)).hexdigest()


def same_key(one: CertificatePublicKeyTypes, other: CertificatePublicKeyTypes) -> bool:
    """Whether both are the same public key."""
    return public_sha256(one) == public_sha256(other)


def sign(key: Key, message: bytes) -> bytes:
    """ECDSA with SHA-256."""
    return key.sign(message, ec.ECDSA(hashes.SHA256()))


def enrol_message(token: str, csr: bytes) -> bytes:
    """What the former key signs when this PC enrols anew (`EnrolRequest.former_signature`)."""
    return b"daedam enrol v1" + sha256(token.encode()).digest() + sha256(csr).digest()


def recover_message(challenge: bytes, csr: bytes) -> bytes:
    """What the last key signs when its certificate has expired (`RecoverRequest.signature`)."""
    return b"daedam recover v1" + sha256(challenge).digest() + sha256(csr).digest()
