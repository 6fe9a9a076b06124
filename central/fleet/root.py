"""The site's root: made once, together with the issuing authority below it, and then taken away.

Its key is needed again only to sign another issuing authority (in years, or after a theft): then its
folder is brought back and named on the command line. No role reads it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from central.errors import StartError
from central.fleet import certificates
from central.fleet.authority import (
    CERTIFICATE_FILE,
    KEY_FILE,
    OLD_CERTIFICATE_FILE,
    OLD_KEY_FILE,
    ROOT_FILE,
    Authority,
)
from central.fleet.certificates import CLOCK_SKEW, Content, Key, write_private, write_public

ROOT_KEY_FILE: Final = "root.key"
README_FILE: Final = "TAKE-THIS-FOLDER-AWAY.txt"
ROOT_LIFE: Final = timedelta(days=7305)
ISSUING_LIFE: Final = timedelta(days=1826)
_README: Final = """\
This folder holds the root key of this site's rooms. Whoever has it can pass for any room and for
central itself. Central does not need it to run, and never reads it.

Take this folder away now: move it to two USB sticks (or another place without a network), lock them up,
and delete it here.

You need it again to renew the issuing authority (before {ends:%Y-%m-%d}), or when the issuing key was
stolen:

    central authority renew --root DIR --data DATA
"""


def create_authority(
    directory: Path, organisation: str = "daedam", root_folder: Path | None = None
) -> Authority:
    """The issuing authority in `directory`, made there with its root where there is none. The root's key
    goes to `root_folder` (else `directory`/offline-root). Keys are readable by their owner only.
    """
    _adopt_old(directory)
    if (directory / KEY_FILE).exists():
        return Authority.load(directory, organisation)
    away = root_folder or directory / "offline-root"
    key = certificates.new_key()
    root = _root(key, organisation)
    _write_root(away, root, key)
    return _write_issuing(directory, organisation, root, key)


def renew_issuing(directory: Path, root_folder: Path, organisation: str) -> Authority:
    """Another issuing authority in `directory`, signed by the root that was brought back. What the one
    before has signed stays good. Raises `StartError` where this is not the root of `directory`.
    """
    try:
        root = x509.load_pem_x509_certificate((root_folder / ROOT_FILE).read_bytes())
        key = serialization.load_pem_private_key((root_folder / ROOT_KEY_FILE).read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise StartError("authority", f"no root in {root_folder}: {error}") from error
    known = directory / ROOT_FILE
    if known.exists() and known.read_bytes() != certificates.pem(root):
        raise StartError("authority", f"{root_folder} holds another site's root")
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != root.public_key():
        raise StartError("authority", f"{root_folder / ROOT_KEY_FILE} is not the root's key")
    return _write_issuing(directory, organisation, root, key)


def _write_issuing(
    directory: Path, organisation: str, root: x509.Certificate, root_key: Key
) -> Authority:
    """The key is written last: where it is, the rest is."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = certificates.new_key()
    now = datetime.now(UTC)
    content = Content(
        f"{organisation} rooms, issuing",
        key.public_key(),
        now - CLOCK_SKEW,
        min(now + ISSUING_LIFE, root.not_valid_after_utc),
        path_length=0,
    )
    issuing = certificates.sign(content, root.subject, root_key)
    write_public(directory / ROOT_FILE, certificates.pem(root))
    write_public(directory / CERTIFICATE_FILE, certificates.pem(issuing))
    write_private(directory / KEY_FILE, certificates.key_pem(key))
    return Authority(issuing, key, organisation, root)


def _write_root(folder: Path, root: x509.Certificate, key: Key) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ends = datetime.now(UTC) + ISSUING_LIFE
    write_public(folder / README_FILE, _README.format(ends=ends).encode())
    write_public(folder / ROOT_FILE, certificates.pem(root))
    write_private(folder / ROOT_KEY_FILE, certificates.key_pem(key))


def _adopt_old(directory: Path) -> None:
    """The first version's authority goes on as root and issuer at once: its rooms know no other."""
    old_key, old_certificate = directory / OLD_KEY_FILE, directory / OLD_CERTIFICATE_FILE
    if not old_key.exists():
        return
    pem = old_certificate.read_bytes()
    write_public(directory / ROOT_FILE, pem)
    write_public(directory / CERTIFICATE_FILE, pem)
    old_key.replace(directory / KEY_FILE)


def _root(key: Key, organisation: str) -> x509.Certificate:
    now = datetime.now(UTC)
    name = f"{organisation} rooms, root"
    content = Content(name, key.public_key(), now - CLOCK_SKEW, now + ROOT_LIFE, path_length=1)
    return certificates.sign(content, certificates.subject(name), key)
