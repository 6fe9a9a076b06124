"""What a speech worker reads in an utterance that is still open. Stateless: the gateway keeps the
agreement between one guess and the next.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

from central.bus.captions import CaptionReply, CaptionRequest
from central.speech import decode
from central.speech.decode import SoundFormat
from central.speech.gate import refuse
from central.speech.lane import Lane
from central.speech.transcriber import SAMPLE_RATE_HZ, Heard, Phrase, Transcriber, primary

PATIENCE_S: Final = 1.2
"""After that nobody waits for the answer any more: what is not begun by then is not begun."""


class Captions:
    """The handler of caption requests."""

    def __init__(self, lane: Lane, model: Transcriber) -> None:
        self._lane = lane
        self._model = model

    async def handle(self, request: CaptionRequest) -> CaptionReply:
        """A guess, or busy. What the gate refuses is an empty guess. Raises `EngineError`."""
        form = SoundFormat(request.codec, request.sample_rate_hz, request.extradata)
        pcm = await asyncio.to_thread(decode.whole, request.packets, form)
        voiced_ms = len(pcm) * 1000 // SAMPLE_RATE_HZ
        language = primary(request.language)
        heard: Heard | None = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                heard = await self._lane.caption(Phrase(pcm, language, voiced_ms, draft=True))
        if heard is None:
            return CaptionReply(text="", engine=self._model.name, busy=True)
        reason = refuse(
            heard.text, language=language, voiced_ms=voiced_ms, confidence=heard.confidence
        )
        return CaptionReply(text="" if reason else heard.text, engine=self._model.name)
