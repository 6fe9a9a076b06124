"""A speaker that has said everything at once, and remembers what."""

from __future__ import annotations


class QuickSpeaker:
    """`said` holds (text, language) in order; `hushes` counts."""

    name = "quick speaker"

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.hushes = 0

    async def say(self, text: str, language: str) -> None:
        self.said.append((text, language))

    def hush(self) -> None:
        self.hushes += 1
