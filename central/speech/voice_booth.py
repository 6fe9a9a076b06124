"""The voices of interviews that go on: enrolled from what was said, compared, and forgotten.

The encoder is optional. Without one nobody is enrolled and nobody is like anybody.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Final

import structlog

from central.errors import EngineError, StartError
from central.speech import decode, evidence, wire
from central.speech.speakers import LEAST_VOICE_S
from central.speech.transcriber import SAMPLE_RATE_HZ, Pcm
from central.speech.voices import Embedding, EnrolledVoices, VoiceEncoder
from central.storage import speaking
from central.storage.pool import Pool
from central.storage.speaking import Read

CLIP: Final = int(LEAST_VOICE_S * SAMPLE_RATE_HZ)
CLIP_HOP: Final = SAMPLE_RATE_HZ * 4 // 10
MOST_CLIPS: Final = 8
SWEEP_S: Final = 60.0

_log = structlog.get_logger(__name__)


class VoiceBooth:
    """One for a worker. The encoder is asked by one task at a time."""

    def __init__(
        self, encoder: VoiceEncoder | None, *, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._encoder, self._now_s = encoder, now_s
        self._voices = EnrolledVoices()
        self._turn = asyncio.Lock()

    async def know_candidate(self, pool: Pool, interview_id: int) -> None:
        """Enrols the candidate by the sentence that they read, once for each calibration."""
        if self._encoder is None:
            return
        async with pool.connection() as conn:
            for read in await speaking.calibrations(conn, interview_id):
                if not self._voices.first_sight(interview_id, (read.watermark_id, read.seq)):
                    continue
                try:
                    pcm = await _sentence(pool, interview_id, read)
                except EngineError as error:
                    _log.warning("a sentence is not heard", why=str(error))
                    continue
                for clip in evidence.clips(pcm, CLIP, CLIP_HOP, MOST_CLIPS):
                    await self.enrol(interview_id, "candidate", clip)

    async def enrol(self, interview_id: int, person: str, pcm: Pcm) -> None:
        """One more clip of a person; what is too short says nothing."""
        voice = await self._embed(pcm)
        if voice is not None:
            self._voices.enrol(interview_id, person, voice, self._now_s())

    async def likeness(self, interview_id: int, pcm: Pcm) -> Mapping[str, float]:
        """Cosine to each enrolled person."""
        if not self._voices.knows(interview_id):
            return {}
        voice = await self._embed(pcm)
        if voice is None:
            return {}
        return self._voices.likeness(interview_id, voice, self._now_s())

    def forget(self, interview_id: int) -> None:
        """The interview is over."""
        self._voices.forget(interview_id)

    async def sweep(self) -> None:
        """Until cancelled: forgets interviews that were over without this worker's doing."""
        while True:
            await asyncio.sleep(SWEEP_S)
            self._voices.forget_idle(self._now_s())

    async def _embed(self, pcm: Pcm) -> Embedding | None:
        if self._encoder is None:
            return None
        try:
            async with self._turn:
                return await asyncio.to_thread(self._encoder.embed, pcm)
        except EngineError:
            return None


def open_booth() -> VoiceBooth:
    """With Resemblyzer's encoder where its wheel is installed."""
    from central.speech.resemblyzer_voice import ResemblyzerVoice

    try:
        return VoiceBooth(ResemblyzerVoice())
    except (StartError, ImportError) as error:
        _log.info("voices are not compared", why=str(error))
        return VoiceBooth(None)


async def _sentence(pool: Pool, interview_id: int, read: Read) -> Pcm:
    """Sound of the candidate's microphone while the sentence was read, from first to last voice."""
    span = wire.sentence_span(read.payload)
    if span is None:
        raise EngineError("audio", "no sentence was read")
    async with pool.connection() as conn:
        spool = (interview_id, read.watermark_id, read.seq)
        forms = [wire.sound_format(one) for one in await speaking.formats(conn, *spool)]
        form = next((one for one in forms if one.channel == 0), None)
        if form is None:
            raise EngineError("audio", "its format is missing")
        late_ns = span[1] + 1_000_000_000  # a block is written when it is full
        blocks = await speaking.sound_of(conn, interview_id, read, span[0], late_ns)
    sounds = [one for one in map(wire.sound, blocks) if one.channel == 0 and not one.playing]
    first, end = form.sample_at(span[0]), form.sample_at(span[1])
    where = evidence.voiced(sounds, form.sample_rate_hz, first, end).nonzero()[0]
    if not len(where):
        raise EngineError("audio", "no voice was heard")
    said = (first + int(where[0]), first + int(where[-1]) + 1)
    return await asyncio.to_thread(decode.cut, sounds, form, *said)
