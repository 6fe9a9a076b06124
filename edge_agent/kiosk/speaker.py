"""What speaks in the room, and what makes sound of a text for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from edge_agent.flow import Pcm


@dataclass(frozen=True, slots=True)
class Played:
    """When a text sounded, CLOCK_MONOTONIC: from when its first sample was given to the device until
    the last one was through. `complete` is false where it was hushed on the way.
    """

    from_mono_ns: int
    to_mono_ns: int
    complete: bool


class Speaker(Protocol):
    """Speaks one text after the other: a text that is asked for meanwhile waits for its turn."""

    @property
    def name(self) -> str:
        """What a person would call it, and whether anything can be heard."""
        ...

    async def say(self, text: str, language: str) -> Played | None:
        """Return when `text` has been played in full, or was hushed; None where nothing of it sounded.

        `language` is BCP 47. Raises `DeviceError` where it cannot be rendered or played.
        """
        ...

    def hush(self) -> None:
        """Stop what is being said, and forget what waits."""
        ...


class SpeechVoice(Protocol):
    """Makes sound of texts; knows no device."""

    @property
    def name(self) -> str:
        """What a person would call it."""
        ...

    async def render(self, text: str, language: str) -> tuple[Pcm, int]:
        """`text` as mono 16-bit sound and its rate in Hz. `language` is BCP 47.

        Raises `DeviceError` where it cannot.
        """
        ...
