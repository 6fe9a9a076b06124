"""What speaks in the room."""

from __future__ import annotations

from typing import Protocol


class Speaker(Protocol):
    """Speaks one text after the other: a text that is asked for meanwhile waits for its turn."""

    @property
    def name(self) -> str:
        """What a person would call it, and whether anything can be heard."""
        ...

    async def say(self, text: str, language: str) -> None:
        """Return when `text` has been played in full, or was hushed.

        `language` is BCP 47. Raises `DeviceError` where it cannot be rendered or played.
        """
        ...

    def hush(self) -> None:
        """Stop what is being said, and forget what waits."""
        ...
