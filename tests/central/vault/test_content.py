"""Records come out of a sealed file as they went in, and an utterance without the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from hypothesis import given
from hypothesis import strategies as st

from central.errors import VaultError
from central.media import new_name
from central.storage.sealing import LandedRecord, Span
from central.vault.container import Header, Kind
from central.vault.content import RecordsFile, Tally, Writer
from central.vault.sealed import SealedFile, write
from central.vault.wire import PACKAGE, schema
from tests.fakes.memory_media import MemoryMedia

pytestmark = pytest.mark.unit

KEY = bytes(range(32))
INT8 = st.integers(-(2**63), 2**63 - 1)
Drawn = dict[tuple[int, int], tuple[int, int, int, bytes]]
SEQS = st.dictionaries(
    st.tuples(st.integers(1, 4), st.integers(1, 400)),
    st.tuples(st.integers(0, 32767), INT8, INT8, st.binary(max_size=3000)),
    max_size=120,
)


class CountingMedia(MemoryMedia):
    """Counts the bytes that are read."""

    read = 0

    async def open(self, name: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        async for piece in super().open(name, start, end):
            self.read += len(piece)
            yield piece


def records(drawn: Drawn) -> list[LandedRecord]:
    return [
        LandedRecord(spool, seq, kind, wall_ns, mono_ns, payload)
        for (spool, seq), (kind, wall_ns, mono_ns, payload) in sorted(drawn.items())
    ]


async def plain(writer: Writer, written: list[LandedRecord]) -> AsyncIterator[bytes]:
    yield writer.begin()
    for at in range(0, len(written), 7):
        yield writer.add(written[at : at + 7])
    yield writer.finish()


async def sealed(written: list[LandedRecord]) -> tuple[CountingMedia, RecordsFile, Writer]:
    store, name = CountingMedia(), new_name()
    writer = Writer({"interview": 7}, b"schema")
    header = Header.new(Kind.RECORDS, 7, name)
    await write(store, KEY, header, plain(writer, written))
    file = await RecordsFile.open(await SealedFile.open(store, KEY, name))
    return store, file, writer


@given(SEQS)
def test_records_are_read_as_they_were_written(drawn: Drawn) -> None:
    async def story() -> None:
        written = records(drawn)
        _, file, writer = await sealed(written)
        assert [record async for record in file.all()] == written
        again = Tally()
        for record in written:
            again.add(record)
        assert (file.records, file.sha256) == (len(written), again.summary().sha256)
        assert writer.tally.summary() == again.summary()

    asyncio.run(story())


@given(SEQS, st.integers(0, 5), st.integers(0, 410), st.integers(0, 410))
def test_a_range_of_one_spool_is_found(drawn: Drawn, spool: int, first: int, last: int) -> None:
    async def story() -> None:
        written = records(drawn)
        _, file, _ = await sealed(written)
        wanted = [r for r in written if r.watermark_id == spool and first <= r.seq <= last]
        assert [record async for record in file.between(spool, first, last)] == wanted

    asyncio.run(story())


async def test_an_utterance_is_read_without_decrypting_everything() -> None:
    written = [LandedRecord(1, seq, 4, 0, 0, bytes(3000)) for seq in range(1, 2001)]
    store, file, _ = await sealed(written)
    store.read = 0
    found = [record async for record in file.between(1, 1000, 1010)]
    assert [record.seq for record in found] == list(range(1000, 1011))
    assert store.read < 1_200_000
    assert len(next(iter(store.files.values()))) > 6_000_000


def test_a_summary_names_the_spans_of_each_spool() -> None:
    tally = Tally()
    for spool, seq in ((1, 5), (1, 9), (2, 3)):
        tally.add(LandedRecord(spool, seq, 1, 0, 0, b""))
    assert tally.summary().spans == (Span(1, 5, 9, 2), Span(2, 3, 3, 1))


async def test_the_file_tells_its_layout_and_whose_it_is() -> None:
    _, file, _ = await sealed([])
    assert await file.about() == {"layout": 1, "interview": 7}


async def test_a_file_of_something_else_is_refused() -> None:
    async def document() -> AsyncIterator[bytes]:
        yield bytes(200)

    store, name = MemoryMedia(), new_name()
    await write(store, KEY, Header.new(Kind.DOCUMENT, 7, name), document())
    with pytest.raises(VaultError, match="no records of this layout"):
        await RecordsFile.open(await SealedFile.open(store, KEY, name))


def test_the_schema_alone_reads_a_payload() -> None:
    """Ten years on: no code of ours, only protobuf and what the file itself holds."""
    found = descriptor_pb2.FileDescriptorSet.FromString(schema())
    pool = descriptor_pool.DescriptorPool()
    for file in found.file:
        pool.Add(file)
    kind = message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{PACKAGE}.Gap"))
    gap = kind(first_seq=3, last_seq=9, reason="torn")
    assert kind.FromString(gap.SerializeToString()) == gap
    numbers = pool.FindEnumTypeByName(f"{PACKAGE}.RecordKind").values_by_number
    assert numbers[4].name == "RECORD_KIND_AUDIO"
