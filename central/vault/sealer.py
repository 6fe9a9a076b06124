"""Seals one interview: key, file, proof, mark. Killed between any two steps, it starts over and loses
nothing: the records stay where they landed until a part that was proven says that it holds them.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog

from central.errors import VaultError
from central.media import new_name
from central.storage import sealing
from central.storage.pool import Connection
from central.storage.sealing import LandedRecord, Span
from central.vault import sealed
from central.vault.container import Header, Kind
from central.vault.content import RecordsFile, Summary, Tally, Writer
from central.vault.vault import Vault, open_records
from central.vault.wire import PACKAGE, schema

Step = Callable[[str], None]
_log = structlog.get_logger("vault")


def _go_on(_step: str) -> None:
    return


@dataclass(frozen=True, slots=True)
class Sealer:
    """`after` is told each step that was done; tests stop there."""

    vault: Vault
    after: Step = _go_on

    async def clear_up(self, conn: Connection) -> int:
        """Removes what a sealer that was killed left: files that nothing rests on; how many. Only one
        sealer runs at a time.
        """
        left = await sealing.unfinished_parts(conn)
        for part in left:
            await self.vault.store.delete(part.name)
            self.after("left file deleted")
            await sealing.forget_part(conn, part.id)
        return len(left)

    async def seal(self, conn: Connection, interview_id: int, spans: Sequence[Span]) -> int | None:
        """Seals these records as one part, proven by reading it back; how many records, or None where
        the interview was erased meanwhile. `conn` is in autocommit.

        Raises `VaultError` where what was read back is not what the database has, `StartError` where
        the site key is missing, `OSError` where the disk refuses.
        """
        key = await self.vault.key_to_seal(conn, interview_id)
        if key is None:
            return None
        self.after("key made")
        name = new_name()
        part = await sealing.begin_part(conn, interview_id, name)
        self.after("part begun")
        writer = Writer(await _about(conn, interview_id, spans), schema())
        header = Header.new(Kind.RECORDS, interview_id, name)
        async with aclosing(sealing.landed(conn, interview_id, spans)) as batches:
            size = await sealed.write(self.vault.store, key, header, _plain(writer, batches))
        self.after("file written")
        try:
            file = await open_records(self.vault.store, key, name, interview_id)
            proven = await _prove(conn, file, interview_id, spans, writer.tally.summary())
        except VaultError:
            if await self.vault.key_to_seal(conn, interview_id) is not None:
                raise
            await self.clear_up(conn)  # erased meanwhile: its records are gone, as they should be
            return None
        self.after("file proven")
        if not await sealing.finish_part(
            conn, part, interview_id, proven.records, size, proven.sha256, proven.spans
        ):
            await self.clear_up(conn)
            return None
        self.after("part marked")
        _log.info("sealed", interview=interview_id, records=proven.records, bytes=size)
        return proven.records


async def _prove(
    conn: Connection,
    file: RecordsFile,
    interview_id: int,
    spans: Sequence[Span],
    written: Summary,
) -> Summary:
    """What the file really holds, read back from the store, against the database asked anew."""
    in_file = Tally()
    async with aclosing(file.all()) as records:
        async for record in records:
            in_file.add(record)
    in_database = Tally()
    async with aclosing(sealing.landed(conn, interview_id, spans)) as batches:
        async for batch in batches:
            for record in batch:
                in_database.add(record)
    found = in_file.summary()
    same = found == in_database.summary() == written and found.spans == tuple(spans)
    if not same or file.records != found.records:
        raise VaultError(
            file.name,
            f"read back {found.records} records where the database has {in_database.records}; "
            "nothing was dropped, and it is tried again",
        )
    return found


async def _about(conn: Connection, interview_id: int, spans: Sequence[Span]) -> dict[str, Any]:
    return {
        "interview": interview_id,
        "protocol": PACKAGE,
        "spools": {str(key): name for key, name in (await sealing.spools(conn, spans)).items()},
        "sealed_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


async def _plain(
    writer: Writer, batches: AsyncIterable[list[LandedRecord]]
) -> AsyncIterator[bytes]:
    yield writer.begin()
    async for batch in batches:
        yield writer.add(batch)
    yield writer.finish()
