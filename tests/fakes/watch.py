"""What a room hears of a vision process, kept."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from edge_agent.flow import (
    BodyLook,
    CameraHealth,
    DeviceEvent,
    DeviceState,
    EmotionGlance,
    FrameReading,
)
from edge_agent.vision import Vision, VisionSettings


class Watch:
    """A real vision process and all that it told."""

    def __init__(self, settings: VisionSettings, *, patient: bool = False) -> None:
        self.readings: list[FrameReading] = []
        self.events: list[DeviceEvent] = []
        self.looks: list[BodyLook] = []
        self.glances: list[EmotionGlance] = []
        self.healths: list[CameraHealth] = []
        self.vision = Vision(
            settings,
            on_reading=self.readings.append,
            on_device=self.events.append,
            on_look=self.looks.append,
            on_health=self.healths.append,
            on_glance=self.glances.append,
            patient=patient,
        )

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.vision.run())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def until(self, true: Callable[[], bool], timeout_s: float = 60.0) -> None:
        async with asyncio.timeout(timeout_s):
            while not true():  # noqa: ASYNC110 - a callback has no event
                await asyncio.sleep(0.01)

    async def has(self, count: int) -> None:
        await self.until(lambda: len(self.readings) >= count)

    def states(self) -> list[DeviceState]:
        return [event.state for event in self.events]
