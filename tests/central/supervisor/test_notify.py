"""sd_notify from both ends."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.supervisor.listener import listening, parse
from central.supervisor.notify import Notify
from central.supervisor.spec import pause_s

pytestmark = pytest.mark.unit


async def test_ready_carries_the_address(tmp_path: Path) -> None:
    heard: list[dict[str, str]] = []
    async with listening(tmp_path / "s", heard.append):
        Notify(str(tmp_path / "s")).ready("127.0.0.1:7443")
        await asyncio.sleep(0.05)
    assert heard == [
        {
            "READY": "1",
            "X_DAEDAM_ADDR": "127.0.0.1:7443",
            "STATUS": "serving at 127.0.0.1:7443",
        }
    ]


async def test_the_watchdog_is_not_fed_more_often_than_asked(tmp_path: Path) -> None:
    heard: list[dict[str, str]] = []
    async with listening(tmp_path / "s", heard.append):
        notify = Notify(str(tmp_path / "s"), watchdog_s=60.0)
        notify.watchdog()
        notify.watchdog()
        await asyncio.sleep(0.05)
    assert heard == [{"WATCHDOG": "1"}]


def test_without_a_supervisor_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    notify = Notify.from_env()
    notify.ready("nobody:1")
    notify.watchdog()


def test_a_supervisor_that_is_gone_does_not_stop_a_role(tmp_path: Path) -> None:
    Notify(str(tmp_path / "gone")).ready()


def test_somebody_elses_watchdog_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "3000000")
    monkeypatch.setenv("WATCHDOG_PID", str(os.getpid() + 1))
    assert Notify.from_env().watchdog_s is None


@given(st.binary(max_size=200))
def test_no_datagram_breaks_the_listener(message: bytes) -> None:
    parse(message)


@pytest.mark.parametrize(
    ("failures", "shortest", "longest"), [(1, 0.15, 0.2), (3, 0.6, 0.8), (50, 3.75, 5.0)]
)
def test_pauses_double_up_to_five_seconds(failures: int, shortest: float, longest: float) -> None:
    assert pause_s(failures, 0.0) == pytest.approx(shortest)
    assert pause_s(failures, 1.0) == pytest.approx(longest)
