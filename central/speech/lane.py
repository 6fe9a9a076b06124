"""The one thread that owns the model, and the two short queues before it.

Whisper is not thread-safe: a shared model gave a wrong transcript without an error. Finals go before
captions and wait when their queue is full; a caption is told "busy" then, and also while captions
have had more than their share of the time.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from central.errors import CentralError, EngineError, StartError
from central.speech.transcriber import Heard, Phrase, Transcriber

T = TypeVar("T")
FINALS_WAITING: Final = 64
CAPTIONS_WAITING: Final = 4
CAPTION_REST: Final = 2.0
"""After a caption that took t seconds none is read for 2 t: at most a third of the lane is guesses."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    phrase: Phrase
    answer: asyncio.Future[Heard]


class Lane:
    """Start it, ask it, stop it; all from one event loop."""

    def __init__(self, load: Callable[[], Transcriber], *, batch_size: int = 8) -> None:
        self._load = load
        self._batch_size = batch_size
        self._finals: deque[_Waiting] = deque()
        self._captions: deque[_Waiting] = deque()
        self._room = asyncio.Semaphore(FINALS_WAITING)
        self._wake = threading.Condition()
        self._stopping = False
        self._captions_from_s = 0.0
        self._thread = threading.Thread(target=self._run, name="speech-lane", daemon=True)

    async def start(self) -> Transcriber:
        """Load and warm up the model; what comes back says its name and languages.

        Raises `ConfigError` or `StartError`.
        """
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[Transcriber] = self._loop.create_future()
        self._thread.start()
        return await self._ready

    async def final(self, phrase: Phrase) -> Heard:
        """Read a phrase for the record; waits for room in the queue. Raises `EngineError`."""
        async with self._room:
            return await self._put(self._finals, phrase)

    async def caption(self, phrase: Phrase) -> Heard | None:
        """Read a phrase for the screen; None: busy, ask later. Raises `EngineError`."""
        full = len(self._captions) >= CAPTIONS_WAITING
        if full or self._finals or time.monotonic() < self._captions_from_s:
            return None
        return await self._put(self._captions, phrase)

    async def stop(self) -> None:
        """End the thread after what it is reading; what still waits is cancelled."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join)
        for waiting in (*self._finals, *self._captions):
            waiting.answer.cancel()

    def _put(self, queue: deque[_Waiting], phrase: Phrase) -> asyncio.Future[Heard]:
        waiting = _Waiting(phrase, self._loop.create_future())
        with self._wake:
            queue.append(waiting)
            self._wake.notify()
        return waiting.answer

    # --- the lane's own thread -----------------------------------------------------------------

    def _run(self) -> None:
        try:
            model = self._load()
            model.warm_up()
        except CentralError as error:
            self._tell(self._ready, error)
            return
        except Exception as error:  # noqa: BLE001 - whatever a library throws, the role says so and ends
            self._tell(self._ready, StartError("speech", f"the engine did not load: {error}"))
            return
        self._tell(self._ready, model)
        while batch := self._take():
            self._read(model, batch)

    def _take(self) -> list[_Waiting]:
        """The next phrases that can be read together; empty: stop."""
        with self._wake:
            self._wake.wait_for(lambda: self._stopping or self._finals or self._captions)
            if self._stopping:
                return []
            return _alike(self._finals or self._captions, self._batch_size)

    def _read(self, model: Transcriber, batch: list[_Waiting]) -> None:
        wanted = [waiting for waiting in batch if not waiting.answer.cancelled()]
        if not wanted:
            return
        began_s = time.monotonic()
        try:
            results = model.transcribe([waiting.phrase for waiting in wanted])
        except Exception as error:  # noqa: BLE001 - one bad phrase must not end the lane
            if len(wanted) > 1:  # find out whose fault it is
                for waiting in wanted:
                    self._read(model, [waiting])
                return
            known = error if isinstance(error, EngineError) else EngineError(model.name, str(error))
            self._tell(wanted[0].answer, known)
            return
        if wanted[0].phrase.draft:  # before the answer: whoever asks again at once has to wait
            now_s = time.monotonic()
            self._captions_from_s = now_s + CAPTION_REST * (now_s - began_s)
        for waiting, heard in zip(wanted, results, strict=True):
            self._tell(waiting.answer, heard)

    def _tell(self, future: asyncio.Future[T], outcome: T | CentralError) -> None:
        def settle() -> None:
            if future.done():
                return
            if isinstance(outcome, CentralError):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

        self._loop.call_soon_threadsafe(settle)


def _alike(queue: deque[_Waiting], most: int) -> list[_Waiting]:
    """Takes the one that waits longest and those of its language that are nearest to it in length: a
    batch takes as many steps as its longest text.
    """
    oldest = queue[0].phrase
    same = [waiting for waiting in queue if waiting.phrase.language == oldest.language]
    same.sort(key=lambda waiting: abs(waiting.phrase.voiced_ms - oldest.voiced_ms))
    taken = [queue[0], *(waiting for waiting in same if waiting is not queue[0])][:most]
    for waiting in taken:
        queue.remove(waiting)
    return taken
