"""A room that holds an interview: the agent's own runner at the end of a real stream, and a clock that
the test moves.
"""

from __future__ import annotations

import asyncio
import time
from itertools import count
from typing import Any

from edge_agent import flow
from edge_agent.interview.check_in import CheckInWay
from edge_agent.interview.presses import DevicesTried, DonePressed, SkipPressed
from edge_agent.interview.runner import Runner
from edge_agent.interview.steps import (
    AnswerClosed,
    CalibrationEnded,
    CheckedIn,
    CloseAnswer,
    CommandArrived,
    Consented,
    Input,
    Say,
    SpeechPlayed,
    Tick,
    VoiceChanged,
    Write,
)
from edge_agent.uplink import wire
from tests.fakes.room_client import RoomClient, record

MS = 1_000_000


class AskedRoom:
    """Speech is played at once; an answer has as many utterances as were said."""

    def __init__(self, client: RoomClient) -> None:
        ids = count(1)
        self.runner = Runner(lambda: f"turn{next(ids)}")
        self.asked: list[str] = []
        self.commands: list[flow.CommandBody | None] = []
        self.utterances = 0
        self._client = client
        self._seq = count(1)
        self._now_ms = 0
        self._changed = asyncio.Event()

    async def listen(self) -> None:
        """Obeys what central asks, until cancelled."""
        while True:
            message: Any = await self._client.read_until("command", 60)
            command = wire.command(message)
            self.commands.append(command.body)
            await self.tell(CommandArrived(command, time.time_ns()))
            self._changed.set()

    async def begin(self) -> None:
        """The plan is there: check in, consent to everything, and try nothing."""
        await self.until(lambda: any(isinstance(one, flow.StartInterview) for one in self.commands))
        await self.tell(CheckedIn(CheckInWay.STAFF))
        await self.tell(Consented(recording=True, ai_scoring=True))
        await self.tell(DevicesTried())
        await self.tell(SkipPressed())
        await self.tell(CalibrationEnded(flow.CalibrationOutcome.SKIPPED))

    async def speak(self) -> str:
        """The candidate says something; the turn's key."""
        await self.tell(VoiceChanged(speaking=True))
        await self.wait(3_000)
        await self.tell(VoiceChanged(speaking=False))
        self.utterances += 1
        return self.runner.view(self._now_ms * MS).turn_id

    async def done(self) -> None:
        """The candidate presses the button."""
        await self.tell(DonePressed())

    async def wait(self, ms: int) -> None:
        """Time passes in the room."""
        for _ in range(ms // 100):
            self._now_ms += 100
            await self.tell(Tick())

    async def until(self, true: Any, within_s: float = 15.0) -> None:
        """A command made it true."""
        async with asyncio.timeout(within_s):
            while not true():
                self._changed.clear()
                await self._changed.wait()

    def held(self, number: int = 1) -> bool:
        """Whether so many follow-ups were given to it to hold, or taken back."""
        return sum(isinstance(one, flow.HoldFollowUp) for one in self.commands) >= number

    async def tell(self, told: Input) -> None:
        """One input, and all that follows from it."""
        for one in self.runner.handle(told, self._now_ms * MS):
            match one:
                case Write():
                    await self._write(one)
                case Say():
                    await self.tell(SpeechPlayed(one.say_id))
                case CloseAnswer():
                    said, self.utterances = self.utterances, 0
                    await self.tell(AnswerClosed(one.turn_id, said, 0, 0))
                case _:
                    pass

    async def _write(self, one: Write) -> None:
        value = one.value
        if isinstance(value, flow.TurnEvent) and value.kind is flow.TurnEventKind.QUESTION_ASKED:
            self.asked.append(value.text)
        kind, payload = wire.encode(value)
        await self._client.records([record(next(self._seq), kind, payload, one.interview_id)])
