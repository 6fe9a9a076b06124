"""An interview in the database as the gateway would have written it, one answer at a time."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass

import msgspec
import numpy as np
import psycopg
from psycopg.types.json import Jsonb

from central.interview.rubric import Rubric
from central.jobs.kinds import TRANSCRIBE, TranscribeJob
from central.speech.transcriber import Pcm
from central.storage import jobs
from central.storage.pool import Pool
from central.storage.turns import settle_interview, settle_turn
from daedam.v1 import measuring_pb2

RECORD_SAMPLES = 3200
AUDIO_FORMAT, AUDIO = 3, 4


@dataclass(slots=True)
class Told:
    """One live interview in one room; `room` is unique, as tests share NATS."""

    pool: Pool
    language: str
    room: str
    room_id: int
    interview_id: int
    watermark_id: int
    seq: int = 1

    async def ask(self, text: str, rubric: Rubric | None, *, category: str = "behavioral") -> int:
        """A question is asked; the turn's id."""
        async with self.pool.connection() as conn:
            question_id = await _id(
                conn,
                "insert into interview_questions (interview_id, ordinal, text, category, difficulty,"
                " source, rubric) values (%s, 0, %s, %s, 'easy', 'bank', %s) returning id",
                self.interview_id, text, category,
                Jsonb({} if rubric is None else msgspec.to_builtins(rubric)),
            )  # fmt: skip
            return await self._turn(conn, question_id, text)

    async def follow_up(self, turn_id: int, text: str) -> int:
        """A follow-up of this turn's question is asked; its own turn's id."""
        async with self.pool.connection() as conn:
            question_id = await _id(
                conn,
                "insert into interview_questions (interview_id, ordinal, text, category, difficulty,"
                " source, rubric, follow_up_of, about) select q.interview_id, q.ordinal, %s,"
                " q.category, q.difficulty, 'template', '{}', q.id, 'result'"
                " from interview_questions q join turns t on t.question_id = q.id where t.id = %s"
                " returning id",
                text, turn_id,
            )  # fmt: skip
            return await self._turn(conn, question_id, text)

    async def ask_again(self, turn_id: int) -> int:
        """The same question, after a fault; its new turn's id."""
        ((question_id, text),) = await self.rows(
            "select question_id, asked_text from turns where id = %s", turn_id
        )
        async with self.pool.connection() as conn:
            return await self._turn(conn, int(str(question_id)), str(text))

    async def _turn(self, conn: psycopg.AsyncConnection, question_id: int, text: str) -> int:
        turn_id = await _id(
            conn,
            "insert into turns (interview_id, turn_key, question_id, position, asked_text,"
            " asked_at, asked_mono_ns) values (%s, %s, %s, 0, %s, now(), 0) returning id",
            self.interview_id, uuid.uuid4().hex, question_id, text,
        )  # fmt: skip
        await conn.execute(
            "insert into transcripts (interview_id, turn_id, speaker, text, language, ordinal,"
            " started_at, ended_at, engine) values (%s, %s, 'AI', %s, %s, 0, now(), now(), '')",
            (self.interview_id, turn_id, text, self.language),
        )
        return turn_id

    async def say(self, turn_id: int, pcm: Pcm, *, ordinal: int = 0, playing: bool = False) -> str:
        """The candidate says something (or the room's own speaker does): audio records and a
        transcribe job; the utterance's key.
        """
        key = uuid.uuid4().hex
        async with self.pool.connection() as conn:
            form = measuring_pb2.AudioFormat(
                codec=measuring_pb2.AUDIO_CODEC_PCM, sample_rate_hz=16_000
            )
            format_seq = await self._record(conn, AUDIO_FORMAT, form.SerializeToString(), None)
            data = (np.clip(pcm, -1, 1) * 32767).astype("<i2")
            seqs = []
            for at in range(0, len(data), RECORD_SAMPLES):
                part = data[at : at + RECORD_SAMPLES]
                audio = measuring_pb2.Audio(
                    first_sample=at,
                    sample_count=len(part),
                    packets=[part.tobytes()],
                    playing=playing,
                )
                seqs.append(
                    await self._record(conn, AUDIO, audio.SerializeToString(), self.interview_id)
                )
            row = await conn.execute("select turn_key from turns where id = %s", (turn_id,))
            found = await row.fetchone()
            assert found is not None
            now_ns = time.time_ns()
            job = TranscribeJob(
                interview_id=self.interview_id, room=self.room, turn_key=found[0],
                utterance_key=key, watermark_id=self.watermark_id, first_seq=seqs[0],
                last_seq=seqs[-1], format_seq=format_seq, first_sample=0, end_sample=len(data),
                ordinal=ordinal, voiced_ms=len(data) * 800 // 16_000, language=self.language,
                started_wall_ns=now_ns, ended_wall_ns=now_ns,
            )  # fmt: skip
            await jobs.insert(conn, TRANSCRIBE, key, job, self.interview_id, priority=10)
        return key

    async def record(self, kind: int, payload: bytes, mono_ns: int = 0) -> int:
        """A record of the interview, as it landed; its sequence."""
        async with self.pool.connection() as conn:
            return await self._record(conn, kind, payload, self.interview_id, mono_ns)

    async def end_answer(self, turn_id: int, utterances: int) -> None:
        """The answer ended; the gateway would settle the turn now."""
        async with self.pool.connection() as conn:
            await conn.execute(
                "update turns set ended_at = now(), expected_utterances = %s, end_reason = 'done'"
                " where id = %s",
                (utterances, turn_id),
            )
            await settle_turn(conn, turn_id)

    async def finish(self) -> None:
        """The interview is over; the gateway would settle it now."""
        async with self.pool.connection() as conn:
            await conn.execute(
                "update interviews set status = 'completed', end_time = now() where id = %s",
                (self.interview_id,),
            )
            await settle_interview(conn, self.interview_id)

    async def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        async with self.pool.connection() as conn:
            return list(await (await conn.execute(query.encode(), values)).fetchall())

    async def wait_for(
        self, query: str, *values: object, within_s: float = 30
    ) -> list[tuple[object, ...]]:
        """The query's rows as soon as there are any."""
        until_s = time.monotonic() + within_s
        while not (found := await self.rows(query, *values)):
            assert time.monotonic() < until_s, f"nothing within {within_s} s: {query}"
            await asyncio.sleep(0.05)
        return found

    async def _record(
        self,
        conn: psycopg.AsyncConnection,
        kind: int,
        payload: bytes,
        interview_id: int | None,
        mono_ns: int = 0,
    ) -> int:
        self.seq += 1
        await conn.execute(
            "insert into records (watermark_id, seq, interview_id, kind, wall_ns, mono_ns, payload)"
            " values (%s, %s, %s, %s, 0, %s, %s)",
            (self.watermark_id, self.seq, interview_id, kind, mono_ns, payload),
        )
        return self.seq


async def told(pool: Pool, *, language: str = "en", scoring: bool = True) -> Told:
    """A live interview that the candidate consented to (or not) being scored in."""
    room = f"room-{uuid.uuid4().hex[:8]}"
    async with pool.connection() as conn:
        room_id = await _id(
            conn, "insert into rooms (code, name) values (%s, 'Room') returning id", room
        )
        agent_id = await _id(
            conn, "insert into agents (room_id, uuid) values (%s, %s) returning id", room_id, room
        )
        watermark_id = await _id(
            conn,
            "insert into ingest_watermark (spool_id, agent_id) values (%s, %s) returning id",
            room, agent_id,
        )  # fmt: skip
        candidate_id = await _id(
            conn,
            "insert into users (email, username, role, password_hash) values (%s, %s, 'candidate',"
            " '-') returning id",
            f"{room}@example.org", room,
        )  # fmt: skip
        interview_id = await _id(
            conn,
            "insert into interviews (candidate_id, room_id, position, language, status,"
            " start_time, recording_consent, scoring_consent)"
            " values (%s, %s, 'backend', %s, 'live', now(), true, %s) returning id",
            candidate_id, room_id, language, scoring,
        )  # fmt: skip
    return Told(pool, language, room, room_id, interview_id, watermark_id)


async def _id(conn: psycopg.AsyncConnection, query: str, *values: object) -> int:
    row = await (await conn.execute(query.encode(), values)).fetchone()
    assert row is not None
    return int(row[0])
