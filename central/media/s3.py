"""A media store in a bucket of an S3-compatible store, by obstore (the `s3` extra).

Uploads are sent in parts and are there whole or not at all; parts of one that broke off are thrown away
by obstore, and those of a killed process by the bucket's lifecycle rule.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from central.config import Config
from central.errors import ConfigError, StartError, VaultError
from central.media.store import check_name

PIECE: Final = 1 << 20
PART: Final = 8 << 20
"""Of an upload: the least that S3 takes is 5 MiB, and a file has 10,000 at most."""
AT_ONCE: Final = 2
_CONNECT: Final = timedelta(seconds=5)
_TRIES: Final = 3
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class Bucket:
    """`MediaStore` over objects `prefix` + name. Whatever the store does not do in time is an
    `OSError`, as of a disk.
    """

    def __init__(self, store: Any, prefix: str = "") -> None:
        self._store, self._prefix = store, prefix

    @classmethod
    def of(cls, config: Config) -> Bucket:
        """The bucket that the settings name; nothing is sent yet.

        Raises `StartError` where obstore or a credential is missing, `ConfigError` for plain HTTP.
        """
        try:
            from obstore.store import S3Store
        except ImportError as error:
            raise StartError("store", "a bucket needs obstore: pip install 'daedam[s3]'") from error
        wanted = config.store
        plain = _is_plain(wanted.endpoint)
        timeout = timedelta(seconds=wanted.timeout_s)
        named: dict[str, Any] = {"endpoint": wanted.endpoint} if wanted.endpoint else {}
        store = S3Store(
            wanted.bucket,
            region=wanted.region,
            access_key_id=_line(config.path(wanted.access_key_file)),
            secret_access_key=_line(config.path(wanted.secret_key_file)),
            **named,
            client_options={
                "timeout": timeout,
                "connect_timeout": _CONNECT,
                "allow_http": plain,
            },
            retry_config={"max_retries": _TRIES, "retry_timeout": timeout},
        )
        return cls(store, wanted.prefix)

    async def put(self, name: str, content: AsyncIterable[bytes]) -> int:
        from obstore import put_async

        path, counted = self._path(name), _Counted(content)
        try:
            await put_async(
                self._store,
                path,
                counted.pieces(),
                use_multipart=True,
                chunk_size=PART,
                max_concurrency=AT_ONCE,
            )
        except Exception as error:
            if counted.failed is not None:
                raise counted.failed from error
            raise _unable(error) from error
        return counted.size

    async def open(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        from obstore import get_range_async

        size = await self.size(name)
        if size is None:
            raise _missing(name)
        until = size if end is None else min(end, size)
        at = start
        while at < until:
            stop = min(at + PIECE, until)
            try:
                piece = await get_range_async(self._store, self._path(name), start=at, end=stop)
            except FileNotFoundError as error:
                raise _missing(name) from error
            except Exception as error:
                raise _unable(error) from error
            yield bytes(piece)
            at = stop

    async def size(self, name: str) -> int | None:
        from obstore import head_async

        path = self._path(name)
        try:
            return int((await head_async(self._store, path))["size"])
        except FileNotFoundError:
            return None
        except Exception as error:
            raise _unable(error) from error

    async def delete(self, name: str) -> bool:
        from obstore import delete_async

        path = self._path(name)
        if await self.size(name) is None:
            return False
        try:
            await delete_async(self._store, path)
        except FileNotFoundError:
            return False
        except Exception as error:
            raise _unable(error) from error
        return True

    async def names(self) -> AsyncIterator[str]:
        from obstore import list as listed

        try:
            async for batch in listed(self._store, prefix=self._prefix or None):
                for one in batch:
                    name = str(one["path"]).removeprefix(self._prefix)
                    if len(name) == 32:
                        yield name
        except Exception as error:
            raise _unable(error) from error

    def _path(self, name: str) -> str:
        return f"{self._prefix}{check_name(name)}"


class _Counted:
    """A stream that is counted; what it raised itself is told apart from what the store did."""

    def __init__(self, content: AsyncIterable[bytes]) -> None:
        self._content = content
        self.size = 0
        self.failed: BaseException | None = None

    async def pieces(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._content:
                self.size += len(piece)
                yield piece
        except BaseException as error:
            self.failed = error
            raise


def _is_plain(endpoint: str) -> bool:
    """Whether it is without TLS. Raises `ConfigError` where that would leave this machine."""
    parts = urlsplit(endpoint)
    if parts.scheme != "http":
        return False
    if parts.hostname not in _LOOPBACK:
        raise ConfigError("store.endpoint", "use https: plain HTTP is for this machine alone")
    return True


def _line(file: Path) -> str:
    """A credential. What it says is in no error."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise StartError(
            "store", f"the credential {file} cannot be read ({error.strerror})"
        ) from error
    if not lines or not lines[0].strip():
        raise StartError("store", f"the credential {file} is empty")
    return lines[0].strip()


def _missing(name: str) -> VaultError:
    return VaultError(name, "is not in the store; restore the bucket from its backup")


def _unable(error: Exception) -> OSError:
    """Only the kind of error: an address with a signature in it has no place in a log."""
    return OSError(f"the object store did not do it ({type(error).__name__})")
