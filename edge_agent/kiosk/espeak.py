"""Speech by espeak-ng: always there, in every language of the plan, without weights."""

from __future__ import annotations

from edge_agent.flow import Pcm
from edge_agent.kiosk.rendering import rendered

WORDS_PER_MINUTE = 150
VOICES = {"ko": "ko", "en": "en-us"}


class EspeakVoice:
    """A `SpeechVoice`."""

    name = "espeak-ng"

    def __init__(self, program: str = "espeak-ng") -> None:
        self._program = program

    async def render(self, text: str, language: str) -> tuple[Pcm, int]:
        """See `SpeechVoice.render`."""
        return await render(text, language, program=self._program)


async def render(text: str, language: str, *, program: str = "espeak-ng") -> tuple[Pcm, int]:
    """`text` as mono 16-bit sound and its rate in Hz.

    Raises `DeviceError` where espeak-ng is missing, fails or hangs.
    """
    voice = VOICES.get(language.split("-", maxsplit=1)[0].lower(), "en-us")
    arguments = ("-v", voice, "-s", str(WORDS_PER_MINUTE), "-b", "1", "--stdin", "--stdout")
    return await rendered((program, *arguments), text, "install it (apt install espeak-ng)")
