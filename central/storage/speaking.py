"""What records tell of who spoke: when the room itself did, what other microphones heard, and where the
candidate read the calibration's sentence. All of interviews that have just landed; what is sealed is not
looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from central.jobs.kinds import TranscribeJob
from central.storage.pool import Connection

AUDIO_FORMAT: Final = 3
AUDIO: Final = 4
CALIBRATION: Final = 10
ROOM_SPEECH: Final = 20
"""Numbers of `daedam.v1.RecordKind`."""
SPARE_SEQS: Final = 12
"""Another microphone's block may be written that many records after the utterance's own last one."""
MOST: Final = 64
MOST_BLOCKS: Final = 256
"""51 s of sound."""


@dataclass(frozen=True, slots=True)
class Read:
    """A calibration's record: `seq` in a spool."""

    watermark_id: int
    seq: int
    payload: bytes


async def room_speech(conn: Connection, job: TranscribeJob, from_mono_ns: int) -> tuple[bytes, ...]:
    """`RoomSpeech` payloads of the utterance's recording that were written after `from_mono_ns`, when
    they had been said; the clock is that of the recording's boot.
    """
    return await _payloads(
        conn,
        "select payload from records where interview_id = %s and kind = %s and watermark_id = %s"
        " and seq > %s and mono_ns >= %s order by seq limit %s",
        (job.interview_id, ROOM_SPEECH, job.watermark_id, job.format_seq, from_mono_ns, MOST),
    )


async def formats(
    conn: Connection, interview_id: int, watermark_id: int, up_to: int
) -> tuple[bytes, ...]:
    """`AudioFormat` payloads that were written before, the newest first."""
    return await _payloads(
        conn,
        "select payload from records where interview_id = %s and kind = %s and watermark_id = %s"
        " and seq <= %s order by seq desc limit %s",
        (interview_id, AUDIO_FORMAT, watermark_id, up_to, MOST),
    )


async def sound_beside(conn: Connection, job: TranscribeJob) -> tuple[bytes, ...]:
    """`Audio` payloads of every microphone around the utterance."""
    span = (job.first_seq - SPARE_SEQS, job.last_seq + SPARE_SEQS)
    return await _payloads(
        conn,
        "select payload from records where interview_id = %s and kind = %s and watermark_id = %s"
        " and seq between %s and %s order by seq",
        (job.interview_id, AUDIO, job.watermark_id, *span),
    )


async def sound_of(
    conn: Connection, interview_id: int, read: Read, from_mono_ns: int, to_mono_ns: int
) -> tuple[bytes, ...]:
    """`Audio` payloads that were written before a calibration's end, in that time."""
    return await _payloads(
        conn,
        "select payload from records where interview_id = %s and kind = %s and watermark_id = %s"
        " and seq < %s and mono_ns between %s and %s order by seq limit %s",
        (
            interview_id, AUDIO, read.watermark_id, read.seq, from_mono_ns, to_mono_ns, MOST_BLOCKS,
        ),
    )  # fmt: skip


async def calibrations(conn: Connection, interview_id: int) -> tuple[Read, ...]:
    """Of an interview, the oldest first."""
    cursor = await conn.execute(
        "select watermark_id, seq, payload from records where interview_id = %s and kind = %s"
        " order by watermark_id, seq limit %s",
        (interview_id, CALIBRATION, MOST),
    )
    return tuple(Read(row[0], row[1], bytes(row[2])) for row in await cursor.fetchall())


async def _payloads(conn: Connection, query: str, values: tuple[int, ...]) -> tuple[bytes, ...]:
    cursor = await conn.execute(query.encode(), values)
    return tuple(bytes(row[0]) for row in await cursor.fetchall())
