"""Central asks whether a room can be heard: the idle room says known sentences, hears them, and answers.

Never during an interview: what is said in one is the candidate's. One that begins meanwhile hushes it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from functools import partial
from typing import Any, Final, Protocol

import structlog

from edge_agent.config import Config
from edge_agent.doctor import way
from edge_agent.doctor.sentence import SENTENCES
from edge_agent.doctor.sentence_heard import Ear, Recognise, Sounding, hear_sentence
from edge_agent.doctor.sentence_kept import keep
from edge_agent.errors import EdgeError
from edge_agent.flow import (
    AudioChunk,
    CheckRoom,
    Command,
    CommandOutcome,
    CommandResult,
    Phase,
    SentenceHeard,
)
from edge_agent.interview import RunnerView
from edge_agent.service import clock
from edge_agent.uplink.journal import Journal

ANSWERED: Final = 64
"""Command ids remembered: central repeats a command until its answer is stored."""
LIMIT_S: Final = 90.0
"""Of both sentences, reading included."""
LOOK_S: Final = 0.1

log = structlog.get_logger(__name__)


class Speaker(Sounding, Protocol):
    """What is asked of the room's speaker."""

    @property
    def can_be_heard(self) -> bool: ...

    def hush(self) -> None: ...


class RoomCheck:
    """Every command passes here; those that are no `CheckRoom` go on to `pass_on`."""

    def __init__(
        self,
        config: Config,
        speaker: Speaker,
        journal: Journal,
        *,
        view: Callable[[], RunnerView],
        pass_on: Callable[[Command], None],
        recognise: Recognise | None = None,
        wall_ns: Callable[[], int] = clock.wall_ns,
    ) -> None:
        self._config, self._speaker, self._journal = config, speaker, journal
        self._view, self._pass_on, self._wall_ns = view, pass_on, wall_ns
        self._recognise = recognise or partial(way.recognise, way.told(config.central))
        self._seen: deque[str] = deque(maxlen=ANSWERED)
        self._wanted: asyncio.Queue[str] = asyncio.Queue(maxsize=1)
        self._ear: Ear | None = None
        self._busy = False

    def command(self, command: Command) -> None:
        """Central asks for something."""
        if not isinstance(command.body, CheckRoom):
            self._pass_on(command)
            return
        if command.command_id in self._seen:
            return
        self._seen.append(command.command_id)
        if self._wall_ns() > command.expires_wall_ns:
            self._answer(command.command_id, CommandOutcome.EXPIRED, "It came after its expiry.")
        elif why := self._against():
            self._answer(command.command_id, CommandOutcome.REFUSED, why)
        else:
            self._busy = True
            self._wanted.put_nowait(command.command_id)

    def hear(self, chunk: AudioChunk) -> None:
        """The next sound of the room's microphones."""
        if self._ear is not None:
            self._ear.hear(chunk)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            command_id = await self._wanted.get()
            try:
                await self._check(command_id)
            finally:
                self._busy, self._ear = False, None

    def _idle(self) -> bool:
        return self._view().phase is Phase.IDLE

    def _against(self) -> str:
        """Why nothing is said now; empty where it may be."""
        if self._config.replay.file is not None or not self._speaker.can_be_heard:
            return "This room has no sound of its own: a film, or a silent speaker."
        if not self._idle():
            return "An interview is on."
        return "The room is being checked already." if self._busy else ""

    async def _check(self, command_id: str) -> None:
        seen: list[SentenceHeard] = []
        problem = await self._unless_needed(self._hear_all(seen))
        if problem:
            self._answer(command_id, CommandOutcome.REFUSED, problem)
            return
        every = {one.language: asdict(one) for one in seen}
        keep(self._config.central.identity.parent, every, self._wall_ns())
        deaf = [one.language for one in seen if one.latency_ms is None]
        told = f"The microphone did not hear: {', '.join(deaf)}." if deaf else "The room is heard."
        self._answer(command_id, CommandOutcome.DONE, told, tuple(seen))

    async def _hear_all(self, seen: list[SentenceHeard]) -> str:
        """What went wrong; empty where nothing did."""
        try:
            async with asyncio.timeout(LIMIT_S):
                for language in SENTENCES:
                    self._ear = ear = Ear()
                    seen.append(await hear_sentence(language, self._speaker, ear, self._recognise))
        except TimeoutError:
            return "It did not end in time."
        except EdgeError as error:
            return str(error)
        return ""

    async def _unless_needed(self, work: Coroutine[Any, Any, str]) -> str:
        """An interview goes first."""
        async with asyncio.TaskGroup() as tasks:
            task = tasks.create_task(work)
            while not task.done():
                await asyncio.wait({task}, timeout=LOOK_S)
                if not self._idle():
                    self._speaker.hush()
                    task.cancel()
        return "An interview began meanwhile." if task.cancelled() else task.result()

    def _answer(
        self,
        command_id: str,
        outcome: CommandOutcome,
        detail: str,
        sentences: tuple[SentenceHeard, ...] = (),
    ) -> None:
        log.info("room check", outcome=outcome.name.lower(), detail=detail)
        self._journal.append(CommandResult(command_id, outcome, detail, sentences))
