"""Other voices than espeak-ng: a program of the site's choice, and sound that was made beforehand.

Whichever is chosen, espeak-ng stands behind it: a candidate hears the question all the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import structlog

from edge_agent.config import Speaker
from edge_agent.errors import DeviceError
from edge_agent.flow import Pcm
from edge_agent.kiosk.ahead import CentralVoice, SpeechAhead
from edge_agent.kiosk.espeak import EspeakVoice
from edge_agent.kiosk.rendering import rendered
from edge_agent.kiosk.sounds import content_hash, decoded, letters
from edge_agent.kiosk.speaker import SpeechVoice

ENDINGS: Final = (".wav", ".flac", ".ogg", ".opus")

log = structlog.get_logger(__name__)


class CommandVoice:
    """A program that reads a text and writes WAV, such as Piper. `{language}` in its arguments becomes
    the language's two letters.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self.name = Path(self._command[0]).name

    async def render(self, text: str, language: str) -> tuple[Pcm, int]:
        """See `SpeechVoice.render`."""
        named = letters(language)
        command = [one.replace("{language}", named) for one in self._command]
        pcm, rate_hz = await rendered(command, text, "see speaker.command")
        if not len(pcm) and text.strip():
            raise DeviceError("speaker", f"{self.name} rendered nothing in {named!r}.")
        return pcm, rate_hz


class PreparedVoice:
    """Sound from a folder: `<content_hash>.wav`, `.flac`, `.ogg` or `.opus`. A text that is not there is
    left to `otherwise`.
    """

    def __init__(self, folder: Path, otherwise: SpeechVoice) -> None:
        self._folder, self._otherwise = folder, otherwise
        self.name = f"prepared speech, else {otherwise.name}"

    async def render(self, text: str, language: str) -> tuple[Pcm, int]:
        """See `SpeechVoice.render`."""
        for ending in ENDINGS:
            file = self._folder / (content_hash(text, language) + ending)
            if file.is_file():
                try:
                    return await asyncio.to_thread(decoded, file)
                except (OSError, ValueError) as error:
                    log.warning("a prepared sound cannot be played", file=str(file), why=str(error))
        return await self._otherwise.render(text, language)


class FirstVoice:
    """The first of two that can: what it says of the other is logged."""

    def __init__(self, wanted: SpeechVoice, otherwise: SpeechVoice) -> None:
        self._wanted, self._otherwise = wanted, otherwise
        self.name = wanted.name

    async def render(self, text: str, language: str) -> tuple[Pcm, int]:
        """See `SpeechVoice.render`."""
        try:
            return await self._wanted.render(text, language)
        except DeviceError as error:
            log.warning("another voice speaks", voice=self._otherwise.name, why=error.problem)
            return await self._otherwise.render(text, language)


def choose_voice(settings: Speaker, ahead: SpeechAhead | None = None) -> SpeechVoice:
    """As `[speaker]` has it; `ahead` holds what came from central."""
    voice: SpeechVoice = EspeakVoice()
    if settings.command:
        voice = FirstVoice(CommandVoice(settings.command), voice)
    if ahead is not None and settings.from_central:
        voice = CentralVoice(ahead, voice)
    if settings.prepared is not None:
        voice = PreparedVoice(settings.prepared, voice)
    return voice
