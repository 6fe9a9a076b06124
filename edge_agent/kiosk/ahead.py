"""Questions' sound from central, fetched ahead of the questions and kept in memory alone.

Whatever is not here when a question is asked, the room speaks itself: nothing waits for it.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from edge_agent.errors import EdgeError
from edge_agent.flow import (
    Command,
    Pcm,
    PlannedQuestion,
    PushQuestion,
    StartInterview,
)
from edge_agent.kiosk.sounds import content_hash, decoded
from edge_agent.kiosk.speaker import SpeechVoice

KEPT_BYTES: Final = 32 << 20
"""An hour of questions as raw sound; the oldest goes."""
WAITING: Final = 200
"""Questions that may wait to be fetched; one more is spoken by the room."""

log = structlog.get_logger(__name__)


class Door(Protocol):
    """Where sound comes from; `edge_agent.uplink.speech.SpeechDoor` in a room."""

    async def fetch(self, interview_id: str, question_id: str, text_sha256: bytes) -> bytes | None:
        """A sound file, whole and checked; None where there is none. Raises `CentralAway`."""
        ...


@dataclass(frozen=True, slots=True)
class _Wanted:
    interview_id: str
    language: str
    question: PlannedQuestion


class SpeechAhead:
    """Every command passes here and goes on to `pass_on`; what it will have asked is fetched."""

    def __init__(
        self,
        door: Door,
        *,
        pass_on: Callable[[Command], None] = lambda _: None,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        self.pass_on = pass_on
        self._door, self._most = door, kept_bytes
        self._sounds: OrderedDict[str, bytes] = OrderedDict()
        self._waiting: deque[_Wanted] = deque(maxlen=WAITING)
        self._came = asyncio.Event()
        self._plan: tuple[str, str] | None = None

    def command(self, command: Command) -> None:
        """Central asks for something."""
        match command.body:
            case StartInterview(plan):
                self._plan = plan.interview_id, plan.language
                self._waiting.clear()
                self._want(plan.questions)
            case PushQuestion(question):
                self._want([question], first=True)
        self.pass_on(command)

    def sound(self, text: str, language: str) -> bytes | None:
        """The sound of a text; None where it is not here."""
        return self._sounds.get(content_hash(text, language))

    async def run(self) -> None:
        """Until cancelled: fetches one after the other, in the order in which they will be asked."""
        while True:
            await self._came.wait()
            if not self._waiting:
                self._came.clear()
                continue
            await self._fetch(self._waiting.popleft())

    def _want(self, questions: Iterable[PlannedQuestion], *, first: bool = False) -> None:
        if self._plan is None:
            return  # the agent was started anew in mid-interview
        for one in questions:
            add = self._waiting.appendleft if first else self._waiting.append
            if len(self._waiting) < WAITING:
                add(_Wanted(*self._plan, one))
        self._came.set()

    async def _fetch(self, wanted: _Wanted) -> None:
        question = wanted.question
        name = content_hash(question.text, wanted.language)
        if name in self._sounds:
            self._sounds.move_to_end(name)
            return
        try:
            data = await self._door.fetch(
                wanted.interview_id, question.question_id, bytes.fromhex(name)
            )
        except EdgeError as error:
            log.info("the room speaks a question itself", why=str(error))
            return
        if data is None:
            self._waiting.clear()  # central does not speak: there is nothing to ask it for
            return
        self._keep(name, data)

    def _keep(self, name: str, data: bytes) -> None:
        self._sounds[name] = data
        while sum(map(len, self._sounds.values())) > self._most:
            self._sounds.popitem(last=False)


class CentralVoice:
    """A `SpeechVoice`: what was fetched ahead; every other text is left to `otherwise`."""

    def __init__(self, ahead: SpeechAhead, otherwise: SpeechVoice) -> None:
        self._ahead, self._otherwise = ahead, otherwise
        self.name = f"central's voice, else {otherwise.name}"

    async def render(self, text: str, language: str) -> tuple[Pcm, int]:
        """See `SpeechVoice.render`."""
        data = self._ahead.sound(text, language)
        if data is not None:
            try:
                return await asyncio.to_thread(decoded, data)
            except (OSError, ValueError) as error:
                log.warning("central's sound cannot be played", why=str(error))
        return await self._otherwise.render(text, language)
