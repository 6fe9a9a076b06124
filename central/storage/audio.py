"""When something was said, from the records that hold its sound. Formats of sound outlive the day that
they landed on (`RoomRecord`), so that this needs no key.
"""

from __future__ import annotations

from central.gateway.wire import AUDIO_FORMAT, read_audio_format
from central.interview.facts import AudioFormat
from central.interview.projection import UtteranceHeard
from central.storage.pool import Connection


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
        "select payload from records where kind = %(kind)s and seq = %(seq)s"
        " and watermark_id = %(spool)s"
        " union all select payload from room_records where kind = %(kind)s and seq = %(seq)s"
        " and watermark_id = %(spool)s limit 1",
        {"kind": AUDIO_FORMAT, "seq": seq, "spool": watermark_id},
    )
    row = await cursor.fetchone()
    return None if row is None else read_audio_format(row[0])
