"""What kills the native library kills one process, and nobody else's work twice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from central.errors import EngineError
from central.jobs.queue import ClaimedJob
from central.jobs.worker import work_queue
from central.language.engine.life import Patience, ended_by
from central.language.engine.messages import Load
from central.language.engine.model import LlamaModel
from central.language.engine.process import EngineProcess
from central.language.engine.templates import TEMPLATES
from central.language.model import Choice, Filled, Prompt, Trusted, Urgency
from tests.fakes.ggufs import Ggufs
from tests.fakes.magic_words import HANGING, POISON
from tests.fakes.memory_queue import MemoryQueue

pytestmark = pytest.mark.integration

QUICK = Patience(pause_s=0.01, longest_pause_s=0.05)


@asynccontextmanager
async def fragile(ggufs: Ggufs, patience: Patience = QUICK) -> AsyncIterator[LlamaModel]:
    load = Load(str(ggufs.solar), "", "writing", (), "", 0, 512, 4, 0, 1, 128, "")
    process = EngineProcess("fragile", load, patience=patience, module="tests.fakes.fragile_engine")
    ready = await process.start()
    try:
        yield LlamaModel(process, TEMPLATES["solar"], ready)
    finally:
        await process.stop()


async def ask(model: LlamaModel, said: str) -> Filled:
    return await model.fill(
        Prompt("system", (), (Trusted(said),)), [Choice("c", ("a", "b"))],
        urgency=Urgency.QUESTION, timeout_s=60,
    )  # fmt: skip


async def test_a_crash_is_told_once_and_the_next_call_is_answered(ggufs: Ggufs) -> None:
    async with fragile(ggufs) as model:
        first = model.process.pid
        with pytest.raises(EngineError, match=r"died \(signal \d+\); try again"):
            await ask(model, POISON)
        assert (await ask(model, "hello")).values["c"] in {"a", "b"}
        assert model.process.pid != first


async def test_a_prompt_that_kills_twice_is_not_tried_again(ggufs: Ggufs) -> None:
    async with fragile(ggufs) as model:
        for _ in range(2):
            with pytest.raises(EngineError, match="try again"):
                await ask(model, POISON)
        starts = model.process.starts
        with pytest.raises(EngineError, match="killed the engine twice"):
            await ask(model, POISON)
        assert model.process.starts == starts


async def test_who_was_beside_a_crash_is_answered_the_second_time(ggufs: Ggufs) -> None:
    said = [POISON, "one", "two", "three"]
    async with fragile(ggufs) as model:

        async def twice(text: str) -> Filled | EngineError:
            try:
                return await ask(model, text)
            except EngineError:
                pass
            try:
                return await ask(model, text)
            except EngineError as error:
                return error

        poisoned, *others = await asyncio.gather(*map(twice, said))
    assert isinstance(poisoned, EngineError)
    assert all(isinstance(one, Filled) for one in others)


async def test_an_engine_that_hangs_is_killed(ggufs: Ggufs) -> None:
    patience = Patience(still_s=0.3, look_s=0.05, pause_s=0.01)
    async with fragile(ggufs, patience) as model:
        with pytest.raises(EngineError, match="said nothing"):
            await ask(model, HANGING)
        assert (await ask(model, "hello")).values["c"] in {"a", "b"}


async def test_an_engine_that_has_grown_is_replaced_between_calls(ggufs: Ggufs) -> None:
    async with fragile(ggufs, Patience(pause_s=0.01, growth_bytes=-(1 << 40))) as model:
        for number in range(3):
            assert (await ask(model, f"{number}")).values["c"] in {"a", "b"}
        assert model.process.starts > 1


async def test_what_is_asked_when_it_stops_fails(ggufs: Ggufs) -> None:
    async with fragile(ggufs) as model:
        asked = asyncio.create_task(ask(model, HANGING))
        await asyncio.sleep(0)  # it has begun to ask
        assert model.process.asked == 1
        await model.process.stop()
        with pytest.raises(EngineError, match="stopped"):
            await asked


async def test_a_poisoned_job_ends_among_the_dead_and_the_others_are_done(ggufs: Ggufs) -> None:
    said = {1: "one", 2: POISON, 3: "three", 4: "four"}
    queue = MemoryQueue([ClaimedJob(number, "evaluate", "", None, 0, {}) for number in said])
    async with fragile(ggufs) as model, asyncio.TaskGroup() as group:

        async def handle(jobs: Sequence[ClaimedJob]) -> None:
            for job in jobs:
                await ask(model, said[job.id])
                queue.finish(job)

        working = group.create_task(
            work_queue(queue, asyncio.Event(), ["evaluate"], handle, "worker", 4, 30.0, 0.01)
        )
        await queue.ended.wait()
        assert not working.done()
        working.cancel()
    assert queue.done == {1, 3, 4}
    assert "killed the engine twice" in queue.dead[2]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (3, r"exit status 3$"),
        (-11, r"signal 11$"),
        (-4, r"signal 4: .*build it here"),
        (-9, r"signal 9: .*out of memory"),
    ],
)
def test_how_an_engine_ended_is_said_with_what_to_do(status: int, said: str) -> None:
    assert re.match(said, ended_by(status))
