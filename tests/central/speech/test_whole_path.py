"""English recordings through everything: the edge's ears, gRPC, gateway, worker, transcript, archive.

What the system reads is what its recogniser reads in the same sound: no word is lost or changed on the
way, and the archived sound is the recording, bit by bit.
"""

from __future__ import annotations

import asyncio
import io
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from central.speech import recordings
from central.speech.answers import file_of
from central.speech.error_rates import NONE, Errors, word_errors
from central.speech.serve import serve
from central.speech.sphinx_engine import SphinxEngine
from central.speech.transcriber import Phrase
from central.storage import answer_sounds
from central.supervisor.notify import Notify
from central.vault.sounds import Sounds
from central.vault.vault import Vault
from edge_agent.flow import Utterance
from tests.fakes.room_client import room
from tests.fakes.site import Site, running_site
from tests.fakes.spoken_room import SpokenRoom

pytestmark = pytest.mark.integration

BATCH = 40
JFK = (
    "And so, my fellow Americans: ask not what your country can do for you, ask what you can do for"
    " your country."
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A recording and what is said in it."""

    turn_id: str
    text: str
    pcm: NDArray[np.int16]


def recording(turn_id: str, text: str, file: Path) -> Spoken:
    pcm = np.rint(recordings.read(file) * 32_767).clip(-32_768, 32_767)
    return Spoken(turn_id, text, pcm.astype(np.int16))


def few(shared: Path) -> list[Spoken]:
    audio = shared / "testdata" / "audio"
    texts = annotated(audio)
    name = "spk1_snt1"
    return [
        recording("jfk", JFK, audio / "jfk.flac"),
        recording(name, texts[name], audio / "speechbrain" / "ASR" / f"{name}.wav"),
    ]


def every(shared: Path) -> list[Spoken]:
    audio = shared / "testdata" / "audio"
    found = [recording("jfk", JFK, audio / "jfk.flac")]
    found += [
        recording(file.stem, file.with_suffix(".txt").read_text(), file)
        for file in sorted((audio / "fleurs-en").glob("*.ogg"))
    ]
    for name, text in sorted(annotated(audio).items()):
        file = audio / "speechbrain" / "ASR" / f"{name}.wav"
        if file.is_file():
            found.append(recording(name, text, file))
    return found


def annotated(audio: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in ("ASR_train.json", "ASR_dev.json"):
        entries = json.loads((audio / "speechbrain" / "annotation" / file).read_text())
        found |= {name: str(one.get("words") or one["wrd"]) for name, one in entries.items()}
    return found


async def through_the_system(
    site: Site, spoken: list[Spoken], within_s: float
) -> tuple[SpokenRoom, int]:
    """Sends it all and waits for every transcript; the room and the interview."""
    interview = await site.interview()
    heard = SpokenRoom(interview)
    for one in spoken:
        heard.answer(one.turn_id, one.pcm)
    heard.finish()
    records = heard.records()
    role = asyncio.create_task(serve(site.config, Notify()))
    try:
        async with site.gateway() as address, room(address, site.agent) as (client, _):
            for at in range(0, len(records), BATCH):
                await client.records(records[at : at + BATCH])
                assert await client.acked(records[min(at + BATCH, len(records)) - 1].seq) == []
            async with asyncio.timeout(within_s):
                while await read(site, interview) < len(heard.utterances()):
                    assert not role.done()
                    await asyncio.sleep(0.2)
    finally:
        role.cancel()
        with suppress(asyncio.CancelledError):
            await role
    return heard, interview


async def read(site: Site, interview: int) -> int:
    query = "select count(*) from transcripts where interview_id = %s and speaker = 'User'"
    return int((await site.fetch(query, interview))[0][0])


def alone(engine: SphinxEngine, heard: SpokenRoom, said: Utterance) -> str:
    """What the engine reads in the same samples without the system."""
    samples = heard.sound[said.first_sample : said.end_sample]
    pcm = np.asarray(samples / 32_768, dtype=np.float32)
    return engine.transcribe([Phrase(pcm, "en", said.voiced_ms)])[0].text


async def assert_nothing_is_lost(site: Site, spoken: list[Spoken], within_s: float) -> None:
    heard, interview = await through_the_system(site, spoken, within_s)
    rows = await site.fetch(
        "select s.utterance_key, s.text, t.turn_key, t.id from transcripts s"
        " join turns t on t.id = s.turn_id where s.interview_id = %s and s.speaker = 'User'"
        " order by s.ordinal",
        interview,
    )
    texts = {key: text for key, text, _, _ in rows}
    engine = SphinxEngine()
    system = own = NONE
    for one in spoken:
        said = [u for u in heard.utterances() if u.turn_id == one.turn_id]
        assert said, f"nothing was heard in {one.turn_id}"
        system += errors(one, [str(texts[u.utterance_id]) for u in said])
        own += errors(one, [alone(engine, heard, u) for u in said])
    assert system == own
    assert system.rate is not None
    sounds = Sounds(site.pool, Vault.of(site.config))
    for turn_key, turn_id in {(row[2], row[3]) for row in rows}:
        async with site.pool.connection() as conn:
            recorded = await answer_sounds.utterances_of(conn, turn_id)
        said = [u for u in heard.utterances() if u.turn_id == turn_key]
        with av.open(io.BytesIO(await file_of(sounds, recorded))) as file:
            archived = np.concatenate([f.to_ndarray()[0] for f in file.decode(audio=0)])
        original = heard.sound[said[0].first_sample : said[-1].end_sample]
        assert np.array_equal(archived, original)
    print(f"{len(spoken)} recordings, {system.length} words, WER {system.rate:.3f}")


def errors(one: Spoken, texts: list[str]) -> Errors:
    return word_errors(one.text, " ".join(texts))


@pytest.mark.timeout(300)
async def test_recordings_are_read_as_the_engine_reads_them_and_kept_bit_by_bit(
    shared: Path, database_url: str, nats_url: str, tmp_path: Path
) -> None:
    async with running_site(database_url, nats_url, tmp_path) as site:
        await assert_nothing_is_lost(site, few(shared), within_s=240)


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_every_recording_is_read_as_the_engine_reads_it_and_kept_bit_by_bit(
    shared: Path, database_url: str, nats_url: str, tmp_path: Path
) -> None:
    async with running_site(database_url, nats_url, tmp_path) as site:
        await assert_nothing_is_lost(site, every(shared), within_s=1700)
