"""The sound of an answer as one FLAC file: out of the records, wherever they lie, or as archived.

In: a turn. Out: bytes of its file. The file that is made here of records is, byte by byte, the one
that is archived when the interview is sealed.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from central.bus.sounds import MOST_BYTES, SoundReply, SoundRequest
from central.errors import EngineError
from central.interview.answer_sound import Recorded, pieces
from central.speech import decode, wire
from central.speech.flac import flac_file
from central.speech.transcriber import Pcm
from central.storage import answer_sounds
from central.storage.pool import Pool
from central.storage.sound import NamesSound, StoredSound
from central.vault.documents import Documents

KEPT: Final = 4
"""Files that were made of records and are kept for whoever asks for their next piece; a few MB each."""


class SoundReader(Protocol):
    """Finds the sound that a range of records holds, where it landed or where it was sealed."""

    async def of_utterance(self, job: NamesSound) -> StoredSound:
        """All that is there. Raises `EngineError` where it is there and cannot be read."""


@dataclass(frozen=True, slots=True)
class _Kept:
    of: tuple[Recorded, ...]
    data: bytes
    etag: str


class AnswerSounds:
    """Answers requests for answers' sound."""

    def __init__(self, pool: Pool, sounds: SoundReader, documents: Documents) -> None:
        self._pool = pool
        self._sounds = sounds
        self._documents = documents
        self._kept: OrderedDict[int, _Kept] = OrderedDict()

    async def handle(self, request: SoundRequest) -> SoundReply:
        """A piece of the file. Raises `CentralError` where it cannot be read."""
        start = max(request.start, 0)
        end = max(start, min(request.end, start + MOST_BYTES))
        async with self._pool.connection() as conn:
            document = await answer_sounds.document_of(conn, request.turn_id)
            said = await answer_sounds.utterances_of(conn, request.turn_id)
        if document is not None:
            archived = await self._documents.open(document)
            data = b"".join([piece async for piece in archived.part(start, end)])
            return SoundReply(data, archived.size_bytes, archived.sha256.hex())
        if not said:
            return SoundReply(problem="sound_unknown")
        made = await self._made(request.turn_id, said)
        return SoundReply(made.data[start:end], len(made.data), made.etag)

    async def _made(self, turn_id: int, said: tuple[Recorded, ...]) -> _Kept:
        kept = self._kept.get(turn_id)
        if kept is None or kept.of != said:
            data = await file_of(self._sounds, said)
            kept = _Kept(said, data, hashlib.sha256(data).hexdigest())
        self._kept[turn_id] = kept
        self._kept.move_to_end(turn_id)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return kept


async def file_of(sounds: SoundReader, said: Sequence[Recorded]) -> bytes:
    """The answer's FLAC file out of its records. Raises `EngineError` where they are not there or
    cannot be decoded.
    """
    whole = pieces(said)
    if len({piece.rate_hz for piece in whole}) > 1:
        raise EngineError("audio", "the answer was recorded at two rates")
    stored = [await sounds.of_utterance(piece) for piece in whole]

    def encode() -> bytes:
        parts = [_samples(piece, one) for piece, one in zip(whole, stored, strict=True)]
        return flac_file(np.concatenate(parts), whole[0].rate_hz)

    return await asyncio.to_thread(encode)


def _samples(piece: Recorded, stored: StoredSound) -> Pcm:
    if stored.audio_format is None or not stored.audio:
        raise EngineError("audio", "its records are missing")
    form = wire.sound_format(stored.audio_format)
    sounds = [wire.sound(payload) for payload in stored.audio]
    return decode.as_recorded(sounds, form, piece.first_sample, piece.end_sample)
