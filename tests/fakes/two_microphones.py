"""An utterance with what stands beside it in a room's records: another microphone, the room's own
speech, a calibration's sentence.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field

import numpy as np

from central.jobs.kinds import TRANSCRIBE, TranscribeJob
from central.storage import jobs
from daedam.v1 import interview_pb2, measuring_pb2, record_pb2
from tests.fakes.told import RECORD_SAMPLES, Told

RATE_HZ = 16_000
ZERO_MONO_NS = 5_000_000_000
SECOND_NS = 1_000_000_000
FORMAT, AUDIO, CALIBRATION, ROOM_SPEECH = 3, 4, 10, 20


def tone(level: float, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Loudness is all that a scripted voice is known by."""
    return np.full(int(seconds * RATE_HZ), level, dtype=np.float32)


@dataclass(slots=True)
class TwoMicrophones:
    """Records of one recording: channel 0 is the candidate's, 1 the interviewer's."""

    told: Told
    format_seq: int = 0
    at: int = 0
    ordinal: int = field(default=0)

    async def begin(self) -> None:
        """A format for each."""
        for channel in (1, 0):
            form = measuring_pb2.AudioFormat(
                channel=channel,
                codec=measuring_pb2.AUDIO_CODEC_PCM,
                sample_rate_hz=RATE_HZ,
                sample_zero_mono_ns=ZERO_MONO_NS,
            )
            self.format_seq = await self.told.record(FORMAT, form.SerializeToString())

    async def hear(self, own: float, beside: float | None, seconds: float) -> tuple[int, int]:
        """Sound at those levels; (first, last) record."""
        data = {0: tone(own, seconds)} | ({} if beside is None else {1: tone(beside, seconds)})
        seqs = []
        for start in range(0, len(data[0]), RECORD_SAMPLES):
            for channel, pcm in data.items():
                part = (pcm[start : start + RECORD_SAMPLES] * 32767).astype("<i2")
                audio = measuring_pb2.Audio(
                    channel=channel,
                    first_sample=self.at + start,
                    sample_count=len(part),
                    packets=[part.tobytes()],
                    voice=b"\xff" * -(-len(part) // 512),
                )
                payload, mono_ns = audio.SerializeToString(), self.mono_ns(self.at + start)
                seqs.append(await self.told.record(AUDIO, payload, mono_ns))
        self.at += len(data[0])
        return seqs[0], seqs[-1]

    async def say(
        self, turn_id: int, own: float, beside: float | None = None, seconds: float = 2.0
    ) -> str:
        """An utterance; its key."""
        key, first_sample = uuid.uuid4().hex, self.at
        first, last = await self.hear(own, beside, seconds)
        ((turn_key,),) = await self.told.rows("select turn_key from turns where id = %s", turn_id)
        now_ns = time.time_ns()
        job = TranscribeJob(
            interview_id=self.told.interview_id, room=self.told.room, turn_key=str(turn_key),
            utterance_key=key, watermark_id=self.told.watermark_id, first_seq=first,
            last_seq=last, format_seq=self.format_seq, first_sample=first_sample,
            end_sample=self.at, ordinal=self.ordinal, voiced_ms=int(seconds * 1000),
            language=self.told.language, started_wall_ns=now_ns, ended_wall_ns=now_ns,
        )  # fmt: skip
        self.ordinal += 1
        async with self.told.pool.connection() as conn:
            await jobs.insert(conn, TRANSCRIBE, key, job, self.told.interview_id, priority=10)
        return key

    async def read_sentence(self, level: float, seconds: float = 3.0) -> None:
        """The candidate reads the calibration's sentence."""
        began = self.mono_ns(self.at)
        await self.hear(level, None, seconds)
        ended = self.mono_ns(self.at)
        made = record_pb2.Calibration(
            outcome=record_pb2.CALIBRATION_OUTCOME_FAILED,
            sentence_from_mono_ns=began,
            sentence_to_mono_ns=ended,
        )
        await self.told.record(CALIBRATION, made.SerializeToString(), ended)

    async def spoke(self, first_sample: int, end_sample: int) -> None:
        """The room itself did."""
        said = interview_pb2.RoomSpeech(
            text="And then?",
            from_mono_ns=self.mono_ns(first_sample),
            to_mono_ns=self.mono_ns(end_sample),
        )
        await self.told.record(ROOM_SPEECH, said.SerializeToString(), self.mono_ns(end_sample))

    def mono_ns(self, sample: int) -> int:
        return ZERO_MONO_NS + sample * SECOND_NS // RATE_HZ
