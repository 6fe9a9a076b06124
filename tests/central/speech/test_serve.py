"""A speech worker against real PostgreSQL and NATS: utterance job in, transcript out, once."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import numpy as np
import pytest

from central.bus import subjects
from central.bus.bus import Bus
from central.bus.captions import CaptionRequest
from central.bus.events import TranscriptAdded
from central.config import Config, Database, Nats, load
from central.jobs.kinds import TRANSCRIBE
from central.jobs.worker import work
from central.speech.decode import Codec
from central.speech.lane import Lane
from central.speech.serve import serve
from central.speech.sphinx_engine import NAME
from central.speech.transcriber import Phrase, Transcriber
from central.speech.utterances import Utterances
from central.speech.voice_booth import VoiceBooth
from central.speech.voices import VoiceEncoder
from central.storage.pool import Pool
from central.supervisor.notify import Notify
from central.vault.site_key import SiteKeys
from central.vault.sounds import Sounds
from central.vault.vault import Vault
from tests.fakes.checkpoints import random_whisper
from tests.fakes.memory_media import MemoryMedia
from tests.fakes.told import told
from tests.fakes.transcribers import ScriptedTranscriber
from tests.fakes.voices import speak

pytestmark = pytest.mark.integration

VICTIM = """
import asyncio, pathlib, sys
from central.config import Config, Database, Nats, load
from central.speech import engine, serve
from central.supervisor.notify import Notify
from tests.fakes.transcribers import ScriptedTranscriber
engine.load = lambda _: ScriptedTranscriber(takes_s=60)
folder, database, nats = sys.argv[1:]
config = Config(data_dir=pathlib.Path(folder), database=Database(url=database), nats=Nats(url=nats))
asyncio.run(serve.serve(config, Notify()))
"""
"""A speech worker that never comes to an end with its first utterance."""
SECOND = np.full(16_000, 0.01, dtype=np.float32)


@pytest.fixture
def config(database_url: str, nats_url: str, tmp_path: Path) -> Config:
    return Config(data_dir=tmp_path, database=Database(url=database_url), nats=Nats(url=nats_url))


@asynccontextmanager
async def running(config: Config) -> AsyncIterator[None]:
    """The whole role in this process."""
    task = asyncio.create_task(serve(config, Notify()))
    try:
        yield
        assert not task.done()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def no_site_key() -> SiteKeys:
    raise AssertionError("nothing here is sealed")


@asynccontextmanager
async def worker(
    pool: Pool, nats_url: str, model: Transcriber, encoder: VoiceEncoder | None = None
) -> AsyncIterator[None]:
    """The worker loop around a scripted recogniser."""
    lane = Lane(lambda: model)
    await lane.start()
    async with await Bus.connect(nats_url, "test") as bus:
        sounds = Sounds(pool, Vault(MemoryMedia(), no_site_key))
        booth = VoiceBooth(encoder)
        handle = Utterances(pool, bus, lane, model, sounds, booth=booth).handle
        task = asyncio.create_task(
            work(pool, bus, [TRANSCRIBE], handle, worker="w", batch=4, lease_s=5, idle_s=0.1)
        )
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await lane.stop()


async def test_an_english_utterance_becomes_a_transcript_and_everybody_hears_of_it(
    config: Config, pool: Pool, nats_url: str, tmp_path: Path
) -> None:
    interview = await told(pool)
    turn_id = await interview.ask("What did you do?", None)
    pcm = speak("we can see the people in the room and they can see us", tmp_path)
    async with (
        await Bus.connect(nats_url, "test") as bus,
        bus.subscribe_live(subjects.live_of(interview.room)) as events,
        running(config),
    ):
        key = await interview.say(turn_id, pcm)
        await interview.end_answer(turn_id, 1)
        async with asyncio.timeout(30):
            event = await anext(aiter(events))
    assert isinstance(event, TranscriptAdded)
    assert event.utterance_id == key
    assert event.accepted
    assert event.engine == NAME
    ((text, engine, accepted, words),) = await interview.rows(
        "select text, engine, accepted, words from transcripts where utterance_key = %s", key
    )
    assert (engine, accepted) == (NAME, True)
    assert text == event.text
    assert isinstance(words, list)
    assert [event.text[word["start"] : word["end"]] for word in words] == event.text.split()
    assert len(str(text).split()) >= 4
    assert await interview.rows(
        "select 1 from jobs where kind = 'evaluate' and key = %s", str(turn_id)
    )


async def test_korean_without_an_engine_is_refused_and_never_invented(
    config: Config, pool: Pool
) -> None:
    interview = await told(pool, language="ko")
    turn_id = await interview.ask("무엇을 하셨나요?", None)
    async with running(config):
        await interview.say(turn_id, SECOND)
        ((text, accepted, reason),) = await interview.wait_for(
            "select text, accepted, reject_reason from transcripts where speaker = 'User'"
        )
    assert (text, accepted) == ("", False)
    assert reason == "no engine for Korean is configured"


async def test_a_caption_is_read_while_the_utterance_is_open(
    config: Config, nats_url: str, tmp_path: Path
) -> None:
    pcm = speak("the people", tmp_path)
    packet = (pcm * 32767).astype("<i2").tobytes()
    request = CaptionRequest(
        language="en", codec=Codec.PCM, sample_rate_hz=16_000, extradata=b"", packets=(packet,)
    )
    async with await Bus.connect(nats_url, "test") as bus, running(config):
        reply = None
        async with asyncio.timeout(30):
            while reply is None or reply.busy:
                reply = await bus.request_caption("en", request, timeout_s=5)
    assert reply.engine == NAME
    assert reply.text


async def test_sound_that_cannot_be_decoded_is_refused_at_once(pool: Pool, nats_url: str) -> None:
    interview = await told(pool)
    turn_id = await interview.ask("What?", None)
    await interview.say(turn_id, SECOND)
    await interview.rows("delete from records where kind = 3 returning 1")
    async with worker(pool, nats_url, ScriptedTranscriber()):
        ((reason, accepted),) = await interview.wait_for(
            "select reject_reason, accepted from transcripts where speaker = 'User'"
        )
    assert reason == "the sound cannot be decoded: its records are missing"
    assert accepted is False


async def test_what_the_room_itself_played_is_read_marked_and_no_part_of_the_answer(
    pool: Pool, nats_url: str
) -> None:
    interview = await told(pool)
    turn_id = await interview.ask("What?", None)
    async with (
        await Bus.connect(nats_url, "test") as bus,
        bus.subscribe_live(subjects.live_of(interview.room)) as events,
        worker(pool, nats_url, ScriptedTranscriber()),
    ):
        await interview.say(turn_id, SECOND, playing=True)
        async with asyncio.timeout(30):
            event = await anext(aiter(events))
    assert isinstance(event, TranscriptAdded)
    assert (event.accepted, event.text, event.said_by) == (False, "hello", "room")
    rows = await interview.rows(
        "select text, reject_reason, said_by, said_by_why, said_by_margin from transcripts"
        " where speaker = 'User'"
    )
    assert rows == [("hello", "the room itself was speaking", "room", "played", 1.0)]


async def test_a_recogniser_that_always_fails_leaves_a_visible_refusal(
    pool: Pool, nats_url: str
) -> None:
    interview = await told(pool)
    turn_id = await interview.ask("What?", None)
    await interview.say(turn_id, SECOND)
    await interview.end_answer(turn_id, 1)
    await interview.rows("update jobs set attempt = 4 where kind = 'transcribe' returning 1")
    async with worker(pool, nats_url, ScriptedTranscriber(lambda _: "")):
        ((reason,),) = await interview.wait_for(
            "select reject_reason from transcripts where speaker = 'User'"
        )
    assert reason == "the recogniser failed: told to fail"
    assert await interview.rows("select 1 from jobs where kind = 'evaluate'")


async def test_two_workers_leave_one_transcript_for_each_utterance(
    pool: Pool, nats_url: str
) -> None:
    interview = await told(pool)
    turn_id = await interview.ask("What?", None)
    for ordinal in range(12):
        await interview.say(turn_id, SECOND, ordinal=ordinal)
    await interview.end_answer(turn_id, 12)
    one, two = (ScriptedTranscriber(_length, takes_s=0.02) for _ in range(2))
    async with worker(pool, nats_url, one), worker(pool, nats_url, two):
        await interview.wait_for("select 1 from jobs where kind = 'evaluate'")
    rows = await interview.rows(
        "select ordinal from transcripts where speaker = 'User' order by ordinal"
    )
    assert [row[0] for row in rows] == list(range(12))


async def test_a_killed_workers_utterance_is_read_by_another(
    config: Config, pool: Pool, nats_url: str
) -> None:
    """The killed one holds a lease of 10 s; it is cut short here."""
    interview = await told(pool)
    turn_id = await interview.ask("What?", None)
    arguments = [str(config.data_dir), config.database.url, config.nats.url]
    victim = await asyncio.create_subprocess_exec(sys.executable, "-c", VICTIM, *arguments)
    try:
        await interview.say(turn_id, SECOND)
        await interview.wait_for("select 1 from jobs where state = 'running'")
    finally:
        victim.kill()
        await victim.wait()
    await interview.rows("update jobs set lease_until = now() returning 1")
    async with worker(pool, nats_url, ScriptedTranscriber()):
        await interview.wait_for("select 1 from jobs where state = 'done'")
    rows = await interview.rows("select text from transcripts where speaker = 'User'")
    assert rows == [("hello",)]
    assert await interview.rows("select attempt from jobs where kind = 'transcribe'") == [(2,)]


@pytest.mark.timeout(180)
async def test_a_killed_whisper_workers_utterance_is_decoded_by_another(
    config: Config, pool: Pool, nats_url: str, tmp_path: Path
) -> None:
    """Both are the whole role with Whisper's code on random weights; what such weights say is not
    believed, and that is a transcript like any. The victim dies with its text in hand.
    """
    checkpoint = random_whisper(tmp_path / "random.pt")
    file = tmp_path / "central.toml"
    file.write_text(
        f'data_dir = "{tmp_path}"\n[database]\nurl = "{config.database.url}"\n'
        f'[nats]\nurl = "{config.nats.url}"\n[metrics]\nport = 0\n'
        f'[speech]\nwhisper_model = "{checkpoint}"\ndevice = "cpu"\n'
    )
    interview = await told(pool)
    turn_id = await interview.ask("What?", None)
    command = [sys.executable, "-m", "central", "speech", "--config", str(file)]
    victim = await asyncio.create_subprocess_exec(*command)
    try:
        await interview.say(turn_id, SECOND)
        async with pool.connection() as conn:
            await conn.execute("lock table transcripts in exclusive mode")
            await interview.wait_for("select 1 from jobs where state = 'running'", within_s=90)
            await interview.wait_for(
                "select 1 from pg_locks where relation = 'transcripts'::regclass and not granted",
                within_s=60,
            )
            victim.kill()
    except BaseException:
        victim.kill()
        raise
    finally:
        await victim.wait()
    assert not await interview.rows("select 1 from transcripts where speaker = 'User'")
    await interview.rows("update jobs set lease_until = now() returning 1")
    async with running(load(file)):
        await interview.wait_for("select 1 from jobs where state = 'done'", within_s=90)
    ((engine, ordinal),) = await interview.rows(
        "select engine, ordinal from transcripts where speaker = 'User'"
    )
    assert (engine, ordinal) == ("openai-whisper/random", 0)
    assert await interview.rows("select attempt from jobs where kind = 'transcribe'") == [(2,)]


def _length(phrase: Phrase) -> str:
    return f"that was {len(phrase.pcm)} samples"
