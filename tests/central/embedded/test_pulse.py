"""A PostgreSQL that waits for ever is started anew, and one that recovers is left alone."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from central.embedded import Cluster
from central.embedded.pulse import accepts, recovers
from central.supervisor.child import Child
from central.supervisor.plan import postgres_spec
from central.supervisor.spec import Spec
from tests.fakes.processes import children

pytestmark = pytest.mark.integration


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="daedam-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL's account may walk through it
        yield Cluster(folder / "data", folder / "sockets", durable=False)


async def test_a_server_whose_recovery_was_killed_is_started_anew(cluster: Cluster) -> None:
    """Without it this server would never take a connection again: `central.embedded.pulse`."""
    child = Child(postgres_spec(cluster, watchdog_s=3), cluster.sockets.parent, lambda *_: None)
    async with child.running():
        await child.ready()
        first = child.pid
        assert accepts(cluster)
        assert await asyncio.to_thread(_kill_recovery, first)
        assert not accepts(cluster)
        assert not recovers(first)
        async with asyncio.timeout(30):
            while not accepts(cluster):  # noqa: ASYNC110 - a server has no event
                await asyncio.sleep(0.1)
        assert child.pid != first
        assert child.starts == 2


@pytest.mark.parametrize(("answers", "anew"), [(False, True), (True, False)])
async def test_who_is_not_ready_yet_is_started_anew_only_where_it_does_not_answer(
    tmp_path: Path, answers: bool, anew: bool
) -> None:
    """What was under way may take long to recover: longer than `ready_s`."""
    waiting = Spec(
        "postgres", ["sleep", "60"].copy, probe=lambda _: None, answers=lambda _: answers,
        ready_s=1.0, watchdog_s=0.6,
    )  # fmt: skip
    child = Child(waiting, tmp_path, lambda *_: None)
    async with child.running():
        await asyncio.sleep(2.5)
        assert (child.starts > 1) == anew


async def test_a_server_that_recovers_by_itself_is_left_alone(cluster: Cluster) -> None:
    child = Child(postgres_spec(cluster, watchdog_s=3), cluster.sockets.parent, lambda *_: None)
    async with child.running():
        await child.ready()
        assert await asyncio.to_thread(_kill, child.pid, "postgres: checkpointer", 5)
        async with asyncio.timeout(20):
            while not accepts(cluster):  # noqa: ASYNC110 - a server has no event
                await asyncio.sleep(0.1)
        assert child.starts == 1


def _kill_recovery(server: int) -> bool:
    """Recovery of next to nothing is short: whoever comes too late lets another process die."""
    for _ in range(20):
        _kill(server, "postgres: checkpointer", 5)
        if _kill(server, "postgres: startup", 1):
            return True
    return False


def _kill(server: int, title: str, within_s: float) -> bool:
    """One of the server's processes, as soon as there is one of that title."""
    until_s = time.monotonic() + within_s
    while time.monotonic() < until_s:
        for pid, command in children(server).items():
            if command.startswith(title):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    return True
    return False
