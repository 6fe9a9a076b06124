"""Whatever is killed in mid-interview comes back, and nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.faults.interview import PATIENCE_S, Running, interview
from tests.faults.kills import kill, vision_of
from tests.story.api import until
from tests.story.stack import Site

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(400),
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest.fixture(autouse=True)
def _everything_stops_when_asked(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """An agent that had to be killed is told on standard error by whoever started it."""
    yield
    assert "ended with status" not in capsys.readouterr().err


@pytest.mark.soak
async def test_a_gateway_killed_then_stopped_in_mid_answer_loses_and_doubles_no_record(
    site: Site, models: Path, video: Path
) -> None:
    async with interview(site, models, video, "gateway") as running:
        for answer, how in enumerate((signal.SIGKILL, signal.SIGTERM)):
            await running.answering(answer)
            await kill("gateway", site.config.data_dir, how)
            await until(PATIENCE_S, "the room to be back online", lambda: _online(running))
        ledger, sent = await running.finished()
    assert ledger.problems(sent) == []
    assert len(ledger.expected) == 2


async def test_speech_nats_and_vision_killed_in_mid_answer_leave_a_whole_transcript(
    site: Site, models: Path, video: Path
) -> None:
    data = site.config.data_dir
    async with interview(site, models, video, "workers") as running:
        await running.answering(0)
        await kill("speech", data)
        before, away = await _kill_vision(running)
        await _kill_at_work(running)
        await running.answering(1)
        await kill("nats", data)
        ledger, sent = await running.finished()
        counts = (await running.state())["counts"]
        report = await running.api.get(f"/interviews/{running.id}/report")
    assert ledger.problems(sent) == []
    assert all(detail["answer"].strip() for detail in report["details"])
    assert counts["frames_captured"] > before["frames_captured"]
    assert counts["frames_analysed"] > before["frames_analysed"]
    assert await _least_coverage(site, running.id, away) < 0.9


async def _online(running: Running) -> bool:
    return bool((await running.state())["link"] == "online")


async def _kill_vision(running: Running) -> tuple[dict[str, Any], tuple[int, int]]:
    """The room's counts before its vision process was killed, and from when until when no frame came
    (CLOCK_MONOTONIC nanoseconds).
    """
    before: dict[str, Any] = (await running.state())["counts"]
    from_ns = time.monotonic_ns()
    os.kill(vision_of(running.room.log), signal.SIGKILL)
    await asyncio.sleep(0.1)  # what it had told is counted
    told = (await running.state())["counts"]["frames_captured"]

    async def goes_on() -> bool:
        return bool((await running.state())["counts"]["frames_captured"] > told)

    await until(PATIENCE_S, "frames after the kill", goes_on)
    return before, (from_ns, time.monotonic_ns())


async def _kill_at_work(running: Running) -> None:
    """Kill the speech worker while it reads an utterance (or after, where it was quicker than we)."""
    site = running.site
    async with await psycopg.AsyncConnection.connect(
        site.config.database.url, autocommit=True
    ) as conn:

        async def read() -> bool:
            cursor = await conn.execute(
                "select 1 from jobs where interview_id = %s and kind = 'transcribe'"
                " and state in ('running', 'done')",
                (int(running.id),),
            )
            return await cursor.fetchone() is not None

        await until(PATIENCE_S, "an utterance to be read", read)
    await kill("speech", site.config.data_dir)


async def _least_coverage(site: Site, interview_id: str, during: tuple[int, int]) -> float:
    """The lowest coverage of a second that overlaps `during` (CLOCK_MONOTONIC nanoseconds, which all
    processes of a machine share).
    """
    async with await psycopg.AsyncConnection.connect(site.config.database.url) as conn:
        cursor = await conn.execute(
            "select min((measures->'presence_ratio'->>1)::float8) from score_windows"
            " where interview_id = %s and start_mono_ns < %s"
            " and start_mono_ns + length_ms * 1000000::bigint > %s",
            (int(interview_id), during[1], during[0]),
        )
        row = await cursor.fetchone()
    assert row is not None
    return float(row[0])
