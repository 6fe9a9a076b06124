"""PyAudio without a sound card: the test calls `stream.give`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np


class FakeStream:
    def __init__(
        self, callback: Callable[..., tuple[None, int]] | None, index: int | None, channels: int = 1
    ) -> None:
        self.callback, self.index, self.channels = callback, index, channels
        self.closed = False
        self.played = b""

    def give(self, value: int, *, overrun: bool = False) -> None:
        """20 ms of `value` as PortAudio's thread would bring it, one more in each further channel."""
        assert self.callback is not None
        data = np.tile(np.arange(value, value + self.channels, dtype="<i2"), 320).tobytes()
        self.callback(data, 320, {}, 2 if overrun else 0)

    def write(self, data: bytes) -> None:
        if self.closed:
            raise OSError("Stream closed")
        self.played += data

    def close(self) -> None:
        self.closed = True


class FakeAudio:
    """One computer's devices; `audio()` is what `PyAudio()` would be."""

    def __init__(self, *inputs: str, outputs: tuple[str, ...] = ()) -> None:
        self.inputs, self.outputs = list(inputs), list(outputs)
        self.streams: list[FakeStream] = []
        self.opened = threading.Semaphore(0)
        self.terminated = 0
        self.refuses = False

    def audio(self) -> FakeAudio:
        return self

    def get_device_count(self) -> int:
        return len(self.inputs) + len(self.outputs)

    def get_device_info_by_index(self, index: int) -> dict[str, Any]:
        names = [*self.outputs, *self.inputs]
        is_input = index >= len(self.outputs)
        return {
            "index": index,
            "name": names[index],
            "maxInputChannels": int(is_input),
            "maxOutputChannels": int(not is_input),
        }

    def get_default_input_device_info(self) -> dict[str, Any]:
        return self.get_device_info_by_index(len(self.outputs))

    def open(self, **settings: Any) -> FakeStream:
        if self.refuses:
            raise OSError(-9997, "Invalid sample rate")
        stream = FakeStream(
            settings.get("stream_callback"),
            settings.get("input_device_index"),
            int(settings.get("channels", 1)),
        )
        self.streams.append(stream)
        self.opened.release()
        return stream

    def terminate(self) -> None:
        self.terminated += 1
