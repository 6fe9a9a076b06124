"""What the confined process cannot do, tried from inside it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

TRIES = """
import ctypes, json, os, socket, sys
from pathlib import Path
from central.resumes.confinement import confine
from central.resumes.limits import Limits
done = confine(Limits(), [Path(sys.prefix)])
def fails(what):
    try:
        what()
    except (OSError, MemoryError, RuntimeError):
        return True
    return False
print(json.dumps({
    "done": done,
    "a file": fails(lambda: open(sys.argv[1]).read()),
    "a folder": fails(lambda: os.listdir(os.path.dirname(sys.argv[1]))),
    "writing": fails(lambda: open(sys.argv[1], "a").write("x")),
    "a network": fails(lambda: socket.socket()),
    "a program": fails(lambda: os.execv("/bin/true", ["true"])),
    "a child": fails(os.fork),
    "memory": fails(lambda: bytearray(2_000_000_000)),
    "its own code": not fails(lambda: open(sys.argv[2]).read()),
}))
"""


def test_it_opens_no_file_of_the_machine_no_network_no_program_and_no_more_memory(
    tmp_path: Path,
) -> None:
    secret = tmp_path / "site.key"
    secret.write_text("secret")
    own = next(Path(sys.prefix).glob("lib/python*/site-packages/msgspec/__init__.py"))
    done = subprocess.run(
        [sys.executable, "-c", TRIES, str(secret), str(own)],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    if not {"landlock", "seccomp"} <= set(told["done"]):
        pytest.skip(f"this kernel gives {told['done']} only")
    assert [name for name, holds in told.items() if not holds] == []
    assert secret.read_text() == "secret"
