"""The sound of an utterance, as the room's records hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from central.jobs.kinds import TranscribeJob
from central.storage.pool import Connection

AUDIO_FORMAT: Final = 3
AUDIO: Final = 4
"""Numbers of `daedam.v1.RecordKind`."""


@dataclass(frozen=True, slots=True)
class StoredSound:
    """Payloads of one AudioFormat record (None: it is missing) and of Audio records, in order."""

    audio_format: bytes | None
    audio: tuple[bytes, ...]


async def of_utterance(conn: Connection, job: TranscribeJob) -> StoredSound:
    """All records that the job names. The format may have been written before the interview."""
    cursor = await conn.execute(
        "select payload from records where kind = %s and seq = %s and watermark_id = %s"
        " and (interview_id = %s or interview_id is null)",
        (AUDIO_FORMAT, job.format_seq, job.watermark_id, job.interview_id),
    )
    form = await cursor.fetchone()
    cursor = await conn.execute(
        "select payload from records where interview_id = %s and kind = %s"
        " and seq between %s and %s and watermark_id = %s order by seq",
        (job.interview_id, AUDIO, job.first_seq, job.last_seq, job.watermark_id),
    )
    audio = tuple(bytes(row[0]) for row in await cursor.fetchall())
    return StoredSound(None if form is None else bytes(form[0]), audio)
