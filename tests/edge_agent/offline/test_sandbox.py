"""What a taken-over decoder would try, tried from within."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.integration

PROGRAM = """
import os, resource, signal, socket, sys, threading
from edge_agent.offline.limits import Limits
from edge_agent.offline.sandbox import confine
print(*confine(Limits(memory_bytes=2_000_000_000)), sep=",")

def tried(name, act):
    try:
        act()
    except (OSError, MemoryError, ValueError) as error:
        print(name, "refused", type(error).__name__)
    else:
        print(name, "done")

tried("socket", lambda: socket.socket(socket.AF_INET))
tried("connect", lambda: socket.socket(socket.AF_UNIX))
tried("write", lambda: open(sys.argv[1], "w"))
tried("remove", lambda: os.unlink(sys.argv[2]))
tried("rename", lambda: os.rename(sys.argv[2], sys.argv[1]))
tried("run", lambda: os.execv("/bin/true", ["true"]))
tried("fork", os.fork)
tried("kill", lambda: os.kill(os.getppid(), 0))
tried("memory", lambda: bytearray(3_000_000_000))
tried("raise", lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)))
tried("read", lambda: open(sys.argv[2]).read())
thread = threading.Thread(target=lambda: print("thread done"))
thread.start()
thread.join()
"""


def test_a_confined_process_reads_and_computes_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    there = tmp_path_factory.mktemp("sandbox") / "there"
    there.write_text("x")
    words = [sys.executable, "-c", PROGRAM, str(there.with_name("new")), str(there)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=50, check=True)
    first, *rest = done.stdout.splitlines()
    told = dict(line.split(" ", 1) for line in rest)
    assert told["raise"].startswith("refused") or os.geteuid() == 0
    assert told["memory"] == "refused MemoryError"
    assert told["read"] == told["thread"] == "done"
    if "seccomp" in first:
        refused = ("socket", "connect", "run", "fork", "kill")
        assert [told[name].split()[0] for name in refused] == ["refused"] * len(refused)
    if "landlock" in first:
        assert [told[name].split()[0] for name in ("write", "remove", "rename")] == ["refused"] * 3
        assert there.read_text() == "x"
    assert "rlimits" in first
