"""Durable records a second in groups of 1, 8 and 64, against SQLite (WAL, synchronous FULL) in the same
run on the same disk; then how long a start takes on 1 GB.

`make bench NAME=spool` (ARGS=quick leaves the 1 GB out); the last line is JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.bench.spool_recovery import recovery
from tests.bench.spool_speed import speeds


def main(quick: str = "") -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        figures = speeds(Path(folder))
        if not quick:
            figures |= recovery(Path(folder) / "recovery")
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:2])
