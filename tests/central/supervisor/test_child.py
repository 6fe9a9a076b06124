"""A supervised child: real processes, small ones."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from central.errors import StartError
from central.supervisor.child import Child
from central.supervisor.spec import Spec

pytestmark = pytest.mark.integration

_READY = """
import os, socket, sys, time
def tell(text):
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(text.encode(), os.environ['NOTIFY_SOCKET'])
"""


class _Lines(list[str]):
    """What was logged; `again` is set when a child is about to be started again."""

    def __init__(self) -> None:
        super().__init__()
        self.again = asyncio.Event()

    def take(self, _: str, line: str) -> None:
        self.append(line)
        if "starting again" in line:
            self.again.set()


def _child(folder: Path, code: str, **spec: float) -> tuple[Child, _Lines]:
    lines = _Lines()
    command = [sys.executable, "-c", _READY + code]
    described = Spec("role", lambda: command, **spec)  # type: ignore[arg-type] # any field
    return Child(described, folder, lines.take), lines


async def test_ready_comes_with_the_address_and_the_lines(tmp_path: Path) -> None:
    child, lines = _child(
        tmp_path, "print('hello'); tell('READY=1\\nX_DAEDAM_ADDR=a:1'); time.sleep(60)"
    )
    async with child.running():
        assert await child.ready() == "a:1"
    assert lines == ["hello"]


async def test_a_child_that_dies_after_ready_is_started_again(tmp_path: Path) -> None:
    child, lines = _child(tmp_path, "tell('READY=1'); time.sleep(0.1); sys.exit(3)")
    async with child.running():
        await child.ready()
        await lines.again.wait()
        lines.again.clear()
        await lines.again.wait()
        assert child.starts >= 2
    assert any("ended with status 3" in line for line in lines)


async def test_five_failures_before_ready_stop_with_the_last_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("central.supervisor.child.pause_s", lambda _: 0.0)
    child, _ = _child(tmp_path, "sys.exit('no model here')")
    async with child.running():
        with pytest.raises(StartError, match="no model here"):
            await child.ready()
    assert child.starts == 5


async def test_a_child_that_ignores_the_term_signal_is_killed(tmp_path: Path) -> None:
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); tell('READY=1')"
    child, _ = _child(tmp_path, code + "; time.sleep(60)", stop_s=0.3)
    async with child.running():
        await child.ready()
        begun_s = time.monotonic()
    assert time.monotonic() - begun_s < 3


async def test_a_silent_child_is_replaced(tmp_path: Path) -> None:
    child, lines = _child(tmp_path, "tell('READY=1'); time.sleep(60)", watchdog_s=0.3)
    async with child.running():
        await child.ready()
        await lines.again.wait()
        lines.again.clear()
        await lines.again.wait()
        assert child.starts >= 2
    assert any("no sign of life" in line for line in lines)
