"""`identity.pem`: key, certificate with its chain, and central's authorities in one file.

One file, because a key and a certificate in two can belong to different renewals after a power cut.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from edge_agent.enrolment.keys import Key, key_pem, same_key
from edge_agent.errors import IdentityError

_TOKEN: Final = re.compile(rb"^token: ([0-9a-f]{12})$", re.MULTILINE)
_HEAD: Final = """\
Who this room PC is, for Daedam's central. Made by `edge-agent enrol`, renewed by the agent.
Never copy it: two PCs with one identity lock the room.
room: {room}
certificate until: {until:%Y-%m-%d %H:%M} UTC
token: {token}
"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is in the file. `chain` begins with the agent's certificate; `token_id`: the token that it
    came with.
    """

    key: Key = field(repr=False)
    chain: tuple[x509.Certificate, ...]
    authorities: tuple[x509.Certificate, ...]
    token_id: str

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Raises `ValueError` where something is missing or does not belong together."""
        key = load_pem_private_key(content, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("its key is not an EC key")
        everything = x509.load_pem_x509_certificates(content)
        authorities = tuple(one for one in everything if one.issuer == one.subject)
        chain = tuple(one for one in everything if one.issuer != one.subject)
        if not chain or not authorities:
            raise ValueError("a certificate is missing")
        if not same_key(key.public_key(), chain[0].public_key()):
            raise ValueError("its key is not that of its certificate")
        token = _TOKEN.search(content)
        return cls(key, chain, authorities, token[1].decode() if token else "")

    @property
    def leaf(self) -> x509.Certificate:
        """The agent's own certificate."""
        return self.chain[0]

    @property
    def chain_pem(self) -> bytes:
        """What is shown to central."""
        return _pem(self.chain)

    @property
    def authorities_pem(self) -> bytes:
        """What central has to be signed by."""
        return _pem(self.authorities)

    def render(self) -> bytes:
        """The file's content."""
        head = _HEAD.format(
            room=room_of(self.leaf)[0],
            until=self.leaf.not_valid_after_utc,
            token=self.token_id,
        )
        return head.encode() + key_pem(self.key) + self.chain_pem + self.authorities_pem


def read_bundle(path: Path) -> Bundle | None:
    """The identity in the file; None where there is no file. Raises `IdentityError` for one that is of
    no use.
    """
    try:
        return Bundle.parse(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IdentityError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, TypeError) as error:
        raise IdentityError(f"{path} is damaged ({error}); enrol this PC again") from error


def write_whole(path: Path, content: bytes) -> None:
    """Writes a secret so that after any crash the old or the new file is there, whole. Mode 0600.

    Raises `IdentityError` where the folder does not take it.
    """
    unfinished = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise IdentityError(
            f"{path} cannot be written ({error.strerror}): the agent needs a folder of its own there; "
            "see central.identity"
        ) from error


def sync_folder(folder: Path) -> None:
    """A new name in a folder is durable only once the folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def room_of(leaf: x509.Certificate) -> tuple[str, str]:
    """(room code, agent UUID) in a certificate; empty where it names none."""
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return "", ""
    for uri in names.get_values_for_type(x509.UniformResourceIdentifier):
        match = re.fullmatch(r"spiffe://[^/]+/room/([^/]+)/agent/([^/]+)", uri)
        if match is not None:
            return match[1], match[2]
    return "", ""


def _pem(certificates: tuple[x509.Certificate, ...]) -> bytes:
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates)
