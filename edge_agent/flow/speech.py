"""What the room itself said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoomSpeech:
    """A text that sounded in the room, CLOCK_MONOTONIC. `complete` is false where it was hushed."""

    text: str
    language: str
    voice: str
    from_mono_ns: int
    to_mono_ns: int
    complete: bool
    turn_id: str = ""
