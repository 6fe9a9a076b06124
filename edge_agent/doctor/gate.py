"""The door before an interview: a room that is not ready does not begin one, and says why.

Commands pass through here in order. Only `StartInterview` waits: disk is reserved for the whole
interview, and what the room sees is judged. The judgement goes on with the command; the runner, which is
pure, refuses by it. What stands against an interview is told as faults meanwhile, so that staff see it
before a candidate comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

import structlog

from edge_agent.config import Central, Config
from edge_agent.doctor.encryption import Shelter, shelter_of
from edge_agent.doctor.ready import (
    INTERVIEW_S,
    Facts,
    Readiness,
    interview_s,
    needed_bytes,
    readiness,
)
from edge_agent.doctor.sentence_kept import kept
from edge_agent.errors import IdentityError, ReserveRefused
from edge_agent.flow import Command, InterviewPlan, Phase, StartInterview
from edge_agent.interview import RunnerView
from edge_agent.service import clock
from edge_agent.service.faults import Faults
from edge_agent.telemetry.silence import Silence
from edge_agent.telemetry.stillness import Stillness
from edge_agent.uplink.identity import load_identity

WAITING: Final = 64
"""Commands behind a start; one more is dropped, and central sends it again until it is answered."""
LOOK_S: Final = 5.0
RESERVE_S: Final = 15.0
"""A disk that takes longer for this is no disk for an interview."""

log = structlog.get_logger(__name__)


class Reserve(Protocol):
    """What is asked of the spool."""

    async def reserve(self, size_bytes: int) -> None:
        """Raises `ReserveRefused` where there is no room for so much."""
        ...

    def release(self) -> None: ...


class Pictures(Protocol):
    """What is asked of the vision process."""

    stillness: Stillness
    fps: float


class Stage(Protocol):
    """Who carries commands out."""

    def command(self, command: Command, not_ready: Sequence[str] = ()) -> None: ...

    def view(self) -> RunnerView: ...


class Gate:
    """The stage gets every command, a start with what stands against it."""

    def __init__(
        self,
        config: Config,
        spool: Reserve,
        pictures: Pictures,
        faults: Faults,
        stage: Stage,
        *,
        shelter: Callable[[Path], Shelter] = lambda folder: shelter_of(folder).shelter,
        mono_ns: Callable[[], int] = clock.mono_ns,
    ) -> None:
        self._config, self._spool, self._pictures, self._faults = config, spool, pictures, faults
        self._stage, self._mono_ns = stage, mono_ns
        self._shelter = shelter(config.spool.folder)
        self._silence = Silence()
        self._waiting: asyncio.Queue[Command] = asyncio.Queue(maxsize=WAITING)
        self._busy = False
        self._told: tuple[str, ...] | None = None

    def hear(self, level_dbfs: float) -> None:
        """The level of the microphone right now."""
        self._silence.hear(level_dbfs, self._mono_ns())

    def command(self, command: Command) -> None:
        """Central asks for something. Nothing overtakes a start that waits."""
        if not self._busy and not isinstance(command.body, StartInterview):
            self._stage.command(command)
            return
        try:
            self._waiting.put_nowait(command)
            self._busy = True
        except asyncio.QueueFull:
            log.warning("too many commands wait for an interview's start; one is dropped")

    async def run(self) -> None:
        """Until cancelled. Raises `SpoolBroken` where the disk fails while it is reserved."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._admit())
            tasks.create_task(self._watch())

    def judge(self, plan: InterviewPlan | None = None, refused_space: str = "") -> Readiness:
        """What stands against an interview now; against this one where there is a plan."""
        now_ns, pictures, config = self._mono_ns(), self._pictures, self._config
        left_s, spent = life_of(config.central, datetime.now(UTC))
        sentence = kept(config.central.identity.parent)
        facts = Facts(
            replay=config.replay.file is not None,
            lost=self._faults.lost(),
            fps=pictures.fps,
            wanted_fps=config.camera.fps,
            frozen_ms=pictures.stillness.frozen_ms(now_ns),
            silent_ms=self._silence.silent_ms(now_ns),
            certificate_left_s=left_s,
            certificate_spent=spent,
            interview_s=interview_s(plan) if plan else INTERVIEW_S,
            refused_space=refused_space,
            sentence_heard=sentence.heard if sentence else None,
            shelter=self._shelter,
            allow_unencrypted=config.spool.allow_unencrypted,
        )
        return readiness(facts)

    async def _admit(self) -> None:
        while True:
            command = await self._waiting.get()
            self._stage.command(command, await self._against(command))
            if not self._is_on():
                self._spool.release()  # it did not begin
            self._busy = not self._waiting.empty()

    async def _against(self, command: Command) -> tuple[str, ...]:
        body = command.body
        if not isinstance(body, StartInterview) or self._is_on():
            return ()  # the runner knows why not
        found = self.judge(body.plan, await self._refused_space(body.plan))
        for warning in found.warnings if found.ready else ():
            log.warning("an interview begins nevertheless", warning=str(warning))
        return tuple(map(str, found.reasons))

    async def _refused_space(self, plan: InterviewPlan) -> str:
        """Why the disk cannot keep the whole interview; empty where it is reserved."""
        try:
            async with asyncio.timeout(RESERVE_S):
                sound = self._config.microphone
                await self._spool.reserve(needed_bytes(plan, sound.codec, sound.channels))
        except ReserveRefused as error:
            return str(error)
        except TimeoutError:
            return f"the disk did not give the space within {RESERVE_S:g} s"
        return ""

    def _is_on(self) -> bool:
        return self._stage.view().phase not in {Phase.IDLE, Phase.FINISHED}

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)  # first of all, devices are given time to begin
            found = self.judge()
            self._faults.stand(tuple(map(str, found.reasons)))
            told = tuple(map(str, (*found.reasons, *found.warnings)))
            if told != self._told:
                self._told = told
                _say(found, told)


def _say(found: Readiness, told: tuple[str, ...]) -> None:
    if found.reasons:
        log.warning("not ready for an interview", told=told)
    elif found.warnings:
        log.warning("ready for an interview, with reservations", told=told)
    else:
        log.info("ready for an interview")


def life_of(settings: Central, now: datetime) -> tuple[float | None, float]:
    """(seconds left, share of its life that is over) of the room's certificate; (None, 1) where it is
    unusable: then there is no link, and the link says why.
    """
    try:
        identity = load_identity(settings, now)
    except IdentityError:
        return None, 1.0
    life = identity.not_after - identity.not_before
    return (identity.not_after - now).total_seconds(), (now - identity.not_before) / life
