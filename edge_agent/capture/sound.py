"""Where a room's sound comes from: one or two microphones, or a replayed file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from edge_agent.flow import AudioChunk

CHUNK_SAMPLES = 320
"""20 ms."""


class SoundSource(Protocol):
    """16 kHz sound in order, mono in each channel; sample numbers never go back and leave room for what
    is lost.
    """

    @property
    def name(self) -> str:
        """What a person would call it."""
        ...

    def chunks(self) -> AsyncIterator[AudioChunk]:
        """Sound as it comes, until closed (`aclose`) or, for a file, for ever after as silence.

        Raises `DeviceError` where it cannot begin.
        """
        ...
