"""Who spoke in an utterance, from all that a worker can find out about it.

In: an utterance's job and its own sound. Out: `speakers.Speaker`. Nothing waits for it in vain and
nothing is lost by it: what cannot be found out is not measured, and the utterance stays as it is.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

import numpy as np
import structlog

from central.errors import EngineError
from central.jobs.kinds import TranscribeJob
from central.speech import decode, evidence, wire
from central.speech.decode import Sound, SoundFormat
from central.speech.speakers import LEAST_VOICE_S, Evidence, Speaker, Why, decide
from central.speech.transcriber import Pcm
from central.speech.voice_booth import VoiceBooth
from central.storage import speaking
from central.storage.pool import Pool

CANDIDATE: Final = "candidate"
INTERVIEWER: Final = "interviewer"
PEOPLE: Final = (CANDIDATE, INTERVIEWER)
"""By the channel of the microphone in front of each."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """An utterance's own sound: `pcm` at 16 kHz, and the blocks that it came from."""

    form: SoundFormat
    sounds: tuple[Sound, ...]
    pcm: Pcm


@dataclass(frozen=True, slots=True, eq=False)
class _Microphone:
    level_dbfs: float
    pcm: Pcm


class Witness:
    """Asked once an utterance."""

    def __init__(self, pool: Pool, booth: VoiceBooth) -> None:
        self._pool = pool
        self._booth = booth

    async def who(self, job: TranscribeJob, said: Said) -> Speaker:
        """The first clear evidence; `UNKNOWN` where there is none."""
        async with self._pool.connection() as conn:
            begun_ns = said.form.mono_ns_of(job.first_sample)
            speech = await speaking.room_speech(conn, job, begun_ns)
            blocks = await speaking.sound_beside(conn, job)
            forms = await speaking.formats(conn, job.interview_id, job.watermark_id, job.last_seq)
        share = _played(job, said, speech)
        heard = await asyncio.to_thread(_microphones, job, said, blocks, forms)
        levels = {who: one.level_dbfs for who, one in heard.items()}
        voiced_s = job.voiced_ms / 1000
        likeness = {}
        if voiced_s >= LEAST_VOICE_S:
            await self._booth.know_candidate(self._pool, job.interview_id)
            likeness = dict(await self._booth.likeness(job.interview_id, said.pcm))
        speaker = decide(Evidence(share, levels, likeness, voiced_s))
        if speaker.why is Why.CHANNEL and speaker.who is not None and voiced_s >= LEAST_VOICE_S:
            # Whoever sits at a microphone of their own enrols by speaking into it.
            await self._booth.enrol(job.interview_id, speaker.who, heard[speaker.who].pcm)
        return speaker


def _played(job: TranscribeJob, said: Said, speech: tuple[bytes, ...]) -> float | None:
    spans = []
    for payload in speech:
        try:
            from_ns, to_ns = wire.speech_span(payload)
        except EngineError:
            continue
        spans.append((said.form.sample_at(from_ns), said.form.sample_at(to_ns)))
    return evidence.played(said.sounds, spans, job.first_sample, job.end_sample)


def _microphones(
    job: TranscribeJob, said: Said, blocks: tuple[bytes, ...], forms: tuple[bytes, ...]
) -> dict[str, _Microphone]:
    """Of each person with a microphone: level over the same voiced samples, and sound. Empty where there
    are not two.
    """
    sounds = [wire.sound(payload) for payload in blocks]
    own = said.form.channel
    other = next((one.channel for one in sounds if one.channel != own), None)
    newest = {form.channel: form for form in map(wire.sound_format, reversed(forms))}
    if other is None or other not in newest or max(own, other) >= len(PEOPLE):
        return {}
    rate_hz, span = said.form.sample_rate_hz, (job.first_sample, job.end_sample)
    beside = [one for one in sounds if one.channel == other]
    where = evidence.voiced(said.sounds, rate_hz, *span) & evidence.held(beside, *span)
    heard = {}
    for channel, form in ((own, said.form), (other, newest[other])):
        mine = said.sounds if channel == own else beside
        try:
            pcm = decode.as_recorded(mine, form, *span)
        except EngineError as error:
            _log.warning("a microphone is not compared", channel=channel, why=str(error))
            return {}
        level = evidence.level_dbfs(pcm, where, rate_hz)
        if level is None or form.sample_rate_hz != rate_hz:
            return {}
        heard[PEOPLE[channel]] = _Microphone(level, np.asarray(pcm, dtype=np.float32))
    return heard
