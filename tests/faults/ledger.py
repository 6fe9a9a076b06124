"""What PostgreSQL holds of one interview, counted so that a loss or a double shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import psycopg

from daedam.v1 import measuring_pb2, record_pb2

UTTERANCE = int(record_pb2.RECORD_KIND_UTTERANCE)


@dataclass(frozen=True, slots=True)
class Ledger:
    """One interview, and the spool of the room that held it."""

    records: int
    distinct: int
    last_seq: int
    watermark: int
    quarantined: int
    utterances: Counter[str]
    """How often each utterance is among the room's records."""
    transcripts: Counter[str]
    """How many rows of text each utterance has."""
    accepted: int
    """Rows with text that is believed."""
    expected: tuple[int, ...]
    """Utterances of each turn, as the room counted them."""
    answers: int
    """Turns that no kill of the room's agent interrupted."""
    unfinished_jobs: int

    def problems(self, sent: int) -> list[str]:
        """What is lost or doubled, where the room appended `sent` records; empty: nothing."""
        stored = self.records + self.quarantined
        checks = {
            f"sent {sent} records, stored {stored}": stored == sent > 0,
            f"{self.records - self.distinct} records are doubled": self.records == self.distinct,
            f"{self.quarantined} records in quarantine": self.quarantined == 0,
            f"the last of {sent} is {self.last_seq}, the watermark {self.watermark}": self.last_seq
            == self.watermark
            == sent,
            f"utterances {dict(self.utterances)} have rows {dict(self.transcripts)}": set(
                self.transcripts
            )
            == set(self.utterances),
            "an utterance is doubled": max(
                [*self.transcripts.values(), *self.utterances.values()], default=1
            )
            == 1,
            f"turns of {self.expected} utterances have {len(self.utterances)}": sum(self.expected)
            == len(self.utterances)
            > 0,
            f"only {self.accepted} utterances have text": self.accepted >= self.answers,
            f"{self.unfinished_jobs} jobs are not done": self.unfinished_jobs == 0,
        }
        return [text for text, good in checks.items() if not good]


async def read_ledger(url: str, interview: str, room: str) -> Ledger:
    """As it is committed now."""
    number = int(interview)
    async with await psycopg.AsyncConnection.connect(url) as conn:
        records, distinct, last_seq, watermark = await _one(
            conn,
            "select count(r.seq), count(distinct r.seq), coalesce(max(r.seq), 0), max(w.seq)"
            " from ingest_watermark w join agents a on a.id = w.agent_id"
            " join rooms on rooms.id = a.room_id left join records r on r.watermark_id = w.id"
            " where rooms.code = %s",
            room,
        )
        (quarantined,) = await _one(
            conn,
            "select count(*) from quarantine q join rooms on rooms.id = q.room_id where code = %s",
            room,
        )
        said = await _all(
            conn,
            "select payload from records where interview_id = %s and kind = %s",
            number,
            UTTERANCE,
        )
        texts = await _all(
            conn,
            "select utterance_key, accepted and text <> '' from transcripts"
            " where interview_id = %s and speaker = 'User'",
            number,
        )
        turns = await _all(
            conn,
            "select coalesce(expected_utterances, -1), end_reason <> 'interrupted' from turns"
            " where interview_id = %s order by id",
            number,
        )
        (unfinished,) = await _one(
            conn, "select count(*) from jobs where interview_id = %s and state <> 'done'", number
        )
    return Ledger(
        records,
        distinct,
        last_seq,
        watermark,
        quarantined,
        Counter(measuring_pb2.Utterance.FromString(row[0]).utterance_id for row in said),
        Counter(row[0] for row in texts),
        sum(row[1] for row in texts),
        tuple(row[0] for row in turns),
        sum(bool(row[1]) for row in turns),
        unfinished,
    )


async def _all(conn: psycopg.AsyncConnection, query: str, *values: Any) -> list[tuple[Any, ...]]:
    cursor = await conn.execute(query, values)
    return await cursor.fetchall()


async def _one(conn: psycopg.AsyncConnection, query: str, *values: Any) -> tuple[Any, ...]:
    return (await _all(conn, query, *values))[0]
