"""The door before an interview: a room that is not ready does not begin one, and says why.

Commands pass through here in order. Only `StartInterview` waits: disk is reserved for the whole
interview, and what the room sees is judged. The judgement goes on with the command; the runner, which is
pure, refuses by it. What stands against an interview is told as faults meanwhile, so that staff see it
before a candidate comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

import structlog
from cryptography import x509

from edge_agent.config import Config
from edge_agent.doctor.encryption import Shelter, shelter_of
from edge_agent.doctor.ready import (
    INTERVIEW_S,
    Facts,
    Readiness,
    interview_s,
    needed_bytes,
    readiness,
)
from edge_agent.errors import ReserveRefused
from edge_agent.flow import Command, InterviewPlan, Phase, StartInterview
from edge_agent.service import clock
from edge_agent.service.faults import Faults
from edge_agent.telemetry.silence import Silence
from edge_agent.telemetry.stillness import Stillness

WAITING: Final = 64
"""Commands behind a start; one more is dropped, and central sends it again until it is answered."""
LOOK_S: Final = 5.0

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


class Gate:
    """`pass_on` gets every command, with what stands against it; `phase` is the room's now."""

    def __init__(
        self,
        config: Config,
        spool: Reserve,
        pictures: Pictures,
        faults: Faults,
        *,
        pass_on: Callable[[Command, Sequence[str]], None],
        phase: Callable[[], Phase],
        shelter: Callable[[Path], Shelter] = lambda folder: shelter_of(folder).shelter,
        mono_ns: Callable[[], int] = clock.mono_ns,
        wall_ns: Callable[[], int] = clock.wall_ns,
    ) -> None:
        self._config, self._spool, self._pictures, self._faults = config, spool, pictures, faults
        self._pass_on, self._phase = pass_on, phase
        self._mono_ns, self._wall_ns = mono_ns, wall_ns
        self._shelter = shelter(config.spool.folder)
        self._silence = Silence()
        self._waiting: asyncio.Queue[Command] = asyncio.Queue(maxsize=WAITING)
        self._busy = False
        self._told: tuple[str, ...] = ()

    def hear(self, level_dbfs: float) -> None:
        """The level of the microphone right now."""
        self._silence.hear(level_dbfs, self._mono_ns())

    def command(self, command: Command) -> None:
        """Central asks for something. Nothing overtakes a start that waits."""
        if not self._busy and not isinstance(command.body, StartInterview):
            self._pass_on(command, ())
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
        left_s, spent = life_of(config.central.certificate, self._wall_ns())
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
            shelter=self._shelter,
            allow_unencrypted=config.spool.allow_unencrypted,
        )
        return readiness(facts)

    async def _admit(self) -> None:
        while True:
            command = await self._waiting.get()
            self._pass_on(command, await self._against(command))
            if self._phase() in {Phase.IDLE, Phase.FINISHED}:
                self._spool.release()  # it did not begin
            self._busy = not self._waiting.empty()

    async def _against(self, command: Command) -> tuple[str, ...]:
        body = command.body
        if not isinstance(body, StartInterview) or self._phase() not in {
            Phase.IDLE,
            Phase.FINISHED,
        }:
            return ()  # the runner knows why not
        refused = ""
        try:
            await self._spool.reserve(needed_bytes(body.plan))
        except ReserveRefused as error:
            refused = str(error)
        found = self.judge(body.plan, refused)
        for warning in found.warnings:
            log.warning("an interview begins nevertheless", warning=str(warning))
        return tuple(map(str, found.reasons))

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)  # first of all, devices are given time to begin
            found = self.judge()
            self._faults.stand(tuple(map(str, found.reasons)))
            told = tuple(map(str, (*found.reasons, *found.warnings)))
            if told != self._told:
                self._told = told
                log.warning("not ready for an interview" if found.reasons else "ready", told=told)


def life_of(certificate: Path, now_ns: int) -> tuple[float | None, float]:
    """(seconds left, share of its life that is over) of a PEM certificate; (None, 1) without one."""
    try:
        leaf = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (OSError, ValueError):
        return None, 1.0
    begins, ends = leaf.not_valid_before_utc.timestamp(), leaf.not_valid_after_utc.timestamp()
    now_s = now_ns / 1e9
    return ends - now_s, (now_s - begins) / max(1.0, ends - begins)
