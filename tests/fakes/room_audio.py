"""A room between a loudspeaker and a microphone, without either: PyAudio whose output comes back.

Twenty times as fast as the real one; what is played arrives `delay_ms` later, `gain` as loud.
"""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np

from edge_agent.flow import Pcm

CHUNK = 320
RATE_HZ = 16_000
SPEED = 20.0


class RoomAudio:
    """`audio()` is what `PyAudio()` would be."""

    def __init__(self, *, gain: float = 0.5, delay_ms: int = 120, noise: float = 30.0) -> None:
        self.gain, self.delay = gain, delay_ms * RATE_HZ // 1_000
        self._noise, self._rng = noise, np.random.default_rng(1)
        self._lock = threading.Lock()
        self._air = np.zeros(0, dtype=np.float64)

    def audio(self) -> RoomAudio:
        return self

    def terminate(self) -> None:
        """One room for all."""

    def get_device_count(self) -> int:
        return 2

    def get_device_info_by_index(self, index: int) -> dict[str, Any]:
        names = ["Room speaker", "Room microphone"]
        return {
            "index": index,
            "name": names[index],
            "maxInputChannels": index,
            "maxOutputChannels": 1 - index,
        }

    def get_default_input_device_info(self) -> dict[str, Any]:
        return self.get_device_info_by_index(1)

    def open(self, **settings: Any) -> Any:
        if settings.get("input"):
            return _Input(self, settings["stream_callback"])
        return _Output(self, settings["rate"])

    def sound(self, pcm: Pcm, rate_hz: int) -> None:
        """Give this to the air; it waits its time."""
        times = np.arange(int(len(pcm) * RATE_HZ / rate_hz)) * rate_hz / RATE_HZ
        wave = np.interp(times, np.arange(len(pcm)), pcm) * self.gain
        with self._lock:
            lead = np.zeros(self.delay if not len(self._air) else 0)
            self._air = np.concatenate([self._air, lead, wave])

    def take(self) -> bytes:
        """The next 20 ms at the microphone."""
        with self._lock:
            heard, self._air = self._air[:CHUNK], self._air[CHUNK:]
        mixed = np.pad(heard, (0, CHUNK - len(heard)))
        mixed = mixed + self._rng.normal(0.0, self._noise, CHUNK)
        return np.clip(mixed, -32_768, 32_767).astype("<i2").tobytes()


class _Output:
    def __init__(self, room: RoomAudio, rate_hz: int) -> None:
        self._room, self._rate_hz = room, rate_hz

    def write(self, data: bytes) -> None:
        pcm = np.frombuffer(data, dtype="<i2").astype(np.int16)
        self._room.sound(pcm, self._rate_hz)
        time.sleep(0.5 * len(pcm) / self._rate_hz / SPEED)  # a device takes more than it has played

    def close(self) -> None:
        """All was played."""


class _Input:
    def __init__(self, room: RoomAudio, callback: Any) -> None:
        self._room, self._callback = room, callback
        self._open = True
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while self._open:
            self._callback(self._room.take(), CHUNK, {}, 0)
            time.sleep(CHUNK / RATE_HZ / SPEED)

    def close(self) -> None:
        self._open = False
        self._thread.join(timeout=2)
