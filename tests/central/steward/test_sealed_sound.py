"""Sound is found wherever it lies: where it landed, or where it was sealed."""

from __future__ import annotations

import pytest

from central.errors import EngineError
from central.interview.facts import Utterance
from central.interview.projection import UtteranceHeard
from central.storage.audio import wall_span
from central.storage.pool import Pool
from central.storage.sound import of_utterance
from central.vault.sounds import Sounds
from daedam.v1 import measuring_pb2
from tests.fakes.landed import AUDIO, AUDIO_FORMAT, Landing, ring, transcribe_job

pytestmark = pytest.mark.integration


async def test_sound_is_found_where_it_landed_and_where_it_was_sealed(
    past: Landing, pool: Pool
) -> None:
    interview = await past.interview()
    seqs = await past.land(interview)
    wanted = transcribe_job(interview, seqs, past.spool)
    async with pool.connection() as conn:
        landed = await of_utterance(conn, wanted)
    assert landed.audio_format is not None
    assert len(landed.audio) == 2
    sounds = Sounds(pool, past.vault)
    assert await sounds.of_utterance(wanted) == landed
    await past.round()
    assert await past.landed(interview) == 0
    assert await sounds.of_utterance(wanted) == landed


async def test_an_utterance_whose_sound_was_half_sealed_is_found_whole(
    past: Landing, pool: Pool
) -> None:
    interview = await past.interview()
    first = await past.land(interview)
    await past.round()
    late = await past.land(interview, days_ago=0, kinds=(AUDIO, AUDIO, 5))
    wanted = transcribe_job(interview, [*first, *late], past.spool)
    found = await Sounds(pool, past.vault).of_utterance(wanted)
    payloads = [f"{interview}:{seq}".encode() for seq in (first[2], first[4], first[5], *late[:2])]
    assert sorted(found.audio) == sorted(payloads)
    assert found.audio_format == f"{interview}:{first[0]}".encode()


async def test_sealed_sound_without_its_key_is_an_error_and_not_silence(
    past: Landing, pool: Pool
) -> None:
    interview = await past.interview()
    seqs = await past.land(interview)
    await past.round()
    past.site_keys = ring(bytes(32))
    with pytest.raises(EngineError, match="restore that key"):
        await Sounds(pool, past.vault).of_utterance(transcribe_job(interview, seqs, past.spool))


async def test_a_late_utterance_knows_when_it_was_said_without_any_key(
    past: Landing, pool: Pool
) -> None:
    interview = await past.interview()
    (seq,) = await past.land(interview, kinds=(AUDIO_FORMAT,))
    form = measuring_pb2.AudioFormat(sample_rate_hz=16_000, sample_zero_mono_ns=5 * 10**9)
    await past.fetch("update records set payload = %s", form.SerializeToString())
    said = Utterance("u", "t", 0, 32_000, 48_000, 1, 2, seq, 900, "", "en", 0)
    heard = UtteranceHeard(interview, said, wall_ns=100 * 10**9, mono_ns=9 * 10**9)
    async with pool.connection() as conn:
        before = await wall_span(conn, past.spool, heard)
    await past.round()
    assert await past.landed(interview) == 0
    async with pool.connection() as conn:
        assert await wall_span(conn, past.spool, heard) == before == (98 * 10**9, 99 * 10**9)
