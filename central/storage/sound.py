"""The sound of an utterance, as the room's records hold it where they landed. What is sealed by now is
`central.vault.sounds`' business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from central.storage.pool import Connection

AUDIO_FORMAT: Final = 3
AUDIO: Final = 4
"""Numbers of `daedam.v1.RecordKind`."""


class NamesSound(Protocol):
    """A range of records of one interview and spool that hold sound of one format. A `TranscribeJob`
    is one, and so is a piece of an answer.
    """

    @property
    def interview_id(self) -> int: ...
    @property
    def watermark_id(self) -> int: ...
    @property
    def first_seq(self) -> int: ...
    @property
    def last_seq(self) -> int: ...
    @property
    def format_seq(self) -> int: ...


@dataclass(frozen=True, slots=True)
class StoredSound:
    """Payloads of one AudioFormat record (None: it is missing) and of Audio records, in order."""

    audio_format: bytes | None
    audio: tuple[bytes, ...]


async def of_utterance(conn: Connection, job: NamesSound) -> StoredSound:
    """All records that the job names and that lie in the database."""
    found = await landed_audio(conn, job)
    return StoredSound(await format_of(conn, job), tuple(found[seq] for seq in sorted(found)))


async def format_of(conn: Connection, job: NamesSound) -> bytes | None:
    """The format. It may have been written before the interview, and it outlives sealing."""
    cursor = await conn.execute(
        "select payload from records where kind = %(kind)s and seq = %(seq)s"
        " and watermark_id = %(spool)s"
        " and (interview_id = %(interview)s or interview_id is null)"
        " union all select payload from room_records where kind = %(kind)s and seq = %(seq)s"
        " and watermark_id = %(spool)s"
        " and (interview_id = %(interview)s or interview_id is null) limit 1",
        {
            "kind": AUDIO_FORMAT,
            "seq": job.format_seq,
            "spool": job.watermark_id,
            "interview": job.interview_id,
        },
    )
    row = await cursor.fetchone()
    return None if row is None else bytes(row[0])


async def landed_audio(conn: Connection, job: NamesSound) -> dict[int, bytes]:
    """Payloads of the utterance's Audio records by seq, those that lie where they landed."""
    cursor = await conn.execute(
        "select seq, payload from records where interview_id = %s and kind = %s"
        " and seq between %s and %s and watermark_id = %s",
        (job.interview_id, AUDIO, job.first_seq, job.last_seq, job.watermark_id),
    )
    return {row[0]: bytes(row[1]) for row in await cursor.fetchall()}
