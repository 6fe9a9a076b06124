"""The next key, kept from before it is asked a certificate for until that certificate is on disk.

An answer may be lost; the same question with the same key then gets the same certificate. With another
key it would look like a stolen token, or like a copy of this PC.
"""

from __future__ import annotations

from pathlib import Path

from edge_agent.enrolment.bundle import Bundle, sync_folder, write_whole
from edge_agent.enrolment.keys import Key, key_pem, load_key, new_key, same_key


class PendingKey:
    """Beside `identity.pem`, as `identity.pem.next`."""

    def __init__(self, identity: Path) -> None:
        self._identity = identity
        self._path = identity.with_name(f"{identity.name}.next")

    def key(self, present: Bundle | None) -> Key:
        """The key that waits, or a new one, durable before it is used. Never that of `present`."""
        try:
            waiting = load_key(self._path.read_bytes())
        except OSError:  # none waits; where the folder is of no use, writing the next one says so
            waiting = None
        if waiting is not None and not _is_used(waiting, present):
            return waiting
        fresh = new_key()
        write_whole(self._path, key_pem(fresh))
        return fresh

    def keep(self, bundle: Bundle) -> None:
        """The certificate came: it is the identity now, and no key waits any more."""
        write_whole(self._identity, bundle.render())
        self._path.unlink(missing_ok=True)
        sync_folder(self._path.parent)


def _is_used(key: Key, present: Bundle | None) -> bool:
    return present is not None and same_key(key.public_key(), present.key.public_key())
