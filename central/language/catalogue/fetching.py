"""A large file from its official place or a mirror: resumed where it broke off, compared at the end."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from central.errors import ConfigError, StartError

TIMEOUT_S: Final = 60.0
"""Without a byte."""
_CHUNK_BYTES: Final = 1 << 20
_TRIES: Final = 5

Told = Callable[[int, int], None]
"""Bytes that are there, bytes in all (0: not known)."""


def fetch(url: str, path: Path, *, sha256: str, told: Told, timeout_s: float = TIMEOUT_S) -> str:
    """Puts the file at `path`; its sha256. A part that is there already is gone on with.

    Raises `ConfigError` for a URL that is none, `StartError` where the file does not come or is
    another one.
    """
    if urlsplit(url).scheme not in {"https", "http", "file"}:
        raise ConfigError("models", f"{url}: https, http or file is meant")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    for attempt in range(1, _TRIES + 1):
        try:
            _load(url, part, told, timeout_s)
            break
        except urllib.error.HTTPError as error:
            if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
                break  # all of it is there
            raise StartError("models", f"{url}: {error.code} {error.reason}") from error
        except (OSError, http.client.HTTPException) as error:
            if attempt == _TRIES:
                raise StartError(
                    "models", f"{url}: {error}; {part} is kept, run the same again to go on"
                ) from error
    return _taken(part, path, sha256)


def sha256_of(path: Path) -> str:
    """Of a file's bytes. Raises `StartError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StartError("models", f"{path}: {error.strerror}") from error


def _load(url: str, part: Path, told: Told, timeout_s: float) -> None:
    there = part.stat().st_size if part.is_file() else 0
    request = urllib.request.Request(url)  # noqa: S310 - the scheme was looked at
    if there:
        request.add_header("Range", f"bytes={there}-")
    with urllib.request.urlopen(request, timeout=timeout_s) as answer:  # noqa: S310
        goes_on = answer.status == http.client.PARTIAL_CONTENT if answer.status else False
        there = there if goes_on else 0
        length = int(answer.headers.get("Content-Length") or 0)
        whole = there + length if length else 0
        with part.open("ab" if goes_on else "wb") as file:
            while chunk := answer.read(_CHUNK_BYTES):
                file.write(chunk)
                there += len(chunk)
                told(there, whole)
    if whole and there < whole:
        raise OSError(f"it broke off after {there} of {whole} bytes")


def _taken(part: Path, path: Path, sha256: str) -> str:
    found = sha256_of(part)
    if sha256 and found != sha256.lower():
        part.unlink()
        raise StartError("models", f"what came has sha256 {found}, not {sha256}: thrown away")
    part.replace(path)
    return found
