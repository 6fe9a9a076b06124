"""Speakers that are driven by hand."""

from __future__ import annotations

import asyncio

from edge_agent.errors import DeviceError
from edge_agent.kiosk.speaker import Played


class SlowSpeaker:
    """Says until `done` is set; fails while `broken`."""

    name = "slow"

    def __init__(self) -> None:
        self.said: list[str] = []
        self.done = asyncio.Event()
        self.broken = False
        self.played: Played | None = None

    async def say(self, text: str, language: str) -> Played | None:
        if self.broken:
            raise DeviceError("speaker", "is unplugged.")
        self.said.append(f"{language}: {text}")
        await self.done.wait()
        return self.played

    def hush(self) -> None:
        self.done.set()
