"""Whatever is killed in mid-interview comes back, and nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import signal
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
        before = await _kill_vision(running)
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
    full, hole = await _coverage(site, running.id)
    assert full > 0, "no second was measured whole"
    assert hole > 0, "no second shows that the vision process was away"


async def _online(running: Running) -> bool:
    return bool((await running.state())["link"] == "online")


async def _kill_vision(running: Running) -> dict[str, Any]:
    """The room's counts when its vision process was killed, once another one stands there."""
    old = vision_of(running.room.log)
    before: dict[str, Any] = (await running.state())["counts"]
    os.kill(old, signal.SIGKILL)

    async def another() -> bool:
        await asyncio.sleep(0)
        return vision_of(running.room.log) not in {0, old}

    await until(PATIENCE_S, "another vision process", another)
    return before


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


async def _coverage(site: Site, interview_id: str) -> tuple[int, int]:
    """Seconds in which the head was measured in every frame, and those in which there were no
    frames for at least half of it.
    """
    async with await psycopg.AsyncConnection.connect(site.config.database.url) as conn:
        cursor = await conn.execute(
            "select (measures->'head_yaw_deg'->>1)::float8, frames_analysed from score_windows"
            " where interview_id = %s order by start_mono_ns",
            (int(interview_id),),
        )
        windows = await cursor.fetchall()
    full = sum(coverage is not None and coverage > 0.9 for coverage, _ in windows)
    usual = sorted(analysed for _, analysed in windows)[len(windows) // 2]
    hole = sum(analysed < usual / 2 and (c or 0.0) < 0.9 for c, analysed in windows)
    return full, hole
