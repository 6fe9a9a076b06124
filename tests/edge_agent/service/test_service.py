"""Log lines, word to systemd, faults, boot."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
import structlog

from edge_agent.config import Log
from edge_agent.flow import DeviceEvent, DeviceState
from edge_agent.service import clock
from edge_agent.service.faults import Faults
from edge_agent.service.logging import set_up
from edge_agent.service.notify import Notify

pytestmark = pytest.mark.unit


def test_systemd_hears_that_the_room_is_ready(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(2)
        notify = Notify(str(tmp_path / "notify"))
        notify.ready("waiting")
        notify.watchdog()
        assert systemd.recv(100) == b"READY=1\nSTATUS=waiting"
        assert systemd.recv(100) == b"WATCHDOG=1"


@pytest.mark.parametrize("address", ["", "/nowhere/notify"])
def test_without_systemd_nothing_happens(address: str) -> None:
    Notify(address).ready("waiting")


def test_lines_for_collectors_are_json(capfd: pytest.CaptureFixture[str]) -> None:
    try:
        set_up(Log(json=True))
        structlog.get_logger("fresh").info("kiosk at http://x", port=5)
        line = json.loads(capfd.readouterr().err)
    finally:
        structlog.reset_defaults()
    assert line["event"] == "kiosk at http://x"
    assert line["port"] == 5
    assert line["level"] == "info"


def test_a_fault_is_told_until_the_device_is_back() -> None:
    faults = Faults()
    faults.take(DeviceEvent("camera", DeviceState.LOST, "unplugged"))
    faults.take(DeviceEvent("vision", DeviceState.LOST, "hangs"))
    faults.take(DeviceEvent("microphone", DeviceState.READY, "USB"))
    assert faults.now() == ("camera: unplugged", "vision: hangs")
    faults.take(DeviceEvent("camera", DeviceState.RESTARTED, "0"))
    assert faults.now() == ()


def test_the_boot_has_a_name(tmp_path: Path) -> None:
    there = tmp_path / "boot_id"
    there.write_text("abc\n")
    assert clock.boot_id(there) == "abc"
    assert clock.boot_id(tmp_path / "none") != clock.boot_id(tmp_path / "none")
