"""PostgreSQL and NATS from their wheels."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from central.embedded import Cluster
from central.embedded.postgres import socket_folder
from central.embedded.unprivileged import Unprivileged

pytestmark = pytest.mark.integration


def _serving(cluster: Cluster) -> subprocess.Popen[bytes]:
    cluster.prepare()
    server = subprocess.Popen(cluster.command(), stderr=subprocess.DEVNULL)
    while not cluster.is_ready(server.pid):
        assert server.poll() is None, "PostgreSQL ended"
        time.sleep(0.01)
    return server


def test_a_cluster_is_made_once_and_keeps_its_data(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "pg", socket_folder(tmp_path), durable=False)
    for expected in ([], [("kept",)]):
        server = _serving(cluster)
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as conn:
            found = conn.execute("SELECT relname FROM pg_class WHERE relname = 'kept'").fetchall()
            conn.execute("CREATE TABLE IF NOT EXISTS kept ()")
            checksums = conn.execute("SHOW data_checksums").fetchone()
        server.send_signal(2)
        assert server.wait(10) == 0
        assert found == expected
        assert checksums == ("on",)


def test_a_server_that_was_left_behind_is_stopped_before_the_next(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "pg", socket_folder(tmp_path), durable=False)
    left = _serving(cluster)
    cluster.prepare()
    assert left.wait(5) == 0


def test_the_sockets_are_for_its_owner_only(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "pg", socket_folder(tmp_path), durable=False)
    cluster.prepare()
    assert stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700


def test_nothing_outlives_a_killed_owner(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time\n"
        "from central.embedded.unprivileged import same_account\n"
        "child = subprocess.Popen(same_account().command(['sleep', '60']))\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert owner.stdout is not None
    child = int(owner.stdout.readline())
    time.sleep(0.1)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    deadline_s = time.monotonic() + 5
    while Path(f"/proc/{child}/stat").exists() and not _is_zombie(child):
        assert time.monotonic() < deadline_s
        time.sleep(0.02)


def test_an_account_that_may_not_walk_to_its_files_keeps_one_capability() -> None:
    command = Unprivileged(65534, 65534, switch=True, reach_all=True).command(["true"])
    assert "--ambient-caps=-all,+dac_override" in command
    if os.geteuid() == 0:
        assert subprocess.run(command, check=False).returncode == 0


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True
