"""The room finishes its interview without central, and also where its own agent is killed meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.fault_proxy import FaultProxy, Mode
from tests.faults.interview import PATIENCE_S, Running, interview
from tests.story.api import until
from tests.story.stack import Site

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(400),
    pytest.mark.asyncio(loop_scope="module"),
]


async def _shows(running: Running, **wanted: Any) -> None:
    async def shown() -> bool:
        state = await running.state()
        return all(state[key] == value for key, value in wanted.items())

    await until(PATIENCE_S, f"the kiosk to show {wanted}", shown)


@pytest.mark.parametrize(
    ("at", "how"),
    [pytest.param("waiting", Mode.HALF_OPEN, marks=pytest.mark.soak), ("answering", Mode.CUT)],
)
async def test_an_interview_finishes_without_central_and_arrives_whole(
    site: Site, models: Path, video: Path, at: str, how: Mode
) -> None:
    async with (
        FaultProxy(site.gateway).serving() as proxy,
        interview(site, models, video, f"alone-{at}", gateway=proxy.address) as running,
    ):
        if at == "answering":
            await running.answering(0)
        else:
            await until(PATIENCE_S, "the plan to arrive", lambda: _begun(running))
        proxy.set(how)
        await _shows(running, link="offline")
        await running.answering(1)
        await running.over()
        state = await running.state()
        assert state["link"] == "offline"
        assert state["counts"]["records_acked"] < state["counts"]["records_appended"]
        proxy.set(Mode.PASS)
        ledger, sent = await running.finished()
        report = await running.api.get(f"/interviews/{running.id}/report")
    assert ledger.problems(sent) == []
    assert len(ledger.expected) == 2
    assert all(detail["answer"].strip() for detail in report["details"])


async def _begun(running: Running) -> bool:
    return bool((await running.state())["phase"] not in {"idle", "finished"})


@pytest.mark.soak
async def test_an_agent_killed_in_mid_answer_while_central_is_away_asks_again_and_finishes(
    site: Site, models: Path, video: Path
) -> None:
    async with (
        FaultProxy(site.gateway).serving() as proxy,
        interview(site, models, video, "killed-alone", gateway=proxy.address) as running,
    ):
        await running.answering(0)
        proxy.set(Mode.CUT)
        await running.answering(1)
        await asyncio.sleep(1.0)  # some of the answer is there
        async with running.restarted() as again:
            await _shows(again, again="break", link="offline")
            assert (await again.state())["question"]["position"] == 1
            await again.answering(1)
            await again.over()
            proxy.set(Mode.PASS)
            ledger, sent = await again.finished()
            report = await again.api.get(f"/interviews/{again.id}/report")
            turns = await _turns(site, again.id)
    assert ledger.problems(sent) == []
    assert [(position, why) for position, why, _ in turns][1:] == [(1, "interrupted"), turns[2][:2]]
    assert turns[2][0] == 1
    assert [bool(marked) for _, _, marked in turns] == [True, False, True]
    assert report["details"][2]["answer"].strip()


async def _turns(site: Site, interview_id: str) -> list[tuple[Any, ...]]:
    import psycopg

    async with await psycopg.AsyncConnection.connect(site.config.database.url) as conn:
        cursor = await conn.execute(
            "select position, end_reason, evaluated_at is not null from turns"
            " where interview_id = %s order by id",
            (int(interview_id),),
        )
        return await cursor.fetchall()
