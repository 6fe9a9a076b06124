"""The media store of a site."""

from __future__ import annotations

from central.config import Config
from central.media.directory import Directory
from central.media.store import MediaStore


def media_store(config: Config) -> MediaStore:
    """A bucket where `store.bucket` names one, else the vault's folder. Nothing is touched yet.

    Raises `StartError` where the bucket's library or credentials are missing.
    """
    if not config.store.bucket:
        return Directory(config.path(config.vault.folder))
    from central.media.s3 import Bucket

    return Bucket.of(config)
