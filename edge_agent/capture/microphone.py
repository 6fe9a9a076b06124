"""Sound from a device, through PortAudio (PyAudio)."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from edge_agent.capture.portaudio import open_portaudio
from edge_agent.capture.sound import CHUNK_SAMPLES
from edge_agent.errors import MicrophoneError
from edge_agent.flow import SAMPLE_RATE_HZ, AudioChunk, DeviceEvent, DeviceState

LOST_AFTER_S = 1.0
"""A device that gives nothing for this long is gone; its callback would come every 20 ms."""

REOPEN_EVERY_S = 1.0
WAITING_CHUNKS = 250
"""5 s. When the room is slower than that the newest sound is lost, counted, and shown as a gap."""

_INT16 = 8  # pyaudio.paInt16
_CONTINUE = 0  # pyaudio.paContinue
_INPUT_OVERFLOW = 2  # pyaudio.paInputOverflow


@dataclass(frozen=True, slots=True)
class Arrived:
    """What one callback brought; `end_ns` is when, `lost` that the device overran before it."""

    data: bytes
    end_ns: int
    lost: bool


class Microphone:
    """One input, by number or part of its name (empty: the default), with one microphone or with two:
    of a device with two channels the left one is channel 0. Both have the same sample numbers.

    `on_event` hears when it is ready, lost and back. `make_audio` makes a `pyaudio.PyAudio`.
    """

    def __init__(
        self,
        device: str,
        on_event: Callable[[DeviceEvent], None],
        *,
        make_audio: Callable[[], Any] | None = None,
        clock: Callable[[], int] = time.monotonic_ns,
        lost_after_s: float = LOST_AFTER_S,
        reopen_every_s: float = REOPEN_EVERY_S,
        patient: bool = False,
        channels: int = 1,
    ) -> None:
        """`patient`: one that is not there at the start is waited for, as one that goes later is."""
        self.name = device or "default microphone"
        self.lost_samples = 0
        """Samples of each channel that were lost, to whichever of the causes below."""
        self.overruns = 0
        """Times that the device overran because nobody took its sound."""
        self.overflows = 0
        """Pieces of 20 ms that came while the room was too slow to take more."""
        self._channels = channels
        self._device, self._on_event = device, on_event
        self._make_audio, self._clock = make_audio or open_portaudio, clock
        self._lost_after_s, self._reopen_every_s = lost_after_s, reopen_every_s
        self._patient = patient
        self._audio: Any = None
        self._stream: Any = None
        self._waiting: deque[Arrived] = deque()
        self._came = asyncio.Event()
        self._dropped = False
        self._next_sample = 0
        self._end_ns: int | None = None

    async def chunks(self) -> AsyncGenerator[AudioChunk, None]:
        """Sound for ever, over losses of the device. Raises `MicrophoneError` at the start only, and
        there only where it is not patient.
        """
        loop = asyncio.get_running_loop()
        try:
            await asyncio.to_thread(self._open, loop)
        except MicrophoneError as error:
            if not self._patient:
                raise
            await self._reopen(loop, str(error))
        else:
            self._tell(DeviceState.READY, self.name)
        try:
            while True:
                arrived = await self._next()
                if arrived is None:
                    await self._reopen(loop, f"{self.name} gives no sound; looking for it")
                    continue
                for chunk in self._placed(arrived):
                    yield chunk
        finally:
            self._close()

    async def _next(self) -> Arrived | None:
        """The oldest that waits; None where the device has gone silent."""
        while not self._waiting:
            self._came.clear()
            try:
                async with asyncio.timeout(self._lost_after_s):
                    await self._came.wait()
            except TimeoutError:
                return None
        return self._waiting.popleft()

    async def _reopen(self, loop: asyncio.AbstractEventLoop, why: str) -> None:
        self._tell(DeviceState.LOST, why)
        while True:
            await asyncio.to_thread(self._close)
            self._dropped = True  # before opening: the first sound may come while that goes on
            try:
                await asyncio.to_thread(self._open, loop)
            except MicrophoneError:
                await asyncio.sleep(self._reopen_every_s)
                continue
            self._tell(DeviceState.RESTARTED, self.name)
            return

    def _placed(self, arrived: Arrived) -> list[AudioChunk]:
        """Number what arrived, a chunk for each channel; where sound was lost, leave as much room as
        time has passed.
        """
        pcm = np.frombuffer(arrived.data, dtype="<i2").reshape(-1, self._channels)
        start_ns = arrived.end_ns - len(pcm) * 1_000_000_000 // SAMPLE_RATE_HZ
        gap = arrived.lost and self._end_ns is not None
        if gap and self._end_ns is not None:
            missing_ns = max(0, start_ns - self._end_ns)
            missing = missing_ns * SAMPLE_RATE_HZ // 1_000_000_000
            self._next_sample += missing
            self.lost_samples += missing
        chunks = [
            AudioChunk(channel, self._next_sample, start_ns, pcm[:, channel].astype(np.int16), gap)
            for channel in range(self._channels)
        ]
        self._next_sample += len(pcm)
        self._end_ns = arrived.end_ns
        return chunks

    def _open(self, loop: asyncio.AbstractEventLoop) -> None:
        """PortAudio lists devices once, when it starts: a device that came back needs a new one."""
        self._audio = self._make_audio()
        index = self._choose()

        def callback(data: bytes, _count: int, _time: Any, status: int) -> tuple[None, int]:
            self._take(data, bool(status & _INPUT_OVERFLOW))
            with suppress(RuntimeError):  # the loop is closed: the agent is stopping
                loop.call_soon_threadsafe(self._came.set)
            return None, _CONTINUE

        try:
            self._stream = self._audio.open(
                rate=SAMPLE_RATE_HZ,
                channels=self._channels,
                format=_INT16,
                input=True,
                input_device_index=index,
                frames_per_buffer=CHUNK_SAMPLES,
                stream_callback=callback,
            )
        except (OSError, ValueError) as error:
            form = "mono" if self._channels == 1 else f"{self._channels}-channel"
            problem = f"does not give 16 kHz {form} sound ({error}); choose another microphone."
            name, present = self.name, tuple(self._inputs().values())
            self._close()
            raise MicrophoneError(name, problem, present) from error

    def _take(self, data: bytes, overrun: bool) -> None:
        """In PortAudio's thread: appending to a deque is atomic."""
        self.overruns += overrun
        if len(self._waiting) >= WAITING_CHUNKS:
            self.overflows += 1
            self._dropped = True
            return
        lost, self._dropped = overrun or self._dropped, False
        self._waiting.append(Arrived(data, self._clock(), lost))

    def _choose(self) -> int:
        inputs = self._inputs()
        wanted = self._device.lower()
        for index, name in inputs.items():
            if (wanted.isdigit() and index == int(wanted)) or (
                wanted and not wanted.isdigit() and wanted in name.lower()
            ):
                self.name = name
                return index
        if not wanted and inputs:
            with suppress(OSError):
                index = int(self._audio.get_default_input_device_info()["index"])
                self.name = inputs.get(index, self.name)
                return index
        self._close()
        problem = "not found." if inputs else "not found: this PC has no microphone."
        raise MicrophoneError(self._device or "microphone", problem, tuple(inputs.values()))

    def _inputs(self) -> dict[int, str]:
        """Index and name of every device that has an input."""
        every = [
            self._audio.get_device_info_by_index(index)
            for index in range(self._audio.get_device_count())
        ]
        return {int(one["index"]): str(one["name"]) for one in every if one["maxInputChannels"] > 0}

    def _close(self) -> None:
        """Both may fail on a device that was pulled out; there is nothing left to save then."""
        stream, audio = self._stream, self._audio
        self._stream = self._audio = None
        with suppress(OSError):
            if stream is not None:
                stream.close()
        with suppress(OSError):
            if audio is not None:
                audio.terminate()

    def _tell(self, state: DeviceState, detail: str) -> None:
        self._on_event(DeviceEvent("microphone", state, detail))
