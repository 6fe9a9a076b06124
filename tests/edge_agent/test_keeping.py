"""An open interview outlives its agent on disk, for as long as the candidate may still sit there."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from edge_agent.config import Spool
from edge_agent.flow import AnswerEnded, AnswerEndReason, TurnEvent, TurnEventKind
from edge_agent.interview.memory import Memory
from edge_agent.interview.steps import Resumed
from edge_agent.keeping import AWAY_S, FILE, MemoryFile, open_spool
from edge_agent.uplink import wire
from tests.edge_agent.interview.helpers import Room

pytestmark = pytest.mark.integration

TURN = "t1"


def remembered() -> Memory:
    room = Room()
    room.start()
    memory = room.runner.memory()
    assert memory is not None
    return memory


def kept(folder: Path) -> MemoryFile:
    file = MemoryFile(folder)
    file.keep(remembered())
    return file


def test_what_was_kept_is_recalled_by_the_next_life(tmp_path: Path) -> None:
    kept(tmp_path)
    told: list[Resumed] = []
    again = MemoryFile(tmp_path)
    again.resume(told.append)
    assert [one.memory for one in told] == [remembered()]
    assert 0 <= told[0].from_ns <= told[0].to_ns


def test_nothing_is_recalled_of_an_interview_that_is_over(tmp_path: Path) -> None:
    kept(tmp_path).keep(None)
    assert MemoryFile(tmp_path).recalled is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("away_s", "goes_on"), [(1, True), (AWAY_S - 10, True), (AWAY_S + 1, False), (-60, False)]
)
def test_a_room_goes_on_after_a_moment_only(tmp_path: Path, away_s: float, goes_on: bool) -> None:
    kept(tmp_path)
    then_s = time.time() - away_s
    os.utime(tmp_path / FILE, (then_s, then_s))
    assert (MemoryFile(tmp_path).recalled is not None) is goes_on


def test_a_memory_that_is_too_old_is_removed(tmp_path: Path) -> None:
    kept(tmp_path)
    os.utime(tmp_path / FILE, (1, 1))
    MemoryFile(tmp_path).resume(lambda _: pytest.fail("it was away for years"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xff"])
def test_a_damaged_memory_is_left_out(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    assert MemoryFile(tmp_path).recalled is None


def test_a_disk_that_does_not_keep_it_ends_no_interview(tmp_path: Path) -> None:
    file = MemoryFile(tmp_path / "no-such-folder")
    file.keep(remembered())


async def _steps(folder: Path) -> list[object]:
    spool, _ = open_spool(Spool(folder=folder, limit_bytes=10**6))
    found: list[object] = []
    while len(found) < spool.next_seq - 1:
        found += [wire.step(one) for one in await spool.read(len(found), 10**6)]
    spool.close()
    return found


@pytest.mark.parametrize("goes_on", [True, False])
async def test_a_killed_agent_closes_the_answer_and_ends_only_what_it_does_not_go_on_with(
    tmp_path: Path, goes_on: bool
) -> None:
    spool, memory = open_spool(Spool(folder=tmp_path, limit_bytes=10**6))
    spool.append(TurnEvent(TurnEventKind.INTERVIEW_STARTED), interview_id="i1")
    spool.append(TurnEvent(TurnEventKind.QUESTION_ASKED, TURN, "q1"), interview_id="i1")
    if goes_on:
        memory.keep(remembered())
    spool.close()
    steps = await _steps(tmp_path)
    (cut,) = [one for one in steps if isinstance(one, AnswerEnded)]
    ends = [
        one
        for one in steps
        if isinstance(one, TurnEvent) and one.kind is TurnEventKind.INTERVIEW_FINISHED
    ]
    why = AnswerEndReason.INTERRUPTED if goes_on else AnswerEndReason.INTERVIEW_ENDED
    assert (cut.turn_id, cut.reason) == (TURN, why)
    assert len(ends) == (0 if goes_on else 1)
