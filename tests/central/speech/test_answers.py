"""An answer's sound: bit by bit what the room recorded, before it is sealed and after."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest

from central.bus.bus import Bus
from central.bus.sounds import MOST_BYTES, SoundRequest
from central.errors import EngineError, StartError
from central.speech.answers import AnswerSounds
from central.speech.flac import flac_file
from central.steward.answers import archive_answers
from central.storage.pool import Pool
from central.vault.documents import Documents
from central.vault.site_key import SiteKeys
from central.vault.sounds import Sounds
from central.vault.vault import Vault
from tests.fakes.landed import SITE_KEY, ring
from tests.fakes.memory_media import MemoryMedia
from tests.fakes.told import Told, told

pytestmark = pytest.mark.integration


@pytest.fixture
def vault() -> Vault:
    return Vault(MemoryMedia(), lambda: ring(SITE_KEY))


def noise(seconds: float, seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    whole = random.integers(-20_000, 20_000, int(seconds * 16_000))
    return (whole / 32_767).astype(np.float32)


def samples_of(file: bytes) -> np.ndarray:
    with av.open(io.BytesIO(file)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def as_sent(pcm: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(pcm, -1, 1) * 32767, dtype=np.int16)


async def answered(pool: Pool, *spoken: np.ndarray) -> tuple[Told, int]:
    """An answer of several utterances, each with its transcript; their samples follow each other."""
    interview = await told(pool)
    turn_id = await interview.ask("What?", None)
    for ordinal, pcm in enumerate(spoken):
        key = await interview.say(turn_id, pcm, ordinal=ordinal)
        await interview.rows(
            "insert into transcripts (interview_id, turn_id, utterance_key, speaker, text, language,"
            " ordinal, first_sample, end_sample, started_at, ended_at, engine, watermark_id,"
            " format_seq, first_seq, last_seq, rate_hz)"
            " select j.interview_id, %s, j.key, 'User', 'x', 'en', %s, 0,"
            "  (j.body->>'end_sample')::bigint, now(), now(), '', (j.body->>'watermark_id')::bigint,"
            "  (j.body->>'format_seq')::bigint, (j.body->>'first_seq')::bigint,"
            "  (j.body->>'last_seq')::bigint, 16000"
            " from jobs j where j.key = %s returning 1",
            turn_id, ordinal, key,
        )  # fmt: skip
    return interview, turn_id


async def whole(answers: AnswerSounds, turn_id: int) -> bytes:
    data, total = b"", 1
    while len(data) < total:
        reply = await answers.handle(SoundRequest(turn_id, len(data), len(data) + MOST_BYTES))
        assert reply.data
        data, total = data + reply.data, reply.total_bytes
    return data


async def sealed(interview: Told) -> None:
    """As if the steward had sealed the interview's records."""
    await interview.rows(
        "insert into sealed_parts (interview_id, name, sealed_at) values (%s, %s, now()) returning 1",
        interview.interview_id,
        "0" * 32,
    )


def test_a_flac_file_gives_back_every_sample_and_is_the_same_each_time() -> None:
    pcm = np.asarray(as_sent(noise(1.3)) / 32768, dtype=np.float32)
    file = flac_file(pcm, 16_000)
    assert np.array_equal(samples_of(file), as_sent(noise(1.3)))
    assert flac_file(pcm, 16_000) == file


async def test_before_sealing_an_answer_plays_out_of_the_records(pool: Pool, vault: Vault) -> None:
    first, second = noise(12), noise(8, 2)
    _, turn_id = await answered(pool, first, second)
    answers = AnswerSounds(pool, Sounds(pool, vault), Documents(pool, vault))
    file = await whole(answers, turn_id)
    assert len(file) > MOST_BYTES
    expected = np.concatenate([as_sent(first), as_sent(second)])
    assert np.array_equal(samples_of(file), expected)


async def test_after_sealing_the_archived_file_is_the_same_and_needs_no_records(
    pool: Pool, vault: Vault
) -> None:
    interview, turn_id = await answered(pool, noise(3))
    answers = AnswerSounds(pool, Sounds(pool, vault), Documents(pool, vault))
    before = await whole(answers, turn_id)
    assert (await archive_answers(pool, vault)).answers == []  # it is not sealed yet
    await sealed(interview)
    assert (await archive_answers(pool, vault)).answers == [turn_id]
    assert (await archive_answers(pool, vault)).answers == []
    await interview.rows("delete from records returning 1")
    afresh = AnswerSounds(pool, Sounds(pool, vault), Documents(pool, vault))
    assert await whole(afresh, turn_id) == before
    part = await afresh.handle(SoundRequest(turn_id, 1000, 1100))
    assert part.data == before[1000:1100]
    assert isinstance(vault.store, MemoryMedia)
    (stored,) = vault.store.files.values()
    assert b"fLaC" not in stored


async def test_an_answer_that_grew_after_it_was_archived_is_archived_anew(
    pool: Pool, vault: Vault
) -> None:
    interview, turn_id = await answered(pool, noise(1), noise(1, 2))
    await sealed(interview)
    late = "update transcripts set rate_hz = %s where ordinal = 1 and speaker = 'User' returning 1"
    await interview.rows(late, None)
    await archive_answers(pool, vault)
    await interview.rows(late, 16_000)
    assert (await archive_answers(pool, vault)).answers == [turn_id]
    answers = AnswerSounds(pool, Sounds(pool, vault), Documents(pool, vault))
    assert len(samples_of(await whole(answers, turn_id))) == 32_000
    assert await interview.rows(
        "select count(*), count(*) filter (where destroyed_at is null) from documents"
    ) == [(2, 1)]


async def test_an_answer_whose_records_are_gone_is_noted_once_and_holds_up_no_other(
    pool: Pool, vault: Vault
) -> None:
    broken, lost = await answered(pool, noise(1))
    await broken.rows("delete from records returning 1")
    await sealed(broken)
    whole_one, kept = await answered(pool, noise(1))
    await whole_one.rows(
        "insert into sealed_parts (interview_id, name, sealed_at) values (%s, %s, now()) returning 1",
        whole_one.interview_id,
        "1" * 32,
    )
    done = await archive_answers(pool, vault)
    assert done.answers == [kept]
    assert list(done.failed) == [lost]
    assert "missing" in done.failed[lost]
    again = await archive_answers(pool, vault)
    assert (again.answers, again.failed) == ([], {})


async def test_without_the_site_key_nothing_is_noted_as_lost(pool: Pool) -> None:
    def missing() -> SiteKeys:
        raise StartError("vault", "the site key is missing")

    interview, _ = await answered(pool, noise(1))
    await sealed(interview)
    with pytest.raises(StartError):
        await archive_answers(pool, Vault(MemoryMedia(), missing))
    assert await interview.rows("select 1 from answer_sounds") == []


async def test_what_was_never_recorded_is_unknown_and_what_is_broken_is_an_error(
    pool: Pool, vault: Vault
) -> None:
    interview, turn_id = await answered(pool, noise(1))
    answers = AnswerSounds(pool, Sounds(pool, vault), Documents(pool, vault))
    assert (await answers.handle(SoundRequest(turn_id + 1))).problem == "sound_unknown"
    await interview.rows("delete from records where kind = 4 returning 1")
    with pytest.raises(EngineError, match="missing"):
        await answers.handle(SoundRequest(turn_id))


async def test_a_piece_is_asked_for_over_nats(pool: Pool, vault: Vault, nats_url: str) -> None:
    interview, turn_id = await answered(pool, noise(1))
    answers = AnswerSounds(pool, Sounds(pool, vault), Documents(pool, vault))
    async with await Bus.connect(nats_url, "test") as bus:
        served = await bus.serve_sounds(answers.handle)
        reply = await bus.request_sound(SoundRequest(turn_id, 0, 100), timeout_s=20)
        await interview.rows("delete from transcripts where speaker = 'User' returning 1")
        unknown = await bus.request_sound(SoundRequest(turn_id), timeout_s=20)
        await served.close()
    assert reply is not None
    assert reply.data.startswith(b"fLaC")
    assert (len(reply.data), reply.problem) == (100, "")
    assert unknown is not None
    assert unknown.problem == "sound_unknown"
