"""Frames and looks packed by second, as they are recorded."""

from __future__ import annotations

from edge_agent.flow import (
    BodyLook,
    BodyReadings,
    EmotionLook,
    EmotionReadings,
    FrameReading,
    FrameReadings,
    HandsLook,
    PeopleLook,
    PostureLook,
)

_SPAN_NS = 1_000_000_000
_MOST_FRAMES = 240
_MOST_LOOKS = 120


class ReadingPacker:
    """Gives a pack when a frame of the next second arrives; `flush` gives what is left."""

    def __init__(self) -> None:
        self._frames: list[FrameReading] = []

    def add(self, reading: FrameReading) -> FrameReadings | None:
        """The pack that this frame completes by not belonging to it, if any."""
        pack = None
        if self._frames and (
            reading.mono_ns - self._frames[0].mono_ns >= _SPAN_NS
            or reading.mono_ns < self._frames[0].mono_ns
            or len(self._frames) >= _MOST_FRAMES
        ):
            pack = self.flush()
        self._frames.append(reading)
        return pack

    def flush(self) -> FrameReadings | None:
        """What has come since the last pack."""
        if not self._frames:
            return None
        pack = FrameReadings(tuple(self._frames))
        self._frames = []
        return pack


class BodyPacker:
    """The same for looks at the body; a kind that is not looked at stays empty."""

    def __init__(self) -> None:
        self._looks: list[BodyLook] = []

    def add(self, look: BodyLook) -> BodyReadings | None:
        """The pack that this look completes by not belonging to it, if any."""
        pack = None
        if self._looks and (
            look.mono_ns - self._looks[0].mono_ns >= _SPAN_NS
            or look.mono_ns < self._looks[0].mono_ns
            or len(self._looks) >= _MOST_LOOKS
        ):
            pack = self.flush()
        self._looks.append(look)
        return pack

    def flush(self) -> BodyReadings | None:
        """What has come since the last pack."""
        if not self._looks:
            return None
        looks, self._looks = self._looks, []
        return BodyReadings(
            tuple(look for look in looks if isinstance(look, PostureLook)),
            tuple(look for look in looks if isinstance(look, HandsLook)),
            tuple(look for look in looks if isinstance(look, PeopleLook)),
        )


class EmotionPacker:
    """The same for looks at the face; a pack never spans two turns."""

    def __init__(self) -> None:
        self._looks: list[EmotionLook] = []
        self._turn_id = ""

    def add(self, look: EmotionLook, turn_id: str) -> EmotionReadings | None:
        """The pack that this look completes by not belonging to it, if any."""
        pack = None
        if self._looks and (
            turn_id != self._turn_id
            or look.mono_ns - self._looks[0].mono_ns >= _SPAN_NS
            or look.mono_ns < self._looks[0].mono_ns
            or len(self._looks) >= _MOST_LOOKS
        ):
            pack = self.flush()
        self._looks.append(look)
        self._turn_id = turn_id
        return pack

    def flush(self) -> EmotionReadings | None:
        """What has come since the last pack."""
        if not self._looks:
            return None
        looks, self._looks = self._looks, []
        return EmotionReadings(tuple(looks), turn_id=self._turn_id)
