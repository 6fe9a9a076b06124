"""A recogniser that answers from a script and remembers who asked it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from central.errors import EngineError
from central.speech.transcriber import Heard, Phrase


class ScriptedTranscriber:
    """Says what `say` makes of a phrase; "" fails. Not thread-safe, and notices misuse."""

    name = "scripted"
    languages = frozenset({"ko", "en"})
    batches = True

    def __init__(
        self, say: Callable[[Phrase], str] = lambda _: "hello", *, takes_s: float = 0.0
    ) -> None:
        self.say = say
        self.takes_s = takes_s
        self.threads: set[int] = set()
        self.asked: list[list[Phrase]] = []
        self.warmed = False
        self._busy = threading.Lock()

    def warm_up(self) -> None:
        self.warmed = True

    def transcribe(self, batch: Sequence[Phrase]) -> list[Heard]:
        if not self._busy.acquire(blocking=False):
            raise AssertionError("two threads in one model")
        try:
            self.threads.add(threading.get_ident())
            self.asked.append(list(batch))
            time.sleep(self.takes_s)
            texts = [self.say(phrase) for phrase in batch]
        finally:
            self._busy.release()
        if not all(texts):
            raise EngineError(self.name, "told to fail")
        return [Heard(text, confidence=-0.1) for text in texts]
