"""Frames packed by second, as they are recorded."""

from __future__ import annotations

from edge_agent.flow import FrameReading, FrameReadings

_SPAN_NS = 1_000_000_000
_MOST_FRAMES = 240


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
