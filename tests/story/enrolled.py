"""A room PC becomes a room as IT does it: a room and a token from central, `edge-agent enrol` there."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from central.embedded.unprivileged import same_account
from tests.story.api import Api
from tests.story.processes import ROOT, ProcessEnded

_PATIENCE_S = 30.0
_FRESH_S = 5 * 86_400
"""A certificate lives a week; a running agent renews it, and a demo folder may lie for a month."""


async def enrol(api: Api, code: str, settings: Path, *, virtual: bool = False) -> None:
    """Makes the PC with these settings the room `code`, where it is not that already. Raises
    `ProcessEnded` where it is refused.
    """
    identity = settings.with_name("identity.pem")
    if identity.exists() and time.time() - identity.stat().st_mtime < _FRESH_S:
        return
    await api.post("/rooms", {"code": code, "name": f"Room {code}", "virtual": virtual})
    token = (await api.post(f"/rooms/{code}/token", {}))["token"]
    words = ["-m", "edge_agent", "enrol", "--config", str(settings), "--token-file", "-"]
    process = await asyncio.create_subprocess_exec(
        *same_account().command([sys.executable, *words]),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=ROOT,
    )
    async with asyncio.timeout(_PATIENCE_S):
        said, _ = await process.communicate(token.encode() + b"\n")
    if process.returncode != 0:
        raise ProcessEnded(f"edge-agent enrol: {said.decode(errors='replace')}")
