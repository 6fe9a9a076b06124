"""One thread owns the model; finals go first; captions never queue up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import numpy as np
import pytest

from central.errors import EngineError, StartError
from central.speech.lane import CAPTIONS_WAITING, Lane
from central.speech.transcriber import Phrase, Transcriber
from tests.fakes.transcribers import ScriptedTranscriber

pytestmark = pytest.mark.unit


def phrase(language: str = "en", *, draft: bool = False, voiced_ms: int = 1000) -> Phrase:
    return Phrase(np.zeros(160, dtype=np.float32), language, voiced_ms, draft)


@asynccontextmanager
async def lane_of(load: Callable[[], Transcriber], **kwargs: int) -> AsyncIterator[Lane]:
    lane = Lane(load, **kwargs)
    try:
        await lane.start()
        yield lane
    finally:
        await lane.stop()


async def test_many_at_once_reach_the_model_from_one_thread_in_batches_of_one_language() -> None:
    model = ScriptedTranscriber(takes_s=0.01)
    async with lane_of(lambda: model, batch_size=4) as lane:
        wanted = [phrase("ko" if n % 3 else "en") for n in range(40)]
        heard = await asyncio.gather(*(lane.final(one) for one in wanted))
    assert len(heard) == 40
    assert len(model.threads) == 1
    assert max(len(batch) for batch in model.asked) <= 4
    assert all(len({one.language for one in batch}) == 1 for batch in model.asked)


async def test_a_batch_is_the_oldest_and_those_nearest_to_it_in_length() -> None:
    model = ScriptedTranscriber(takes_s=0.05)
    async with lane_of(lambda: model, batch_size=3) as lane:
        lengths_ms = [100, 2000, 9000, 2100, 20_000, 8000, 1900, 19_000]
        await asyncio.gather(*(lane.final(phrase(voiced_ms=one)) for one in lengths_ms))
    batches = [[one.voiced_ms for one in batch] for batch in model.asked]
    if batches[0] == [100]:  # the thread was quick and found only the first
        assert batches[1:] == [[2000, 2100, 1900], [9000, 8000, 19_000], [20_000]]
    else:
        assert batches == [[100, 1900, 2000], [9000, 8000, 2100], [20_000, 19_000]]


async def test_finals_are_read_at_once_while_captions_pour_in() -> None:
    model = ScriptedTranscriber(takes_s=0.01)
    async with lane_of(lambda: model, batch_size=2) as lane:
        pouring = True

        async def pour() -> None:
            while pouring:
                await lane.caption(phrase(draft=True))
                await asyncio.sleep(0)

        captions = [asyncio.create_task(pour()) for _ in range(6)]
        waited = []
        for _ in range(12):
            before, final = len(model.asked), phrase()
            await lane.final(final)
            reads = [at for at, batch in enumerate(model.asked) if final in batch]
            waited.append(reads[0] - before)
        pouring = False
        await asyncio.gather(*captions)
    assert max(waited) <= 1  # what was taken before it came
    assert len(model.threads) == 1


async def test_ready_means_warmed() -> None:
    model = ScriptedTranscriber()
    async with lane_of(lambda: model):
        assert model.warmed


async def test_a_final_goes_before_captions_that_came_earlier() -> None:
    order: list[bool] = []

    def say(one: Phrase) -> str:
        order.append(one.draft)
        return "x"

    model = ScriptedTranscriber(say, takes_s=0.05)
    async with lane_of(lambda: model, batch_size=1) as lane:
        first = asyncio.ensure_future(lane.final(phrase()))
        await asyncio.sleep(0.02)
        caption = asyncio.ensure_future(lane.caption(phrase(draft=True)))
        await asyncio.sleep(0)
        final = asyncio.ensure_future(lane.final(phrase()))
        await asyncio.gather(first, caption, final)
    assert order == [False, False, True]


async def test_a_caption_is_told_busy_when_the_lane_is_full() -> None:
    model = ScriptedTranscriber(takes_s=0.1)
    async with lane_of(lambda: model, batch_size=1) as lane:
        asked = [asyncio.ensure_future(lane.caption(phrase(draft=True))) for _ in range(20)]
        answers = await asyncio.gather(*asked)
    assert CAPTIONS_WAITING <= sum(answer is not None for answer in answers) <= CAPTIONS_WAITING + 1


async def test_captions_rest_after_a_slow_one() -> None:
    model = ScriptedTranscriber(takes_s=0.2)
    async with lane_of(lambda: model) as lane:
        assert await lane.caption(phrase(draft=True)) is not None
        assert await lane.caption(phrase(draft=True)) is None
        await asyncio.sleep(0.5)
        assert await lane.caption(phrase(draft=True)) is not None


async def test_a_bad_phrase_does_not_spoil_its_batch() -> None:
    model = ScriptedTranscriber(lambda one: "" if one.voiced_ms == 13 else "fine", takes_s=0.02)
    async with lane_of(lambda: model) as lane:
        wanted = [phrase(voiced_ms=13 if n == 2 else 1000) for n in range(6)]
        results = await asyncio.gather(*map(lane.final, wanted), return_exceptions=True)
    assert [isinstance(one, EngineError) for one in results] == [n == 2 for n in range(6)]


async def test_an_engine_that_does_not_load_is_a_start_error() -> None:
    def load() -> Transcriber:
        raise OSError("disk")

    lane = Lane(load)
    with pytest.raises(StartError, match="disk"):
        await lane.start()
    await lane.stop()
