"""Every media store does the same; the one in a folder also survives a writer that is cut off."""

from __future__ import annotations

import os
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from central.config import Config, Store
from central.errors import ConfigError, StartError, VaultError
from central.media import Directory, MediaStore, media_store, new_name
from tests.fakes.memory_media import MemoryMedia
from tests.fakes.s3_server import ACCESS, BUCKET, S3, SECRET, s3_server

pytestmark = pytest.mark.unit

BIG = os.urandom(2_500_000)


@pytest.fixture(params=["directory", "memory", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MediaStore]:
    if request.param == "bucket":
        with s3_server() as server:
            yield bucket(server, tmp_path)
    else:
        yield MemoryMedia() if request.param == "memory" else Directory(tmp_path / "vault")


def bucket(server: S3, folder: Path, timeout_s: float = 30.0) -> MediaStore:
    """As a site's settings make it."""
    (folder / "access").write_text(f"{ACCESS}\n")
    (folder / "secret").write_text(f"{SECRET}\n")
    wanted = Store(
        bucket=BUCKET,
        endpoint=server.address,
        prefix="daedam/",
        access_key_file=Path("access"),
        secret_key_file=Path("secret"),
        timeout_s=timeout_s,
    )
    return media_store(Config(data_dir=folder, store=wanted))


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def cut_off() -> AsyncIterator[bytes]:
    yield b"half"
    raise OSError("the disk went away")


async def read(store: MediaStore, name: str, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([piece async for piece in store.open(name, start, end)])


async def listed(store: MediaStore) -> set[str]:
    return {name async for name in store.names()}


@pytest.mark.parametrize(
    "content", [(), (b"",), (b"a", b"bc"), (BIG, b"end")], ids=["none", "empty", "small", "big"]
)
async def test_what_was_put_is_read_back(store: MediaStore, content: tuple[bytes, ...]) -> None:
    name, whole = new_name(), b"".join(content)
    assert await store.put(name, pieces(*content)) == len(whole)
    assert await read(store, name) == whole
    assert await store.size(name) == len(whole)
    assert await listed(store) == {name}


@pytest.mark.parametrize(
    ("start", "end"), [(0, 1), (5, 5), (1_048_570, 1_048_590), (2_499_999, None), (9_000_000, None)]
)
async def test_a_range_is_read_alone(store: MediaStore, start: int, end: int | None) -> None:
    name = new_name()
    await store.put(name, pieces(BIG))
    assert await read(store, name, start, end) == BIG[start:end]


async def test_a_piece_is_at_most_a_megabyte(store: MediaStore) -> None:
    name = new_name()
    await store.put(name, pieces(BIG))
    assert max([len(piece) async for piece in store.open(name)]) <= 1 << 20


async def test_what_was_deleted_is_gone_and_a_second_time_says_so(store: MediaStore) -> None:
    name = new_name()
    await store.put(name, pieces(b"x"))
    assert await store.delete(name) is True
    assert await store.delete(name) is False
    assert await store.size(name) is None
    assert await listed(store) == set()
    with pytest.raises(VaultError, match="not in the store"):
        await read(store, name)


async def test_a_name_is_replaced_whole(store: MediaStore) -> None:
    name = new_name()
    await store.put(name, pieces(b"first and longer"))
    await store.put(name, pieces(b"second"))
    assert await read(store, name) == b"second"


async def test_a_stream_that_breaks_leaves_nothing(store: MediaStore) -> None:
    with pytest.raises(OSError, match="went away"):
        await store.put(new_name(), cut_off())
    assert await listed(store) == set()


@pytest.mark.parametrize("name", ["", "a", "../../etc/passwd", "A" * 32, "a" * 33, "a" * 31 + "/"])
async def test_only_random_names_are_taken(store: MediaStore, name: str) -> None:
    with pytest.raises(ValueError, match="32 hexadecimal"):
        await store.put(name, pieces(b"x"))
    with pytest.raises(ValueError, match="32 hexadecimal"):
        await store.delete(name)
    with pytest.raises(ValueError, match="32 hexadecimal"):
        await store.size(name)


async def test_files_in_a_folder_are_for_this_account_only(tmp_path: Path) -> None:
    store, name = Directory(tmp_path / "vault"), new_name()
    await store.put(name, pieces(b"x"))
    path = tmp_path / "vault" / name[:2] / name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_what_a_killed_writer_left_is_not_listed_and_is_swept_a_day_later(
    tmp_path: Path,
) -> None:
    store, name = Directory(tmp_path), new_name()
    left = tmp_path / name[:2] / f"{name}.77.part"
    left.parent.mkdir()
    left.write_bytes(b"half")
    assert await listed(store) == set()
    assert await store.sweep() == 0
    os.utime(left, (1, 1))
    assert await store.sweep() == 1
    assert not left.exists()


async def test_a_bucket_that_does_not_answer_is_a_disk_that_failed_and_tells_no_secret(
    tmp_path: Path,
) -> None:
    with s3_server() as server:
        store, name = bucket(server, tmp_path, timeout_s=0.5), new_name()
        server.broken = True
        with pytest.raises(OSError, match="did not do it") as caught:
            await store.put(name, pieces(b"x"))
        assert SECRET not in str(caught.value)
        server.broken, server.slow_s = False, 2.0
        with pytest.raises(OSError, match="did not do it"):
            await store.size(name)
    assert SECRET not in repr(store)


async def test_a_broken_stream_leaves_no_parts_in_a_bucket(tmp_path: Path) -> None:
    with s3_server() as server:
        store = bucket(server, tmp_path)
        with pytest.raises(OSError, match="went away"):
            await store.put(new_name(), broken_later())
        assert not server.objects
        assert not server.uploads


async def broken_later() -> AsyncIterator[bytes]:
    """More than a part, then nothing."""
    for _ in range(5):
        yield BIG
    raise OSError("the disk went away")


def test_a_bucket_over_plain_http_elsewhere_or_without_credentials_is_refused(
    tmp_path: Path,
) -> None:
    with pytest.raises(StartError, match="cannot be read"):
        media_store(Config(data_dir=tmp_path, store=Store(bucket="b")))
    elsewhere = Store(bucket="b", endpoint="http://store.example:9000")
    with pytest.raises(ConfigError, match="https"):
        media_store(Config(data_dir=tmp_path, store=elsewhere))
