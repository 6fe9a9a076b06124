"""The wire contract is linted, does not break what is released, and its output is up to date."""

from __future__ import annotations

import filecmp
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.contract.generate import PROTO, ROOT, generate

pytestmark = pytest.mark.integration

BUF = ROOT / "node_modules" / ".bin" / "buf"


def test_committed_wire_code_is_what_the_contract_generates(tmp_path: Path) -> None:
    generate(tmp_path)
    comparison = filecmp.dircmp(
        tmp_path / "daedam" / "v1", PROTO / "gen" / "daedam" / "v1", ignore=["__pycache__"]
    )
    assert not comparison.left_only, "run `make gen`: not committed"
    assert not comparison.right_only, "run `make gen`: no longer generated"
    assert not comparison.diff_files, "run `make gen`: outdated"


def test_the_contract_keeps_bufs_standard_rules() -> None:
    buf("lint")


def test_the_contract_still_reads_what_a_released_agent_sends() -> None:
    """`proto/released.json` is the contract of the last release: rooms in the field speak it."""
    buf("breaking", "--against", "proto/released.json")


@pytest.mark.parametrize(
    "path", sorted(PROTO.glob("daedam/**/*.proto")), ids=lambda path: path.name
)
def test_every_message_says_what_it_is(path: Path) -> None:
    """A comment stands before each message, enum, service and rpc."""
    lines = path.read_text(encoding="utf-8").splitlines()
    silent = [
        line.strip()
        for before, line in zip(["", *lines], lines, strict=False)
        if re.match(r"\s*(message|enum|service|rpc) ", line) and not before.strip().startswith("//")
    ]
    assert not silent


def buf(*arguments: str) -> None:
    """Run buf from the lockfile, and show what it says when it objects."""
    executable = shutil.which("buf", path=str(BUF.parent))
    assert executable, "buf is missing: run `npm ci` (or `make setup`)"
    done = subprocess.run(
        [executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
