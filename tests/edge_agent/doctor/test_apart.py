"""A driver that hangs, crashes or chatters is a sentence, never the doctor's end."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edge_agent.config import parse
from edge_agent.doctor.apart import MOST_BYTES, Unseen, apart
from edge_agent.doctor.examine import Examined, examine
from edge_agent.doctor.finding import Finding, Status, Visit, ok
from edge_agent.errors import ModelError
from tests.fakes import looks

pytestmark = pytest.mark.integration


async def test_a_look_runs_in_a_process_of_its_own() -> None:
    seen = await apart(looks.answers, "ab", 2, limit_s=30)
    assert seen["said"] == "abab"
    assert seen["pid"] != os.getpid()
    assert await apart(looks.answers_later, "x", limit_s=30) == "x"


async def test_what_libraries_print_is_not_taken_for_the_answer() -> None:
    assert await apart(looks.chatters, limit_s=30) == "heard"


@pytest.mark.parametrize(
    ("look", "problem"),
    [
        (looks.complains, "camera 0: is not there. Found here: /dev/video2 (Brio)."),
        (looks.is_wrong, "ZeroDivisionError: division by zero"),
        (looks.crashes, "the look ended without an answer (killed by SIGSEGV)"),
        (looks.leaves, "the look ended without an answer (exit status 3)"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_what_goes_wrong_there_is_said_here(look: Callable[[], Any], problem: str) -> None:
    with pytest.raises(Unseen) as unseen:
        await apart(look, limit_s=30)
    assert str(unseen.value) == problem


async def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    with pytest.raises(Unseen):
        await apart(looks.is_large, 2 * MOST_BYTES, limit_s=30)


async def test_a_look_that_hangs_is_killed(tmp_path: Path) -> None:
    there = tmp_path / "pid"
    with pytest.raises(Unseen, match="no answer within 2 s"):
        await apart(looks.hangs, str(there), limit_s=2)
    with pytest.raises(ProcessLookupError):
        os.kill(int(there.read_text()), 0)


class Fixed:
    """A check that does what the test says."""

    def __init__(self, name: str, does: Callable[[], Any], limit_s: float = 5.0) -> None:
        self.name, self._does, self.limit_s = name, does, limit_s

    async def run(self, _: Visit, /) -> Finding:
        found = self._does()
        return await found if asyncio.iscoroutine(found) else found  # type: ignore[no-any-return]


def _raise(error: Exception) -> Callable[[], Finding]:
    def does() -> Finding:
        raise error

    return does


async def test_no_check_can_end_or_hold_up_the_others() -> None:
    checks = (
        Fixed("wrong", _raise(KeyError("no"))),
        Fixed("told", _raise(ModelError("face", "is not built; build it"))),
        Fixed("unseen", _raise(Unseen("gone"))),
        Fixed("hangs", lambda: asyncio.sleep(600), limit_s=0.05),
        Fixed("well", lambda: ok("all is well", figure=1)),
    )
    begun: list[str] = []
    visit = Visit(parse({"central": {"address": "a:1"}}, Path()))
    found = [one async for one in examine(checks, visit, begun.append)]
    assert begun == [check.name for check in checks]
    assert [one.finding.status for one in found] == [Status.FAIL] * 4 + [Status.OK]
    assert "KeyError" in found[0].finding.seen
    assert found[1].finding.seen == "model face: is not built; build it"
    assert found[3].finding.seen == "no answer within 0.05 s"
    assert all(one.finding.todo for one in found[:4])
    assert isinstance(found[4], Examined)
