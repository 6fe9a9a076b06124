"""How fast an hour of interview is sealed and opened, against a plain copy (with the same sync) in the
same run on the same disk; and how long one utterance's sound takes to be read out of it.

`make bench NAME=seal`; the last line is JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import secrets
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

from central.media import Directory, new_name
from central.steward.sealing import one_sealing
from central.storage.partitions import make_partitions
from central.storage.sealing import BATCH, LandedRecord
from central.vault.container import Header, Kind
from central.vault.content import RecordsFile, Tally, Writer
from central.vault.sealed import SealedFile, write
from central.vault.sealer import Sealer
from central.vault.vault import Vault
from central.vault.wire import schema
from tests.fakes.landed import landing
from tests.fakes.servers import running_servers

HOUR_S = 3600
AUDIO_BYTES = 3_450
"""200 ms of lossless FLAC in continuous speech (17.3 kB/s)."""
READINGS_BYTES = 1_300
"""A second of 30 frames."""
WINDOW_BYTES = 350
ROUNDS = 3


def hour() -> list[LandedRecord]:
    """About 70 MB of what a room sends in an hour."""
    noise = os.urandom(1 << 20)
    records: list[LandedRecord] = []

    def add(kind: int, size: int, at_ns: int) -> None:
        begin = len(records) * 7919 % (len(noise) - size)
        payload = noise[begin : begin + size]
        records.append(LandedRecord(1, len(records) + 1, kind, at_ns, at_ns, payload))

    for second in range(HOUR_S):
        for fifth in range(5):
            add(4, AUDIO_BYTES, second * 10**9 + fifth * 200_000_000)
        add(1, READINGS_BYTES, second * 10**9)
        add(2, WINDOW_BYTES, second * 10**9)
    return records


async def plain(writer: Writer, records: list[LandedRecord]) -> AsyncIterator[bytes]:
    yield writer.begin()
    for at in range(0, len(records), BATCH):
        yield writer.add(records[at : at + BATCH])
    yield writer.finish()


async def copied(records: list[LandedRecord]) -> AsyncIterator[bytes]:
    for at in range(0, len(records), BATCH):
        yield b"".join(record.payload for record in records[at : at + BATCH])


async def seconds_to_copy(store: Directory, records: list[LandedRecord]) -> tuple[float, float]:
    """(writing, reading back)."""
    name, began_s = new_name(), time.perf_counter()
    await store.put(name, copied(records))
    wrote_s = time.perf_counter()
    async for _ in store.open(name):
        pass
    read_s = time.perf_counter()
    await store.delete(name)
    return wrote_s - began_s, read_s - wrote_s


async def seconds_to_seal(
    store: Directory, records: list[LandedRecord]
) -> tuple[float, float, float]:
    """(sealing, opening all of it and hashing it, reading one utterance of 10 s)."""
    key, name = secrets.token_bytes(32), new_name()
    writer = Writer({"interview": 1}, schema())
    began_s = time.perf_counter()
    await write(store, key, Header.new(Kind.RECORDS, 1, name), plain(writer, records))
    sealed_s = time.perf_counter()
    file = await RecordsFile.open(await SealedFile.open(store, key, name))
    tally = Tally()
    async for record in file.all():
        tally.add(record)
    opened_s = time.perf_counter()
    assert tally.summary() == writer.tally.summary()
    middle = len(records) // 2
    begun_s = time.perf_counter()
    file = await RecordsFile.open(await SealedFile.open(store, key, name))
    found = [one async for one in file.between(1, middle, middle + 69) if one.kind == 4]
    utterance_s = time.perf_counter() - begun_s
    assert len(found) == 50
    await store.delete(name)
    return sealed_s - began_s, opened_s - sealed_s, utterance_s


async def measure(folder: Path) -> dict[str, float]:
    records = hour()
    megabytes = sum(len(record.payload) for record in records) / 1e6
    store = Directory(folder)
    copies = [await seconds_to_copy(store, records) for _ in range(ROUNDS)]
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seals = [await seconds_to_seal(store, records) for _ in range(ROUNDS)]
    after_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    copy_s, read_s = (min(one) for one in zip(*copies, strict=True))
    seal_s, open_s, utterance_s = (min(one) for one in zip(*seals, strict=True))
    return {
        "megabytes": round(megabytes, 1),
        "records": len(records),
        "seal_mb_per_s": round(megabytes / seal_s),
        "open_mb_per_s": round(megabytes / open_s),
        "copy_mb_per_s": round(megabytes / copy_s),
        "read_mb_per_s": round(megabytes / read_s),
        "seal_over_copy": round(seal_s / copy_s, 2),
        "utterance_ms": round(utterance_s * 1000, 1),
        "more_memory_mb": round((after_kb - before_kb) / 1000, 1),
    }


async def through_the_database(url: str, folder: Path) -> dict[str, float]:
    """The steward's whole round over such an hour in PostgreSQL: read, sealed, read again, compared,
    its day dropped.
    """
    async with landing(url) as past:
        interview = await past.interview()
        day = past.today - timedelta(days=3)
        await make_partitions(past.conn, day, 1)
        records = hour()
        async with (
            past.conn.cursor() as cursor,
            cursor.copy("copy records from stdin (format binary)") as copy,
        ):
            copy.set_types(["date", "int8", "int8", "int8", "int2", "int8", "int8", "bytea"])
            for one in records:
                facts = (one.kind, one.wall_ns, one.mono_ns, one.payload)
                await copy.write_row((day, past.spool, one.seq, interview, *facts))
        sealer = Sealer(Vault(Directory(folder), lambda: past.site_keys))
        began_s = time.perf_counter()
        done = await one_sealing(past.conn, sealer, past.settings, past.today)
        took_s = time.perf_counter() - began_s
        assert done.sealed == {interview: len(records)}
        assert done.dropped == [day]
        began_s = time.perf_counter()
        await one_sealing(past.conn, sealer, past.settings, past.today)
        idle_s = time.perf_counter() - began_s
    megabytes = sum(len(record.payload) for record in records) / 1e6
    return {
        "steward_mb_per_s": round(megabytes / took_s, 1),
        "idle_round_ms": round(idle_s * 1000, 1),
    }


def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        figures = asyncio.run(measure(Path(folder) / "files"))
        run = Path(folder) / "servers"
        run.mkdir(mode=0o711)
        with running_servers(run) as servers, servers.database() as url:
            figures |= asyncio.run(through_the_database(url, Path(folder) / "vault"))
    for name, value in figures.items():
        print(f"{name:>16} {value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
