"""Whether a PostgreSQL server that was ready still is, or is on its way back.

Version 18 waits for ever where its startup process is killed (by the kernel that wants memory, say)
while the server begins anew after another of its processes died: it takes no connection, and nobody
recovers what a connection could see.
"""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

from central.embedded.postgres import Cluster, binaries

ASK_S: Final = 5


def accepts(cluster: Cluster) -> bool:
    """Whether it takes connections; False after 5 s without an answer."""
    place = ["-h", str(cluster.sockets), "-p", str(cluster.port or 5432)]
    asking = [str(binaries() / "pg_isready"), "-q", "-t", str(ASK_S), *place]
    with suppress(OSError, subprocess.TimeoutExpired):
        return subprocess.run(asking, timeout=2 * ASK_S, check=False).returncode == 0
    return False


def recovers(pid: int) -> bool:
    """Whether one of the server's processes reads back what was under way, however long that takes."""
    with suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return any(_is_startup(child) for child in children)
    return False


def _is_startup(pid: str) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"postgres: startup")
    return False
