"""The sound of an utterance, wherever it lies by now: where it landed first, then in the vault."""

from __future__ import annotations

from contextlib import aclosing

from central.errors import CentralError, EngineError
from central.storage import sealing, sound
from central.storage.pool import Connection, Pool
from central.storage.sealing import Span
from central.storage.sound import AUDIO, NamesSound, StoredSound
from central.vault.vault import Vault


class Sounds:
    """Reads the sound that jobs name. The site key is touched only where the sound is sealed: when
    records come so late that those before them were sealed, or when a job is done again.
    """

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self._pool = pool
        self._vault = vault

    async def of_utterance(self, job: NamesSound) -> StoredSound:
        """All records that the job names. Raises `EngineError` where sealed ones cannot be read."""
        async with self._pool.connection() as conn:
            audio = await sound.landed_audio(conn, job)
            # A day is dropped after its parts were marked: what is gone from there is found here.
            for seq, payload in (await self._sealed(conn, job)).items():
                audio.setdefault(seq, payload)
            form = await sound.format_of(conn, job)
        return StoredSound(form, tuple(audio[seq] for seq in sorted(audio)))

    async def _sealed(self, conn: Connection, job: NamesSound) -> dict[int, bytes]:
        span = Span(job.watermark_id, job.first_seq, job.last_seq)
        found: dict[int, bytes] = {}
        for part in await sealing.parts_holding(conn, job.interview_id, span):
            try:
                file = await self._vault.open(conn, part)
                wanted = file.between(span.watermark_id, span.first_seq, span.last_seq)
                async with aclosing(wanted) as records:
                    async for record in records:
                        if record.kind == AUDIO:
                            found[record.seq] = record.payload
            except (CentralError, OSError) as error:
                raise EngineError("vault", str(error)) from error
        return found
