"""The room's voice: says what the interview asks for, and tells when it was said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from edge_agent.errors import DeviceError
from edge_agent.flow import DeviceEvent, DeviceState, RoomSpeech
from edge_agent.interview.steps import Say
from edge_agent.kiosk.speaker import Speaker


class Voice:
    """`run` runs while the room does. `on_playing` hears when the room begins and ceases to sound,
    `on_played` the id of each text that was said, hushed or could not be said, `on_speech` when it
    sounded.
    """

    def __init__(
        self,
        speaker: Speaker,
        *,
        on_playing: Callable[[bool], None],
        on_played: Callable[[int], None],
        on_event: Callable[[DeviceEvent], None],
        on_speech: Callable[[RoomSpeech], None] = lambda _: None,
    ) -> None:
        self._speaker = speaker
        self._on_playing, self._on_played, self._on_event = on_playing, on_played, on_event
        self._on_speech = on_speech
        self._saying = 0
        self._mute = False
        self._tasks: asyncio.TaskGroup | None = None

    async def run(self) -> None:
        """Until cancelled. What is being said then is cut."""
        async with asyncio.TaskGroup() as self._tasks:
            await asyncio.Event().wait()

    def say(self, say: Say) -> None:
        """The speaker keeps the order; the interview asks for one text at a time."""
        assert self._tasks is not None, "run() runs first"
        self._saying += 1
        self._on_playing(True)
        self._tasks.create_task(self._speak(say))

    def hush(self) -> None:
        self._speaker.hush()

    async def _speak(self, say: Say) -> None:
        try:
            played = await self._speaker.say(say.text, say.language)
        except DeviceError as error:
            # The question stands on the kiosk: the interview goes on without a voice.
            self._mute = True
            self._on_event(DeviceEvent("speaker", DeviceState.LOST, error.problem))
        else:
            self._recovered()
            if played is not None:
                times = (played.from_mono_ns, played.to_mono_ns, played.complete)
                self._on_speech(RoomSpeech(say.text, say.language, self._speaker.name, *times))
        finally:
            self._saying -= 1
            self._on_playing(self._saying > 0)
        self._on_played(say.say_id)

    def _recovered(self) -> None:
        if self._mute:
            self._mute = False
            self._on_event(DeviceEvent("speaker", DeviceState.READY, self._speaker.name))
