"""The site key of a new site: made once, at `central up`'s first start, and never again in silence."""

from __future__ import annotations

import secrets
from pathlib import Path

from central.config import Config
from central.errors import StartError
from central.vault.container import KEY_BYTES
from central.vault.site_key import key_id, write_key


def make_site_key(config: Config) -> list[str]:
    """Makes the site key where there was never one; what to tell a person about it.

    Beside the key lies `<key>.id`, its public id: it stays when the key is lost, and says so. Raises
    `StartError` where the key is gone although there was one.
    """
    file = config.path(config.vault.site_key)
    mark = _mark(file)
    if file.exists():
        return []
    if mark.exists() or _holds_files(config):
        raise StartError(
            "vault",
            f"the site key {file} is gone, and sealed interviews need it: restore it from its "
            f"backup. Only if nothing sealed is to be read ever again: remove {mark} and the "
            f"folder {config.path(config.vault.folder)}",
        )
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_bytes(KEY_BYTES)
    write_key(file, key)
    mark.write_text(key_id(key) + "\n", encoding="ascii")
    advice = "back it up apart from the data, or sealed interviews are lost with this disk"
    return [f"-- made the site key {file}: {advice}"]


def _mark(file: Path) -> Path:
    return file.with_name(f"{file.name}.id")


def _holds_files(config: Config) -> bool:
    folder = config.path(config.vault.folder)
    return folder.is_dir() and any(folder.iterdir())
