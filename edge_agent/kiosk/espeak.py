"""Speech by espeak-ng: always there, in every language of the plan, without weights."""

from __future__ import annotations

import asyncio
import struct
from asyncio.subprocess import PIPE
from threading import Event

import numpy as np

from edge_agent.errors import DeviceError
from edge_agent.flow import Pcm
from edge_agent.kiosk.playback import Player

RENDER_TIMEOUT_S = 15.0
"""A minute of speech is rendered in well under a second."""

WORDS_PER_MINUTE = 150
VOICES = {"ko": "ko", "en": "en-us"}


class EspeakSpeaker:
    """Renders in a subprocess, plays through `player`; one text at a time, in the order asked."""

    def __init__(self, player: Player, *, program: str = "espeak-ng") -> None:
        self.name = f"espeak-ng, {player.name}"
        self._player, self._program = player, program
        self._turn = asyncio.Lock()
        self._stop = Event()

    async def say(self, text: str, language: str) -> None:
        """See `Speaker.say`."""
        stop = self._stop  # what a hush from now on sets
        async with self._turn:
            if stop.is_set():
                return
            pcm, rate_hz = await render(text, language, program=self._program)
            if not stop.is_set():
                await self._player.play(pcm, rate_hz, _Either(stop))

    def hush(self) -> None:
        """See `Speaker.hush`."""
        self._stop.set()
        self._stop = Event()


class _Either(Event):
    """A stop of its own that also heeds the speaker's: a player may set it when it is through."""

    def __init__(self, other: Event) -> None:
        super().__init__()
        self._other = other

    def is_set(self) -> bool:
        return super().is_set() or self._other.is_set()


async def render(text: str, language: str, *, program: str = "espeak-ng") -> tuple[Pcm, int]:
    """`text` as mono 16-bit sound and its rate in Hz. Text goes through stdin: it is only data.

    Raises `DeviceError` where espeak-ng is missing, fails or hangs.
    """
    voice = VOICES.get(language.split("-", maxsplit=1)[0].lower(), "en-us")
    arguments = ("-v", voice, "-s", str(WORDS_PER_MINUTE), "-b", "1", "--stdin", "--stdout")
    try:
        process = await asyncio.create_subprocess_exec(
            program, *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE
        )
    except OSError as error:
        problem = f"{program} cannot be started; install it (apt install espeak-ng)."
        raise DeviceError("speaker", problem) from error
    try:
        async with asyncio.timeout(RENDER_TIMEOUT_S):
            wav, said = await process.communicate(text.encode())
    except TimeoutError as error:
        raise DeviceError("speaker", f"{program} did not answer.") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise DeviceError("speaker", f"{program}: {said.decode(errors='replace').strip()}")
    return _samples(wav)


def _samples(wav: bytes) -> tuple[Pcm, int]:
    """Of a WAV file written to a pipe, whose lengths are made up: sound is all that follows `data`."""
    start = wav.find(b"data")
    if wav[:4] != b"RIFF" or start < 0:
        return np.zeros(0, dtype=np.int16), 22_050  # nothing to say: a text without a word
    (rate_hz,) = struct.unpack_from("<I", wav, 24)
    sound = wav[start + 8 :]
    return np.frombuffer(sound[: len(sound) // 2 * 2], dtype="<i2").astype(np.int16), rate_hz
