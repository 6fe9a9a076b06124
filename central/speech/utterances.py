"""What a speech worker does with its jobs: sound out of the records, text into a transcript.

The result and everything that follows from it are one transaction, fenced by the job's attempt: of a
worker that was thought dead and the one that took over, only one leaves a transcript.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from central.bus import subjects
from central.bus.bus import Bus
from central.bus.events import TranscriptAdded
from central.errors import EngineError
from central.jobs.kinds import EVALUATE, FOLLOW_UP, REPORT, TranscribeJob
from central.jobs.queue import ClaimedJob
from central.jobs.side_by_side import side_by_side
from central.speech import decode, wire
from central.speech.answers import SoundReader
from central.speech.gate import refuse
from central.speech.lane import Lane
from central.speech.speakers import ROOM, UNKNOWN, Speaker
from central.speech.transcriber import Heard, Phrase, Transcriber, Word, primary
from central.speech.voice_booth import VoiceBooth
from central.speech.witness import Said, Witness
from central.storage import follow_ups, jobs, transcripts, turns
from central.storage.pool import Pool
from central.storage.sound import StoredSound
from central.storage.transcripts import SaidBy, SpokenWord

LANGUAGES: Final = {"ko": "Korean", "en": "English"}
"""What interviews are held in."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was read, why it is not believed (None: it is), and who said it."""

    heard: Heard
    reject_reason: str | None
    speaker: Speaker = field(default=UNKNOWN)


class Utterances:
    """The handler of `transcribe` jobs."""

    def __init__(
        self,
        pool: Pool,
        bus: Bus,
        lane: Lane,
        model: Transcriber,
        sounds: SoundReader,
        *,
        booth: VoiceBooth,
    ) -> None:
        self._pool = pool
        self._sounds = sounds
        self._bus = bus
        self._lane = lane
        self._model = model
        self._booth = booth
        self._witness = Witness(pool, booth)

    async def handle(self, claimed: Sequence[ClaimedJob]) -> None:
        """Does all jobs side by side, so that the lane can batch them; raises the first error."""
        await side_by_side(claimed, self._one)

    async def _one(self, claimed: ClaimedJob) -> None:
        job = claimed.read(TranscribeJob)
        stored = await self._sounds.of_utterance(job)
        verdict = await self._read(job, stored, last_attempt=claimed.is_last_attempt)
        await self._store(claimed, job, verdict, _rate_hz(stored))

    async def _read(
        self, job: TranscribeJob, stored: StoredSound, *, last_attempt: bool
    ) -> Verdict:
        language = primary(job.language)
        if language not in self._model.languages:
            name = LANGUAGES.get(language, language)
            return Verdict(Heard(""), f"no engine for {name} is configured")
        try:
            said = await asyncio.to_thread(_said, job, stored)
        except EngineError as error:  # trying again would not mend the sound
            return Verdict(Heard(""), f"the sound cannot be decoded: {error.problem}")
        speaker = await self._who(job, said)
        try:
            heard = await self._lane.final(Phrase(said.pcm, language, job.voiced_ms))
        except EngineError as error:
            if not last_attempt:
                raise
            return Verdict(Heard(""), f"the recogniser failed: {error.problem}", speaker)
        if speaker.who == ROOM:  # read all the same: who doubts it sees what was said
            return Verdict(heard, "the room itself was speaking", speaker)
        reason = refuse(
            heard.text,
            language=language,
            voiced_ms=job.voiced_ms,
            confidence=heard.confidence,
        )
        return Verdict(heard, reason, speaker)

    async def _who(self, job: TranscribeJob, said: Said) -> Speaker:
        try:
            return await self._witness.who(job, said)
        except EngineError as error:  # a record beside it is damaged: its own sound is not
            _log.warning("who spoke is not known", utterance=job.utterance_key, why=str(error))
            return UNKNOWN

    async def _store(
        self, claimed: ClaimedJob, job: TranscribeJob, verdict: Verdict, rate_hz: int | None
    ) -> None:
        speaker = verdict.speaker
        async with self._pool.connection() as conn:
            turn_id = await transcripts.turn_of(conn, job.interview_id, job.turn_key)
            transcript_id = await transcripts.add_utterance(
                conn,
                job,
                turn_id=turn_id,
                text=verdict.heard.text,
                engine=self._model.name,
                confidence=verdict.heard.confidence,
                reject_reason=verdict.reject_reason,
                words=[_stored(word) for word in verdict.heard.words],
                rate_hz=rate_hz,
                said_by=SaidBy(speaker.who, speaker.why, speaker.margin),
            )
            await jobs.finish(conn, claimed.id, claimed.attempt)
            to_mark = turn_id is not None and await turns.settle_turn(conn, turn_id)
            to_follow = turn_id is not None and await follow_ups.ask(conn, turn_id)
            to_report = await turns.settle_interview(conn, job.interview_id)
        if transcript_id is not None:
            await self._bus.publish(self._event(job, turn_id, transcript_id, verdict))
        if to_follow:
            await self._bus.ring(subjects.job(FOLLOW_UP))
        if to_mark:
            await self._bus.ring(subjects.job(EVALUATE))
        if to_report:
            self._booth.forget(job.interview_id)
            await self._bus.ring(subjects.job(REPORT))
        _log.info(
            "transcribed",
            room=job.room,
            interview=job.interview_id,
            utterance=job.utterance_key,
            refused=verdict.reject_reason,
        )

    def _event(
        self, job: TranscribeJob, turn_id: int | None, transcript_id: int, verdict: Verdict
    ) -> TranscriptAdded:
        accepted = verdict.reject_reason is None
        return TranscriptAdded(
            room=job.room,
            interview_id=str(job.interview_id),
            turn_id="" if turn_id is None else str(turn_id),
            transcript_id=str(transcript_id),
            utterance_id=job.utterance_key,
            speaker="User",
            text=verdict.heard.text if accepted or verdict.speaker.who == ROOM else "",
            engine=self._model.name,
            accepted=accepted,
            wall_ns=job.ended_wall_ns,
            began_wall_ns=job.started_wall_ns,
            said_by=verdict.speaker.who or "",
            said_by_why=verdict.speaker.why,
        )


def _stored(word: Word) -> SpokenWord:
    return SpokenWord(word.start, word.end, word.begin_ms, word.end_ms, word.confidence)


def _rate_hz(stored: StoredSound) -> int | None:
    """Of a recording that can be played; None where there is none."""
    if stored.audio_format is None or not stored.audio:
        return None
    with contextlib.suppress(EngineError):
        return wire.sound_format(stored.audio_format).sample_rate_hz or None
    return None


def _said(job: TranscribeJob, stored: StoredSound) -> Said:
    """The utterance's own sound."""
    if stored.audio_format is None or not stored.audio:
        raise EngineError("audio", "its records are missing")
    form = wire.sound_format(stored.audio_format)
    sounds = tuple(one for one in map(wire.sound, stored.audio) if one.channel == form.channel)
    pcm = decode.cut(sounds, form, job.first_sample, job.end_sample)
    return Said(form, sounds, pcm)
