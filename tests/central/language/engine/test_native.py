from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.ggufs import Ggufs

pytestmark = pytest.mark.integration
NATIVE = Path(__file__).parent / "native"


def test_what_is_asserted_of_llama_cpp_holds_in_a_process_of_its_own(ggufs: Ggufs) -> None:
    assert ggufs.llama.is_file()
    options = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--timeout", "100"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(NATIVE)],
        env=os.environ | {"DAEDAM_NATIVE_TESTS": "1"},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr  # 5 where nothing was collected
