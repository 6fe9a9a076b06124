"""The sound of an utterance, from the records that hold it."""

from __future__ import annotations

from central.errors import RecordError
from central.gateway.wire import (
    AUDIO,
    AUDIO_FORMAT,
    MALFORMED,
    read_audio_format,
)
from central.gateway.wire import (
    read_audio as read_block,
)
from central.interview.facts import AudioBlock, AudioFormat
from central.interview.projection import UtteranceHeard
from central.storage.pool import Connection


async def read_audio(  # noqa: PLR0917 - as a job names them
    conn: Connection,
    watermark_id: int,
    interview_id: int,
    format_seq: int,
    first_seq: int,
    last_seq: int,
) -> tuple[AudioFormat, list[AudioBlock]]:
    """The format, and the blocks of its channel in the records [first_seq, last_seq], in order.

    Raises `RecordError` where the format is not there.
    """
    audio = await _format_at(conn, watermark_id, format_seq)
    if audio is None:
        raise RecordError(format_seq, MALFORMED, "there is no audio format at this place")
    cursor = await conn.execute(
        "select payload from records where interview_id = %s and kind = %s"
        " and seq between %s and %s and watermark_id = %s order by seq",
        (interview_id, AUDIO, first_seq, last_seq, watermark_id),
    )
    blocks = [read_block(row[0]) for row in await cursor.fetchall()]
    return audio, [block for block in blocks if block.channel == audio.channel]


async def wall_span(conn: Connection, watermark_id: int, heard: UtteranceHeard) -> tuple[int, int]:
    """When the utterance was said, wall clock ns: samples to the room's monotonic time by the audio
    format, and that to wall time by the record, which has both.
    """
    said = heard.utterance
    audio = await _format_at(conn, watermark_id, said.format_seq)
    if audio is None:
        return heard.wall_ns, heard.wall_ns
    zero_wall_ns = heard.wall_ns - heard.mono_ns + audio.sample_zero_mono_ns
    rate = max(audio.sample_rate_hz, 1)
    return (
        zero_wall_ns + said.first_sample * 10**9 // rate,
        zero_wall_ns + said.end_sample * 10**9 // rate,
    )


async def _format_at(conn: Connection, watermark_id: int, seq: int) -> AudioFormat | None:
    cursor = await conn.execute(
        "select payload from records where kind = %s and seq = %s and watermark_id = %s limit 1",
        (AUDIO_FORMAT, seq, watermark_id),
    )
    row = await cursor.fetchone()
    return None if row is None else read_audio_format(row[0])
