"""Sound out of a loudspeaker, or the time that it would take."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any, Protocol

from edge_agent.capture.portaudio import open_portaudio
from edge_agent.errors import DeviceError
from edge_agent.flow import Pcm

PIECE_S = 0.05
"""Written at a time: a hush is obeyed this soon."""

STUCK_AFTER_S = 5.0
"""A device that has not taken a sound this long after its end hangs."""

_INT16 = 8  # pyaudio.paInt16


class Player(Protocol):
    """Plays one sound at a time."""

    @property
    def name(self) -> str: ...

    async def play(self, pcm: Pcm, rate_hz: int, stop: Event) -> None:
        """Return when the sound has been played or soon after `stop` is set.

        Raises `DeviceError` where the device fails.
        """
        ...


class SilentPlayer:
    """Takes exactly as long as the sound lasts, so that nothing else behaves differently."""

    def __init__(self, why: str) -> None:
        self.name = f"silent ({why})"

    async def play(self, pcm: Pcm, rate_hz: int, stop: Event) -> None:
        loop = asyncio.get_running_loop()
        began_s, length_s = loop.time(), len(pcm) / rate_hz
        for piece in range(1, math.ceil(length_s / PIECE_S) + 1):
            if stop.is_set():
                return
            until_s = began_s + min(piece * PIECE_S, length_s)
            await asyncio.sleep(max(0.0, until_s - loop.time()))


class DevicePlayer:
    """The default output, through PortAudio. `make_audio` makes a `pyaudio.PyAudio`."""

    name = "default output"

    def __init__(self, make_audio: Callable[[], Any]) -> None:
        self._make_audio = make_audio

    async def play(self, pcm: Pcm, rate_hz: int, stop: Event) -> None:
        try:
            async with asyncio.timeout(len(pcm) / rate_hz + STUCK_AFTER_S):
                await asyncio.to_thread(self._write, pcm, rate_hz, stop)
        except TimeoutError as error:
            raise DeviceError("speaker", "takes no sound; check the loudspeaker.") from error
        except OSError as error:
            raise DeviceError("speaker", f"cannot play: {error}") from error
        finally:
            stop.set()  # a cancelled wait leaves a thread behind; it stops at its next piece

    def _write(self, pcm: Pcm, rate_hz: int, stop: Event) -> None:
        audio = self._make_audio()
        try:
            stream = audio.open(rate=rate_hz, channels=1, format=_INT16, output=True)
            piece = int(rate_hz * PIECE_S)
            for start in range(0, len(pcm), piece):
                if stop.is_set():
                    break
                stream.write(pcm[start : start + piece].tobytes())
            stream.close()  # waits until what is buffered has been played
        finally:
            audio.terminate()


def choose_player(output: str, make_audio: Callable[[], Any] | None = None) -> Player:
    """The loudspeaker where there is one and `output` is "device"; else silence that says why."""
    if output == "silent":
        return SilentPlayer("as configured")
    make = make_audio or open_portaudio
    with suppress(OSError, ImportError):
        audio = make()
        try:
            devices = [
                audio.get_device_info_by_index(index) for index in range(audio.get_device_count())
            ]
        finally:
            audio.terminate()
        if any(one["maxOutputChannels"] > 0 for one in devices):
            return DevicePlayer(make)
    return SilentPlayer("this PC has no loudspeaker")
