"""A sealed file opens as it was sealed, or not at all."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from central.errors import VaultError
from central.media import new_name
from central.vault.container import HEADER_BYTES, TAG_BYTES, Header, Kind
from central.vault.sealed import SealedFile, write
from tests.fakes.memory_media import MemoryMedia

pytestmark = pytest.mark.unit

KEY = bytes(range(32))
CHUNK = 64
SEALED_CHUNK = CHUNK + TAG_BYTES


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def sealed(
    *parts: bytes, key: bytes = KEY, owner: int = 7, chunk: int = CHUNK
) -> tuple[MemoryMedia, str]:
    store, name = MemoryMedia(), new_name()
    await write(store, key, Header.new(Kind.RECORDS, owner, name, chunk), pieces(*parts))
    return store, name


async def opened(store: MemoryMedia, name: str, key: bytes = KEY) -> bytes:
    file = await SealedFile.open(store, key, name)
    return b"".join([piece async for piece in file.read(0, file.plain_bytes)])


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_what_was_sealed_is_opened(parts: list[bytes]) -> None:
    async def story() -> None:
        store, name = await sealed(*parts)
        assert await opened(store, name) == b"".join(parts)

    asyncio.run(story())


@given(st.integers(0, 5 * CHUNK), st.integers(0, 5 * CHUNK), st.integers(0, 5 * CHUNK))
def test_a_range_is_the_same_range_of_the_plain_text(size: int, start: int, end: int) -> None:
    async def story() -> None:
        plain = os.urandom(size)
        file = await SealedFile.open(*_swap(await sealed(plain)))
        found = b"".join([piece async for piece in file.read(start, end)])
        assert found == plain[start:end]

    asyncio.run(story())


def _swap(made: tuple[MemoryMedia, str]) -> tuple[MemoryMedia, bytes, str]:
    return made[0], KEY, made[1]


@given(st.integers(0, 3 * CHUNK), st.data())
@settings(max_examples=200)
def test_no_bit_can_be_flipped(size: int, data: st.DataObject) -> None:
    async def story() -> None:
        store, name = await sealed(bytes(size))
        bit = data.draw(st.integers(0, len(store.files[name]) * 8 - 1))
        damaged = bytearray(store.files[name])
        damaged[bit // 8] ^= 1 << bit % 8
        store.files[name] = bytes(damaged)
        with pytest.raises(VaultError):
            await opened(store, name)

    asyncio.run(story())


@given(st.integers(0, 3 * CHUNK), st.data())
def test_nothing_can_be_cut_off_or_added(size: int, data: st.DataObject) -> None:
    async def story() -> None:
        store, name = await sealed(bytes(size))
        whole = store.files[name]
        keep = data.draw(st.integers(0, len(whole) - 1))
        for changed in (whole[:keep], whole + bytes(data.draw(st.integers(1, 2 * SEALED_CHUNK)))):
            store.files[name] = changed
            with pytest.raises(VaultError):
                await opened(store, name)

    asyncio.run(story())


def chunks(data: bytes) -> list[bytes]:
    body = data[HEADER_BYTES:]
    return [body[at : at + SEALED_CHUNK] for at in range(0, len(body), SEALED_CHUNK)]


@given(st.permutations(range(4)).filter(lambda order: order != [0, 1, 2, 3]))
def test_chunks_cannot_change_places(order: list[int]) -> None:
    async def story() -> None:
        store, name = await sealed(os.urandom(4 * CHUNK))
        whole = store.files[name]
        parts = chunks(whole)
        store.files[name] = whole[:HEADER_BYTES] + b"".join(parts[place] for place in order)
        with pytest.raises(VaultError):
            await opened(store, name)

    asyncio.run(story())


async def test_cutting_at_a_chunks_border_is_seen_when_the_file_is_opened() -> None:
    store, name = await sealed(os.urandom(3 * CHUNK))
    store.files[name] = store.files[name][: HEADER_BYTES + 2 * SEALED_CHUNK]
    with pytest.raises(VaultError, match="chunk 1 of 2"):
        await SealedFile.open(store, KEY, name)


async def test_a_chunk_of_another_file_under_the_same_key_is_refused() -> None:
    store, name = await sealed(os.urandom(3 * CHUNK))
    other, other_name = await sealed(os.urandom(3 * CHUNK))
    mixed = bytearray(store.files[name])
    begin = HEADER_BYTES + SEALED_CHUNK
    mixed[begin : begin + SEALED_CHUNK] = other.files[other_name][begin : begin + SEALED_CHUNK]
    store.files[name] = bytes(mixed)
    with pytest.raises(VaultError):
        await opened(store, name)


async def test_a_file_under_anothers_name_is_refused() -> None:
    store, name = await sealed(b"x")
    other = new_name()
    store.files[other] = store.files[name]
    with pytest.raises(VaultError, match=f"is the file {name}"):
        await opened(store, other)


async def test_another_key_opens_nothing() -> None:
    store, name = await sealed(b"x")
    with pytest.raises(VaultError, match="the key is another one"):
        await opened(store, name, key=bytes(32))


async def test_the_same_text_never_looks_the_same() -> None:
    first, one = await sealed(bytes(CHUNK))
    second, two = await sealed(bytes(CHUNK))
    assert first.files[one][HEADER_BYTES:] != second.files[two][HEADER_BYTES:]


async def test_the_header_says_nothing_but_what_it_must() -> None:
    store, name = await sealed(b"secret words", owner=7)
    data = store.files[name]
    header = Header.parse(data[:HEADER_BYTES], name)
    assert (header.owner, header.kind, header.chunk_bytes) == (7, Kind.RECORDS, CHUNK)
    assert b"secret" not in data


async def test_a_file_that_is_gone_says_what_to_do() -> None:
    with pytest.raises(VaultError, match="from its backup"):
        await SealedFile.open(MemoryMedia(), KEY, new_name())
