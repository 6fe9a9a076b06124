"""The whole agent as systemd sees it: what it says on the notification socket, from start to stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.certificates import Authority, write_room
from tests.story.candidate import make

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]


class Systemd:
    """Listens as systemd does."""

    def __init__(self, address: Path) -> None:
        self.address = address
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(address))
        self.socket.settimeout(60)
        self.heard: list[str] = []

    def until(self, start: str, times: int = 1) -> None:
        """Raises `TimeoutError` where nothing comes for a minute."""
        while sum(line.startswith(start) for line in self.heard) < times:
            self.heard += self.socket.recv(4096).decode().splitlines()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    systemd = Systemd(tmp_path / "notify")
    yield systemd
    systemd.socket.close()


def test_a_room_says_that_it_is_ready_alive_what_it_does_and_that_it_stops(
    tmp_path: Path, models: Path, systemd: Systemd
) -> None:
    authority = Authority()
    write_room(tmp_path, authority, authority.room())
    config = tmp_path / "edge.toml"
    config.write_text(
        '[central]\naddress = "127.0.0.1:1"\n[kiosk]\nport = 0\n[speaker]\noutput = "silent"\n'
        f'[replay]\nfile = "{make(tmp_path / "candidate.mp4", ("I looked into it.",))}"\n'
        f'[models]\nfolder = "{models}"\n'
    )
    agent = subprocess.Popen(
        [sys.executable, "-m", "edge_agent", "run", "--config", str(config)],
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            "NOTIFY_SOCKET": str(systemd.address),
            "WATCHDOG_USEC": "3000000",
        },
    )
    try:
        systemd.until("READY=1")
        systemd.until("WATCHDOG=1", times=3)
        systemd.until("STATUS=waiting for an interview; link ")
        agent.send_signal(signal.SIGTERM)
        systemd.until("STOPPING=1")
        assert agent.wait(timeout=30) == 0
    finally:
        agent.kill()
        agent.wait()
    assert systemd.heard.index("READY=1") < systemd.heard.index("WATCHDOG=1")
