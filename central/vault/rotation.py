"""Site keys change: a new one is made, and every key in the database is wrapped anew."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from central.config import Config
from central.errors import StartError
from central.storage import vault_keys
from central.storage.pool import Connection
from central.vault import site_key
from central.vault.container import KEY_BYTES
from central.vault.site_key import OLD, SiteKeys, Wrapped, write_key

_AT_ONCE: Final = 500


async def rewrap(conn: Connection, keys: SiteKeys) -> int:
    """Wraps each key that an earlier site key wraps by the present one; how many. `conn` is in
    autocommit. May be cut off and done again: each key is changed by itself, and both site keys are
    there meanwhile.

    Raises `StartError` where a site key is missing.
    """
    count = 0
    while held := await vault_keys.not_wrapped_by(conn, keys.current, _AT_ONCE):
        for one in held:
            key = keys.unwrap(Wrapped(one.sealed, one.site_key_id), one.subject)
            anew = keys.wrap(key, one.subject)
            count += await vault_keys.rewrap(conn, one, anew.sealed, anew.site_key_id)
    return count


def replace(config: Config) -> tuple[str, Path]:
    """Makes a new site key in the place of the present one, which is kept beside it as
    `site.key.old-<id>`; the new id, and the old key's file. At each instant every key that anything
    is wrapped by lies in one of the files.

    Raises `StartError` where the present key is missing, or its folder cannot be written: then the
    key is a credential that somebody else provides.
    """
    file = config.path(config.vault.site_key)
    before = site_key.load(config)
    old = file.with_name(f"{file.name}{OLD}{before.current}")
    key = secrets.token_bytes(KEY_BYTES)
    try:
        write_key(old, before.keys[before.current])
        write_key(file, key)
    except OSError as error:
        raise StartError(
            "vault",
            f"{file.parent} cannot be written ({error.strerror}); where the site key is a "
            "credential, provide a new one, name the file of the old one in vault.old_site_keys, "
            "and run `central vault rotate --rewrap`",
        ) from error
    return site_key.key_id(key), old
