"""A disk that can be full: a small file system of its own where we may mount one, else one that is
said to be full.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.source import FULL_FLAG

SIZE = "4m"
LEFT_BYTES = 64 * 1024
"""What `fill` leaves: enough for a few groups of records, so that one is cut in the middle."""


class SmallDisk:
    """At `folder`."""

    def __init__(self, folder: Path, *, mounted: bool) -> None:
        self.folder, self.mounted = folder, mounted

    def fill(self) -> None:
        """Nothing more can be written, soon."""
        if not self.mounted:
            (self.folder / FULL_FLAG).touch()
            return
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(4096))
            except OSError:
                ballast.truncate(max(0, ballast.tell() - LEFT_BYTES))

    def free(self) -> None:
        """There is room again."""
        (self.folder / FULL_FLAG).unlink(missing_ok=True)
        (self.folder / "ballast").unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Gone with all that is on it after the block."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", str(folder)]
    try:
        mounted = (
            subprocess.run(mount, capture_output=True, timeout=20, check=False).returncode == 0
        )
    except FileNotFoundError:
        mounted = False
    try:
        yield SmallDisk(folder, mounted=mounted)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], timeout=20, check=False)
