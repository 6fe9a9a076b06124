"""Records that landed some days ago, with what sealing asks about them."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from central.config import Vault as Settings
from central.jobs.kinds import TranscribeJob
from central.steward.sealing import Sealing, one_sealing
from central.storage.partitions import make_partitions
from central.storage.pool import Connection
from central.storage.rooms import insert_room
from central.vault.sealer import Sealer
from central.vault.site_key import SiteKeys, key_id
from central.vault.vault import Vault
from tests.fakes.memory_media import MemoryMedia

SITE_KEY = bytes(range(32))
AUDIO_FORMAT, AUDIO = 3, 4


def transcribe_job(interview: int, seqs: list[int], spool: int) -> TranscribeJob:
    """For all of an interview's sound that landed as `seqs`: a format, then blocks."""
    return TranscribeJob(
        interview_id=interview, room="r101", turn_key="t", utterance_key=f"u{interview}",
        watermark_id=spool, first_seq=seqs[1], last_seq=seqs[-2], format_seq=seqs[0],
        first_sample=0, end_sample=1, ordinal=0, voiced_ms=1, language="en",
        started_wall_ns=0, ended_wall_ns=0,
    )  # fmt: skip


def ring(*keys: bytes) -> SiteKeys:
    """Site keys, the first one the present one."""
    return SiteKeys(key_id(keys[0]), {key_id(key): key for key in keys})


@dataclass(slots=True)
class Landing:
    """A database in which the past can be made, and a vault in memory beside it."""

    url: str
    conn: Connection
    room_id: int
    spool: int
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    media: MemoryMedia = field(default_factory=MemoryMedia)
    site_keys: SiteKeys = field(default_factory=lambda: ring(SITE_KEY))
    settings: Settings = field(default_factory=Settings)
    _seq: int = 0

    @property
    def vault(self) -> Vault:
        return Vault(self.media, lambda: self.site_keys)

    async def round(self, sealer: Sealer | None = None) -> Sealing:
        """One round of the sealer, today."""
        return await one_sealing(self.conn, sealer or Sealer(self.vault), self.settings, self.today)

    async def fetch(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = await self.conn.execute(query, values)
        return await cursor.fetchall() if cursor.description else []

    async def interview(self, status: str = "completed", ended_days_ago: float = 3) -> int:
        """An interview that ended some days ago."""
        name = uuid.uuid4().hex
        rows = await self.fetch(
            "with person as (insert into users (email, username, role, password_hash)"
            "  values (%s, %s, 'candidate', 'x') returning id)"
            " insert into interviews (candidate_id, room_id, position, language, status, end_time)"
            " select id, %s, 'engineer', 'en', %s, now() - make_interval(secs => %s)"
            " from person returning id",
            f"{name}@example.org",
            name,
            self.room_id,
            status,
            ended_days_ago * 86_400,
        )
        return int(rows[0][0])

    async def land(
        self,
        interview_id: int | None,
        *,
        days_ago: int = 3,
        kinds: tuple[int, ...] = (AUDIO_FORMAT, 1, AUDIO, 1, AUDIO, AUDIO),
        spool: int | None = None,
        partition: bool = True,
    ) -> list[int]:
        """Records that were committed so many days ago; their seqs."""
        day = self.today - timedelta(days=days_ago)
        if partition:
            await make_partitions(self.conn, day, 1)
        seqs = []
        for kind in kinds:
            self._seq += 1
            seqs.append(self._seq)
            await self.fetch(
                "insert into records values (%s, %s, %s, %s, %s, %s, %s, %s)",
                day,
                spool or self.spool,
                self._seq,
                interview_id,
                kind,
                1_700_000_000_000_000_000 + self._seq,
                self._seq,
                f"{interview_id}:{self._seq}".encode(),
            )
        return seqs

    async def landed(self, interview_id: int | None) -> int:
        rows = await self.fetch(
            "select count(*) from records where interview_id is not distinct from %s", interview_id
        )
        return int(rows[0][0])

    async def sealed(self, interview_id: int) -> list[tuple[int, int, bytes]]:
        """(kind, seq, payload) of everything that the vault gives back of an interview."""
        from central.storage import sealing

        found = []
        for part in await sealing.parts_of(self.conn, interview_id):
            file = await self.vault.open(self.conn, part)
            found += [(one.kind, one.seq, one.payload) async for one in file.all()]
        return found

    async def alarms(self) -> dict[str, Any]:
        rows = await self.fetch("select kind, detail from alarms where cleared_at is null")
        return dict(rows)

    async def partitions(self) -> set[str]:
        rows = await self.fetch(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
            " where i.inhparent = 'records'::regclass"
        )
        return {row[0] for row in rows}


@asynccontextmanager
async def landing(database_url: str) -> AsyncIterator[Landing]:
    """A room with one spool, in an empty database."""
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
        room = await insert_room(conn, "r101", "Room 101")
        cursor = await conn.execute(
            "insert into agents (room_id, uuid) values (%s, 'a') returning id", (room,)
        )
        agent = await cursor.fetchone()
        assert agent is not None
        cursor = await conn.execute(
            "insert into ingest_watermark (spool_id, agent_id) values ('spool-a', %s) returning id",
            agent,
        )
        spool = await cursor.fetchone()
        assert spool is not None
        yield Landing(database_url, conn, room, spool[0])
