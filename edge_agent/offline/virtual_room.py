"""A room without a chair: enrolled as any other, it takes uploaded videos and writes what a room would.

The pipeline in flow order: a command, the file (`door`), one look at it (`screening`), the spool, the
uplink. One video at a time; a killed agent begins the answer anew that it was in.
"""

from __future__ import annotations

import asyncio
import math
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import structlog

from edge_agent.config import Config
from edge_agent.enrolment.renewal import Renewal
from edge_agent.errors import CentralAway
from edge_agent.flow import (
    AnalyseVideo,
    Capabilities,
    Command,
    CommandOutcome,
    CommandResult,
    Health,
    VisionCounts,
)
from edge_agent.interview.memory import Memory
from edge_agent.keeping import open_spool
from edge_agent.offline.conductor import Conductor
from edge_agent.offline.door import Door
from edge_agent.offline.media_clock import MediaClock
from edge_agent.offline.player import VideoRefused
from edge_agent.offline.screening import Screening, checked
from edge_agent.service import about, clock
from edge_agent.service.notify import Notify
from edge_agent.service.signals import stopping
from edge_agent.uplink.identity import load_identity
from edge_agent.uplink.uplink import Facts, Uplink

WAITING = 32
"""Videos that may wait; central sends those again that found no place."""
HEALTH_S = 5.0
AGAIN_S = 5.0
DRAIN_S = 5.0
_HAS = Capabilities("uploaded videos", "uploaded videos", "", "mediapipe-cpu")
_NONE = VisionCounts(0, 0, 0, 0)

log = structlog.get_logger(__name__)


class VirtualRoom:
    """`run` returns when it was asked to stop."""

    def __init__(self, config: Config, notify: Notify | None = None) -> None:
        self._config, self._notify = config, notify or Notify()
        load_identity(config.central)
        self._clock = MediaClock()
        self.spool, self._memory = open_spool(config.spool, away_s=math.inf, now=self._clock.now)
        self._left: Memory | None = self._memory.recalled
        self._door = Door(config.central)
        self._files = config.spool.folder / "videos"
        self._files.mkdir(mode=0o700, exist_ok=True)
        self._waiting: asyncio.Queue[tuple[Command, AnalyseVideo]] = asyncio.Queue(WAITING)
        self._known: dict[str, None] = {}
        self._screening: Screening | None = None
        self._busy = False
        self._stop = asyncio.Event()
        self._uplink = Uplink(
            config.central,
            self.spool,
            facts=Facts(about.version(), clock.boot_id(), _HAS),
            on_command=self._command,
            on_feedback=lambda _feedback: None,
            on_link=lambda _link: None,
        )

    async def run(self) -> None:
        """Until `stop`, SIGTERM or SIGINT. Raises `EdgeError` (perhaps in a group)."""
        with stopping(self.stop):
            async with AsyncExitStack(), asyncio.TaskGroup() as tasks:
                renewal = Renewal(
                    self._config.central,
                    idle=lambda: not self._busy,
                    reconnect=self._uplink.reconnect,
                )
                parts = (self.spool.failed, self._uplink.run, self._work, self._report, renewal.run)
                work = [tasks.create_task(part()) for part in parts]
                self._notify.ready("waiting for a video")
                log.info("ready for uploaded videos")
                await self._stop.wait()
                self._notify.stopping()
                work[2].cancel()
                with suppress(TimeoutError):
                    async with asyncio.timeout(DRAIN_S):
                        await self._uplink.drained()
                await asyncio.to_thread(self.spool.close)
                for task in work:
                    task.cancel()

    def stop(self) -> None:
        """The video that is looked at is gone on with at the next start."""
        self._stop.set()

    def _command(self, command: Command) -> None:
        if command.command_id in self._known:
            return
        match command.body:
            case AnalyseVideo() if clock.wall_ns() <= command.expires_wall_ns:
                with suppress(asyncio.QueueFull):
                    self._waiting.put_nowait((command, command.body))
                    self._known[command.command_id] = None
            case AnalyseVideo():
                self._answer(command, CommandOutcome.EXPIRED, "It came after its expiry.")
            case None:
                self._answer(command, CommandOutcome.UNKNOWN, "This agent does not know it.")
            case _:
                why = "This room analyses uploaded videos; nobody sits in it."
                self._answer(command, CommandOutcome.REFUSED, why)

    def _answer(self, command: Command, outcome: CommandOutcome, detail: str) -> None:
        self._known[command.command_id] = None
        self.spool.append(CommandResult(command.command_id, outcome, detail))

    async def _work(self) -> None:
        while True:
            command, wanted = await self._waiting.get()
            self._busy = True
            log.info("a video is analysed", video=wanted.video_id)
            file = self._files / f"{int(wanted.video_id)}.video"
            try:
                told = await self._analyse(wanted, file)
                self._answer(command, CommandOutcome.DONE, told)
                log.info("a video was analysed", video=wanted.video_id, told=told)
            except VideoRefused as error:
                log.warning("a video is refused", video=wanted.video_id, code=error.code)
                self._answer(command, CommandOutcome.REFUSED, f"{error.code}: {error.why}")
            finally:
                self._busy = False
                self._clock.end()
            file.unlink(missing_ok=True)

    async def _analyse(self, wanted: AnalyseVideo, file: Path) -> str:
        """What is to be said of it, empty where it is whole. Raises `VideoRefused`."""
        preset = checked(wanted)
        await self._fetched(wanted, file)
        memory, self._left = self._left, None
        if memory is not None and memory.plan.interview_id != wanted.plan.interview_id:
            memory = None
        conductor = Conductor(wanted, self.spool, self._clock, self._memory, memory)
        screening = Screening(
            self._config, self.spool, self._clock, conductor, preset, self._door.report
        )
        self._screening = screening
        return await screening.look(wanted, file)

    async def _fetched(self, wanted: AnalyseVideo, file: Path) -> None:
        while True:
            try:
                await self._door.fetch(wanted, file)
            except CentralAway as error:
                log.warning("the video is fetched again", why=str(error))
                await asyncio.sleep(AGAIN_S)
            else:
                return

    async def _report(self) -> None:
        """Central counts a room as away that says nothing."""
        while True:
            self._notify.watchdog()
            self._uplink.report(
                Health(
                    wall_ns=clock.wall_ns(),
                    frames=self._screening.counts if self._screening else _NONE,
                    fps=0.0,
                    records_appended=self.spool.next_seq - 1,
                    records_acked=self.spool.acked_seq,
                    spool_bytes=self.spool.waiting_bytes,
                    faults=(),
                )
            )
            await asyncio.sleep(HEALTH_S)
