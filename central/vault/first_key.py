"""The site key of a new site: made once, at `central up`'s first start, and never again in silence."""

from __future__ import annotations

import secrets
from pathlib import Path

from central.config import Config
from central.vault.container import KEY_BYTES
from central.vault.site_key import write_key


def make_site_key(config: Config) -> list[str]:
    """Makes the site key where there was never one; what to tell a person about it.

    Beside the key lies `<key>.made`: it stays when the key is lost, so that no new one is made in its
    place. Interviews go on without the key; the steward's alarm says that nothing is sealed.
    """
    _make_upload_key(config.path(config.vault.upload_key))
    file = config.path(config.vault.site_key)
    mark = _mark(file)
    if file.exists():
        return []
    if mark.exists() or _holds_files(config):
        return [
            (
                f"-- THE SITE KEY {file} IS GONE: restore it from its backup; until then nothing is "
                f"sealed, dropped or opened. Only if nothing sealed is ever to be read again: remove "
                f"{mark} and the folder {config.path(config.vault.folder)}"
            )
        ]
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_bytes(KEY_BYTES)
    write_key(file, key)
    mark.touch()
    advice = "back it up apart from the data, or sealed interviews are lost with this disk"
    return [f"-- made the site key {file}: {advice}"]


def _make_upload_key(file: Path) -> None:
    """Without ceremony: it opens videos that wait for their analysis, résumés that wait to be
    read, and nothing else.
    """
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_key(file, secrets.token_bytes(KEY_BYTES))


def _mark(file: Path) -> Path:
    return file.with_name(f"{file.name}.made")


def _holds_files(config: Config) -> bool:
    folder = config.path(config.vault.folder)
    return folder.is_dir() and any(folder.iterdir())
