"""Who spoke, from the records of a room: a worker finds it out and loses nothing by it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec
import pytest

from central.jobs.kinds import TranscribeJob
from central.speech import decode, wire
from central.speech.speakers import Speaker, Why
from central.speech.voice_booth import VoiceBooth
from central.speech.witness import Said, Witness
from central.storage import sound
from central.storage.pool import Pool, open_pool
from tests.fakes.told import told
from tests.fakes.two_microphones import TwoMicrophones
from tests.fakes.voice_encoder import ScriptedVoices

pytestmark = pytest.mark.integration


class Room:
    """One room's records and a worker that is asked about them."""

    def __init__(self, pool: Pool, records: TwoMicrophones, turn_id: int) -> None:
        self.pool, self.records, self.turn_id = pool, records, turn_id
        self.witness = Witness(pool, VoiceBooth(ScriptedVoices()))

    async def who(self, own: float, beside: float | None = None, seconds: float = 2.0) -> Speaker:
        """Of the next utterance, at these levels in front of candidate and interviewer."""
        return await self.asked(await self.records.say(self.turn_id, own, beside, seconds))

    async def asked(self, key: str) -> Speaker:
        job = await self.job(key)
        async with self.pool.connection() as conn:
            stored = await sound.of_utterance(conn, job)
        assert stored.audio_format is not None
        form = wire.sound_format(stored.audio_format)
        sounds = tuple(one for one in map(wire.sound, stored.audio) if one.channel == 0)
        pcm = decode.cut(sounds, form, job.first_sample, job.end_sample)
        return await self.witness.who(job, Said(form, sounds, pcm))

    async def job(self, key: str) -> TranscribeJob:
        ((body,),) = await self.records.told.rows("select body from jobs where key = %s", key)
        return msgspec.convert(body, TranscribeJob)


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    pool = await open_pool(database_url, 4)
    interview = await told(pool)
    records = TwoMicrophones(interview)
    await records.begin()
    yield Room(pool, records, await interview.ask("What?", None))
    await pool.close()


async def test_playback_times_decide_and_what_was_said_before_or_after_does_not(
    room: Room,
) -> None:
    first = await room.records.say(room.turn_id, 0.1)
    await room.records.spoke(8_000, 32_000)
    after = await room.records.say(room.turn_id, 0.1)
    assert await room.asked(first) == Speaker("room", Why.PLAYED, 0.75)
    assert (await room.asked(after)).who is None


async def test_the_nearer_microphone_decides(room: Room) -> None:
    candidate = await room.who(0.2, 0.02)
    assert (candidate.who, candidate.why) == ("candidate", Why.CHANNEL)
    assert candidate.margin == pytest.approx(20, abs=0.1)
    interviewer = await room.who(0.02, 0.2)
    assert (interviewer.who, interviewer.why) == ("interviewer", Why.CHANNEL)
    assert await room.who(0.2, 0.19) == Speaker(None, Why.NOTHING)


async def test_one_microphone_and_one_voice_decide_nothing(room: Room) -> None:
    await room.records.read_sentence(0.3)
    assert await room.who(0.3) == Speaker(None, Why.NOTHING)


async def test_a_sentence_and_a_microphone_of_ones_own_enrol_and_the_nearer_voice_decides(
    room: Room,
) -> None:
    await room.records.read_sentence(0.3)
    for _ in range(3):
        assert (await room.who(0.1, 0.9)).who == "interviewer"
    near = await room.who(0.3, 0.29)
    assert (near.who, near.why) == ("candidate", Why.VOICE)
    assert near.margin is not None
    assert near.margin >= 0.05
    other = await room.who(0.9, 0.88)
    assert (other.who, other.why) == ("interviewer", Why.VOICE)


async def test_a_damaged_record_beside_it_takes_nothing_away(room: Room) -> None:
    await room.records.told.record(20, b"\xff")
    await room.records.told.record(10, b"\xff")
    assert (await room.who(0.2, 0.02)).who == "candidate"
