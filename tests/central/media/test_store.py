"""Every media store does the same; the one in a folder also survives a writer that is cut off."""

from __future__ import annotations

import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from central.errors import VaultError
from central.media import Directory, MediaStore, new_name
from tests.fakes.memory_media import MemoryMedia

pytestmark = pytest.mark.unit

BIG = os.urandom(2_500_000)


@pytest.fixture(params=["directory", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    return MemoryMedia() if request.param == "memory" else Directory(tmp_path / "vault")


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
