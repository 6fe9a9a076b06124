"""An interview in which roles are killed comes out the same."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from tests.story.api import Api, until
from tests.story.check import play
from tests.story.stack import Site
from tests.story.verdict import problems

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


async def test_killing_speech_and_gateway_in_mid_answer_loses_and_doubles_nothing(
    models: Path, tmp_path: Path
) -> None:
    killed: list[str] = []

    async def disturb(site: Site, api: Api, interview: str) -> None:
        for role, answered in (("speech", 0), ("gateway", 1)):
            await until(
                120, f"answer {answered + 1} to begin", _answering(api, interview, answered)
            )
            await asyncio.sleep(4)  # well into the answer
            await asyncio.to_thread(_kill, role, site.config.data_dir)
            killed.append(role)

    result = await play(tmp_path, print, answers=2, disturb=disturb)
    assert killed == ["speech", "gateway"]
    assert result["questions"] == 2
    busy = {"questions": 3, "answers_with_text": result["answers_with_text"] + 1}
    ratio = {"frames_analysed": result["frames_captured"]}
    assert problems(result | busy | ratio) == []


def _answering(api: Api, interview: str, answered: int) -> object:
    async def begun() -> bool:
        view = await api.get(f"/interviews/{interview}")
        if view["status"] != "live" or view["answered_count"] != answered:
            return False
        states = [one["state"] for one in await api.get(f"/interviews/{interview}/questions")]
        return "asking" in states

    return begun


def _kill(role: str, data: Path) -> None:
    """SIGKILL the one process of `role` on this data folder."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if words[1:4] == [b"-m", b"central", role.encode()] and str(data).encode() in b" ".join(
            words
        ):
            os.kill(int(folder.name), signal.SIGKILL)
            return
    raise AssertionError(f"no process of {role}")
