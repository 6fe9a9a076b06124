"""The role's side of an engine's process: starts it, asks it, and starts it again when it dies."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, assert_never

import structlog

from central.errors import EngineError, StartError
from central.language.engine.life import Life, Patience, begin, end, ending
from central.language.engine.messages import (
    Answer,
    Asked,
    Beat,
    Begun,
    Cancel,
    Embedded,
    FormFilled,
    Load,
    Message,
    NotDone,
    Pause,
    Piece,
    Ready,
    Unable,
    Up,
    Weighed,
    received,
)
from central.language.engine.passage import Passage, leaving
from central.language.engine.quarantine import Quarantine

MODULE: Final = "central.language.engine"
CALLS: Final = 64
"""At once; more wait for room, each until its own time is up."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Call:
    asked: Asked
    fingerprint: bytes
    answer: asyncio.Future[Answer]
    told: Callable[[str, str], None] | None
    begun: bool = False


class EngineProcess:
    """Start it, ask it, stop it; all from one event loop."""

    def __init__(
        self, name: str, load: Load, *, patience: Patience | None = None, module: str = MODULE
    ) -> None:
        self.name, self._load, self._module = name, load, module
        self._patience = patience or Patience()
        self._calls: dict[int, _Call] = {}
        self._last_id = 0
        self._room = asyncio.Semaphore(CALLS)
        self._passage = Passage()
        self._quarantine = Quarantine()
        self._open = asyncio.Event()
        self._life: Life | None = None
        self._paused = False
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """Of the process that is there now."""
        return self._life.process.pid if self._life else None

    @property
    def asked(self) -> int:
        """How many calls are not answered yet."""
        return len(self._calls)

    async def start(self) -> Ready:
        """Load and warm up the model. Raises `StartError`."""
        self._ready: asyncio.Future[Ready] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._lives(), name=self.name)
        try:
            return await asyncio.shield(self._ready)
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End the process; what was asked fails."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._fail(self._calls.values(), "it was stopped")
        if self._ready.done() and not self._ready.cancelled():
            self._ready.exception()  # whoever waited has heard it

    async def ask(
        self,
        make: Callable[[int], Asked],
        fingerprint: bytes,
        *,
        timeout_s: float,
        told: Callable[[str, str], None] | None = None,
    ) -> Answer:
        """The answer to `make(id)`. Raises `EngineError`."""
        if self._quarantine.refuses(fingerprint):
            raise EngineError(
                self.name, "this prompt killed the engine twice: it is not tried again"
            )
        alone = self._quarantine.suspects(fingerprint)
        try:
            async with asyncio.timeout(timeout_s), self._room:
                await self._passage.enter(alone=alone)
                with leaving(self._passage):
                    await self._open.wait()
                    answer = await self._call(make, fingerprint, told)
        except TimeoutError as error:
            raise EngineError(self.name, f"no answer within {timeout_s:g} s") from error
        if isinstance(answer, NotDone):
            raise EngineError(self.name, answer.problem)
        return answer

    def pause(self, *, on: bool) -> None:
        """Keep still, or go on; a process that replaces this one does too."""
        if on != self._paused:
            self._paused = on
            self._send(Pause(on))

    # --- one call ------------------------------------------------------------------------------

    async def _call(
        self,
        make: Callable[[int], Asked],
        fingerprint: bytes,
        told: Callable[[str, str], None] | None,
    ) -> Answer:
        self._last_id += 1
        number = self._last_id
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        call = _Call(make(number), fingerprint, answer, told)
        if not self._calls and self._life is not None:
            self._life.heard_s = time.monotonic()
        self._calls[number] = call
        self._send(call.asked)
        try:
            found = await answer
            self._quarantine.done(fingerprint)
            return found
        finally:
            if self._calls.pop(number, None) is not None:
                self._send(Cancel(number))

    def _send(self, message: Message) -> None:
        """To the process that is there; one that comes is sent everything anew."""
        if self._life is not None and self._life.ready:
            self._life.send(message)

    # --- one process after the other -----------------------------------------------------------

    async def _lives(self) -> None:
        pause_s = self._patience.pause_s
        while True:
            self.starts += 1
            try:
                why = await self._one_life()
            except OSError as error:
                why = f"it could not be started: {error}"
            if not self._ready.done():
                self._ready.set_exception(StartError("language", why))
                return
            tired = self._life is not None and self._life.tired
            was_ready = self._life is not None and self._life.ready
            self._life = None
            self._bury(why, tired=tired)
            pause_s = self._patience.pause_s if was_ready else pause_s
            await asyncio.sleep(0 if tired else pause_s)
            pause_s = min(pause_s * 2, self._patience.longest_pause_s)

    def _bury(self, why: str, *, tired: bool) -> None:
        if tired:
            _log.info("an engine is replaced", engine=self.name, why=why)
            return
        begun = [call for call in self._calls.values() if call.begun]
        _log.error("an engine died", engine=self.name, why=why, at_work=len(begun))
        self._quarantine.died(call.fingerprint for call in begun)
        self._fail(begun, f"the engine died ({why}); try again")

    def _fail(self, calls: Iterable[_Call], problem: str) -> None:
        for call in list(calls):
            self._calls.pop(call.asked.id, None)
            if not call.answer.done():
                call.answer.set_exception(EngineError(self.name, problem))

    async def _one_life(self) -> str:
        """From start to end of one process; why it ended."""
        life = self._life = await begin(self._module)
        try:
            life.send(self._load)
            return await self._listen(life)
        finally:
            self._open.clear()
            await end(life)

    async def _listen(self, life: Life) -> str:
        while True:
            reading = asyncio.create_task(received(life.reader))
            try:
                while not reading.done():
                    await asyncio.wait({reading}, timeout=self._patience.look_s)
                    asked = bool(self._calls) and not self._paused
                    if not reading.done() and (why := life.hangs(self._patience, asked=asked)):
                        return why
                message = reading.result()
            except EOFError:
                return await ending(life)
            finally:
                reading.cancel()
            if isinstance(message, Unable):
                return message.problem
            life.heard_s = time.monotonic()
            self._hear(life, message)
            if life.tired and not self._calls:
                return "its memory has grown too far"

    def _hear(self, life: Life, message: Up) -> None:
        match message:
            case Ready():
                self._take_up(life, message)
            case Beat():
                grown_bytes = message.rss_bytes - life.first_rss_bytes
                if grown_bytes > self._patience.growth_bytes:
                    life.tired = True
                    self._open.clear()
            case Begun() | Piece() | FormFilled() | Weighed() | Embedded() | NotDone():
                if (call := self._calls.get(message.id)) is not None:
                    self._hear_of(call, message)
            case Unable():
                raise AssertionError("who listens has heard it")
            case _:
                assert_never(message)

    def _hear_of(self, call: _Call, message: Begun | Piece | Answer) -> None:
        match message:
            case Begun():
                call.begun = True
            case Piece():
                if call.told is not None:
                    call.told(message.key, message.text)
            case _:
                del self._calls[message.id]
                if not call.answer.done():
                    call.answer.set_result(message)

    def _take_up(self, life: Life, ready: Ready) -> None:
        """The new process is sent what the last one had not begun."""
        life.ready, life.first_rss_bytes = True, ready.rss_bytes
        if self._paused:
            life.send(Pause(on=True))
        for call in self._calls.values():
            life.send(call.asked)
        self._open.set()
        if not self._ready.done():
            self._ready.set_result(ready)
