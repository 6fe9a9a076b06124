"""Transcripts as the workers write and read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from psycopg.types.json import Jsonb

from central.jobs.kinds import TranscribeJob
from central.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """Characters [start, end) of a transcript's text, said from `begin_ms` to `end_ms` after the
    utterance's first sample. `confidence`: 0 to 1, or None. Kept as JSON with these names.
    """

    start: int
    end: int
    begin_ms: int
    end_ms: int
    confidence: float | None


@dataclass(frozen=True, slots=True)
class SaidBy:
    """Who spoke (None: unknown), by which evidence and how clearly; see `central.speech.speakers`."""

    who: str | None
    why: str
    margin: float | None


@dataclass(frozen=True, slots=True)
class Segment:
    """One accepted utterance of an answer, in the words that count. `heard`: what was recognised, where
    the candidate corrected it; None elsewhere.
    """

    transcript_id: int
    text: str
    confidence: float | None = None
    words: tuple[SpokenWord, ...] = ()
    heard: str | None = None


async def turn_of(conn: Connection, interview_id: int, turn_key: str) -> int | None:
    """The turn's row id."""
    cursor = await conn.execute(
        "select id from turns where interview_id = %s and turn_key = %s", (interview_id, turn_key)
    )
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def add_utterance(
    conn: Connection,
    job: TranscribeJob,
    *,
    turn_id: int | None,
    text: str,
    engine: str,
    confidence: float | None,
    reject_reason: str | None,
    words: Sequence[SpokenWord] = (),
    rate_hz: int | None = None,
    said_by: SaidBy | None = None,
) -> int | None:
    """Write an utterance's final text; its id, or None where it has one already (that one stays).
    `rate_hz`: of its recording; None where its sound is not there. `said_by` None: nobody asked.
    """
    cursor = await conn.execute(
        "insert into transcripts (interview_id, turn_id, utterance_key, speaker, text, language,"
        " ordinal, first_sample, end_sample, started_at, ended_at, voiced_ms, confidence, engine,"
        " accepted, reject_reason, words, watermark_id, format_seq, first_seq, last_seq, rate_hz,"
        " said_by, said_by_why, said_by_margin)"
        " values (%s, %s, %s, 'User', %s, %s, %s, %s, %s, to_timestamp(%s), to_timestamp(%s),"
        " %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (utterance_key) do nothing returning id",
        (
            job.interview_id, turn_id, job.utterance_key, text.replace("\0", ""), job.language,
            job.ordinal, job.first_sample, job.end_sample, job.started_wall_ns / 1e9,
            job.ended_wall_ns / 1e9, job.voiced_ms, confidence, engine, reject_reason is None,
            reject_reason, Jsonb([asdict(word) for word in words]) if words else None,
            job.watermark_id, job.format_seq, job.first_seq, job.last_seq, rate_hz,
            *((said_by.who, said_by.why, said_by.margin) if said_by else (None, None, None)),
        ),
    )  # fmt: skip
    row = await cursor.fetchone()
    return None if row is None else int(row[0])
