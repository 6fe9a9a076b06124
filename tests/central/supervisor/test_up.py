"""`central up` as a whole: real roles, real signals."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from central.config import Config, Gateway
from central.supervisor.settings import as_toml
from central.supervisor.up import ADDRESSES

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

_ONLY = ("--only", "steward,gateway")
_PATIENCE_S = 45.0


@contextmanager
def _up(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    data.mkdir(mode=0o711, exist_ok=True)
    config = Config(data_dir=data, gateway=Gateway(port=0, enrolment_port=0))
    (data / "central.toml").write_text(as_toml(config), encoding="utf-8")
    (data / ADDRESSES).unlink(missing_ok=True)
    command = [sys.executable, "-m", "central", "up", "--data", str(data), *_ONLY]
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _until(lambda: (data / ADDRESSES).exists() or process.poll() is not None)
        assert process.poll() is None, (data / "log").read_text()
        yield process
    finally:
        process.kill()
        process.wait()
        _until(lambda: not _pids(data))


def _until(condition: Callable[[], object]) -> None:
    deadline_s = time.monotonic() + _PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


def _pids(data: Path) -> dict[int, str]:
    """Every living process whose command line names this data folder, but `central up` itself."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(data) in line and "central up" not in line and int(folder.name) != os.getpid():
            found[int(folder.name)] = line
    return found


def _gateway(data: Path) -> int:
    return next((pid for pid, line in _pids(data).items() if "central gateway" in line), 0)


def test_a_killed_role_comes_back_at_its_address_and_the_end_is_clean(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with _up(data) as process:
        before = json.loads((data / ADDRESSES).read_text())
        first = _gateway(data)
        os.kill(first, signal.SIGKILL)
        _until(lambda: _gateway(data) not in {0, first})
        _until(lambda: (data / "log").read_text().count("serving rooms") == 2)
        assert before["gateway"] in (data / "log").read_text().rsplit("serving rooms", 2)[1]

        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert not _pids(data)
        assert "database system is shut down" in (data / "log").read_text()


def test_nothing_outlives_a_killed_supervisor_and_it_starts_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with _up(data) as process:
        assert len(_pids(data)) >= 4
        process.kill()
        process.wait()
        _until(lambda: not _pids(data))
    with _up(data) as again:
        again.send_signal(signal.SIGINT)
        assert again.wait(30) == 0


def test_a_second_one_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with _up(data) as process:
        command = [sys.executable, "-m", "central", "up", "--data", str(data), *_ONLY]
        second = subprocess.run(command, capture_output=True, text=True, check=False)
        assert second.returncode == 2
        assert f"in use by process {process.pid}" in second.stderr
        assert len(second.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("role", ["gateway", "dashboard"])
def test_a_taken_port_is_named_before_anything_is_started(tmp_path: Path, role: str) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o711)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = f'data_dir = "{data}"\n[{role}]\nport = {port}\n'
        (data / "central.toml").write_text(settings, encoding="utf-8")
        command = [sys.executable, "-m", "central", "up", "--data", str(data), "--only", role]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=90)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"central: {role}: port {port} on 127.0.0.1 is taken")
    assert f"set another {role}.port" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert not (data / "postgres").exists()
