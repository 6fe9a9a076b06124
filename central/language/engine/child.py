"""The engine's process: one thread owns the model, another one listens to the role."""

from __future__ import annotations

import os
import queue
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, assert_never

from central.errors import EngineError, StartError
from central.language.engine import loading
from central.language.engine.asked import Asking
from central.language.engine.embedding import Embedding
from central.language.engine.messages import (
    Asked,
    Beat,
    Cancel,
    Down,
    EmbedAsked,
    FillAsked,
    Load,
    NotDone,
    Pause,
    Unable,
    Up,
    WeighAsked,
    packed,
    receive,
)
from central.language.engine.work import Work

BEAT_S: Final = 1.0
PAUSED_LOOK_S: Final = 0.05


def run(descriptor: int, asks: type[Asking] = Asking) -> None:
    """Serves the role at the other end until it is gone. `asks` makes work of what is asked."""
    link = socket.socket(fileno=descriptor)

    def tell(message: Up) -> None:
        link.sendall(packed(message))

    load = receive(link)
    if not isinstance(load, Load):
        return
    try:
        sha256 = loading.checked(Path(load.path), load.sha256)
        context = loading.opened(load)
    except StartError as error:
        tell(Unable(error.problem))
        return
    loading.warm_up(load, context)
    asking = loading.asking(load, context, asks)
    make = loading.embedding if load.kind == "embedding" else loading.writing
    desk = Desk(make(load, context, tell), asking, tell)
    threading.Thread(target=_listen, args=(link, desk.inbox), daemon=True).start()
    tell(loading.ready(context, sha256))
    desk.work()


def _listen(link: socket.socket, inbox: queue.SimpleQueue[Down]) -> None:
    """The role bounds what it asks for. When it is gone, so is the reason to go on, in mid-batch too."""
    try:
        while (message := receive(link)) is not None:
            inbox.put(message)
    finally:  # also where it spoke nonsense
        os._exit(0)


class Desk:
    """Takes what is asked, and steps until all is done."""

    def __init__(
        self, labour: Work | Embedding, asking: Asking, tell: Callable[[Up], None]
    ) -> None:
        self.inbox: queue.SimpleQueue[Down] = queue.SimpleQueue()
        self._labour, self._asking, self._tell = labour, asking, tell
        self._paused = False
        self._beat_s = 0.0

    def work(self) -> None:
        """Until the process ends."""
        while True:
            self._take()
            now_s = time.monotonic()
            if self._paused:
                self._labour.expire(now_s)
            else:
                self._labour.step(now_s)
            if now_s - self._beat_s > BEAT_S:
                self._beat_s = now_s
                self._tell(Beat(loading.rss_bytes()))

    def _take(self) -> None:
        """All that waits in the inbox; waits for something where there is nothing else to do."""
        try:
            if not self._labour.busy:
                self._do(self.inbox.get())
            elif self._paused:
                self._do(self.inbox.get(timeout=PAUSED_LOOK_S))
            while True:
                self._do(self.inbox.get_nowait())
        except queue.Empty:
            return

    def _do(self, message: Down) -> None:
        match message:
            case FillAsked() | WeighAsked() | EmbedAsked():
                self._begin(message)
            case Cancel():
                self._labour.cancel(message.id)
            case Pause():
                self._paused = message.on
            case Load():
                raise AssertionError("a process loads one model")
            case _:
                assert_never(message)

    def _begin(self, asked: Asked) -> None:
        now_s = time.monotonic()
        try:
            match self._labour, asked:
                case Work() as work, FillAsked():
                    work.add(self._asking.filling(asked, self._tell, now_s))
                case Work() as work, WeighAsked():
                    work.add(self._asking.weighing(asked, now_s))
                case Embedding() as embedding, EmbedAsked():
                    embedding.add(self._asking.embedding(asked, now_s))
                case _:
                    self._tell(NotDone(asked.id, "this model does something else"))
        except EngineError as error:
            self._tell(NotDone(asked.id, error.problem))
        except Exception as error:  # noqa: BLE001 - one odd request must not end the others
            self._tell(NotDone(asked.id, f"{type(error).__name__}: {error}"))
