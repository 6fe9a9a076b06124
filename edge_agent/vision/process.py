"""The agent's side of the vision process: starts it, listens, counts, and restarts it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import asdict, replace

import structlog

from edge_agent.errors import CameraError, EdgeError, ModelError, ReplayError
from edge_agent.flow import (
    BodyLook,
    CameraHealth,
    Channels,
    DeviceEvent,
    DeviceState,
    EmotionGlance,
    FrameReading,
    VisionCounts,
)
from edge_agent.framing import packed
from edge_agent.telemetry.stillness import Stillness
from edge_agent.vision.messages import (
    Failed,
    Lacking,
    Looked,
    Measure,
    Opened,
    Read,
    Release,
    Start,
    Stop,
    View,
    Viewed,
    receive_up,
)
from edge_agent.vision.settings import VisionSettings

log = structlog.get_logger(__name__)

_STOP_TIMEOUT_S = 2.0
_LONGEST_PAUSE_S = 5.0
_FPS_WEIGHT = 0.05

log = structlog.get_logger(__name__)


def _ignore(_value: object) -> None:
    """Nobody asked."""


class Vision:
    """Readings of every frame, and looks at their own rates, for as long as `run` runs.

    Callbacks run in the event loop and must not block. `ready` is set once the models are warm and
    the camera is open. Frame numbers and counts go on over restarts.
    """

    def __init__(
        self,
        settings: VisionSettings,
        *,
        on_reading: Callable[[FrameReading], None],
        on_device: Callable[[DeviceEvent], None],
        on_look: Callable[[BodyLook], None] = _ignore,
        on_health: Callable[[CameraHealth], None] = _ignore,
        on_glance: Callable[[EmotionGlance], None] = _ignore,
        patient: bool = False,
    ) -> None:
        """`patient`: a camera that is not there at the first start is waited for, as one that goes later
        is. Else `run` raises: a person at a terminal wants to read it.
        """
        self._settings = settings
        self._on_reading, self._on_device = on_reading, on_device
        self._on_look, self._on_health, self._on_glance = on_look, on_health, on_glance
        self._view = View(pictures=False, codes=False)
        self.on_viewed: Callable[[Viewed], None] = _ignore
        self._patient = patient
        self.ready = asyncio.Event()
        self.settled = asyncio.Event()
        """It is known how the camera is: `ready`, or told as lost."""
        self.counts = VisionCounts(0, 0, 0, 0)
        self.fps = 0.0
        self.provider = ""
        self.profile = ""
        self.fallback = ""
        self.camera_name = ""
        self.stillness = Stillness()
        self.pid: int | None = None
        self._base = self.counts
        self._releases: tuple[int, ...] = ()
        self._writer: asyncio.StreamWriter | None = None
        self._last_mono_ns: int | None = None
        self._told: DeviceEvent | None = None

    async def run(self) -> None:
        """Until cancelled.

        Raises:
            CameraError, ReplayError, ModelError: at the first start it cannot begin (a camera: unless
                it is patient); later losses are told by `on_device` and tried again.
        """
        pause_s = 0.1
        while True:
            before = self.counts.analysed
            failure = await self._one_child()
            if failure and not self.ready.is_set() and not self._waits_for(failure):
                raise _error(failure)
            if failure:
                self._failed(failure)
                self.settled.set()
            went_well = self.counts.analysed > before
            pause_s = 0.1 if went_well else min(pause_s * 2, _LONGEST_PAUSE_S)
            await asyncio.sleep(pause_s)
            self._rebase()

    def release_hold(self, at_mono_ns: int) -> None:
        """The replay goes on from its next hold."""
        self._releases = (*self._releases, at_mono_ns)
        if self._writer is not None:
            self._writer.write(packed(Release(at_mono_ns)))

    def measure(self, channels: Channels) -> None:
        """From now on exactly this is measured, by this process and by one that replaces it."""
        settings = replace(self._settings, **asdict(channels))
        if settings == self._settings:
            return
        self._settings = settings
        if self._writer is not None:
            self._writer.write(packed(Measure(channels)))

    def view(self, view: View) -> None:
        """From now on the kiosk wants this of the picture; what comes of it is told by `on_viewed`."""
        if view != self._view:
            self._view = view
            if self._writer is not None:
                self._writer.write(packed(view))

    async def _one_child(self) -> Failed | None:
        """One life of the process; a `Failed` where it said why it ended."""
        ours, theirs = socket.socketpair()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "edge_agent.vision", str(theirs.fileno())),
            pass_fds=(theirs.fileno(),),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=_stderr(),
            start_new_session=True,
        )
        theirs.close()
        self.pid = process.pid
        reader, writer = await asyncio.open_connection(sock=ours)
        self._writer = writer
        try:
            writer.write(packed(Start(self._settings, self._releases)) + packed(self._view))
            return await self._listen(reader)
        finally:
            self._writer, self.pid = None, None
            await _end(process, writer)

    async def _listen(self, reader: asyncio.StreamReader) -> Failed | None:
        patience_s = self._settings.start_timeout_s
        now_s = asyncio.get_running_loop().time
        # Of readings alone: looks come from a thread of their own, and go on where the face's hangs.
        until_s = now_s() + patience_s
        while True:
            try:
                async with asyncio.timeout_at(until_s):
                    message = await receive_up(reader)
            except TimeoutError:
                self._kill()  # it hangs: no use in asking
                self._lost(f"no reading for {patience_s:g} s; the vision process is restarted")
                return None
            except EOFError:
                self._lost("the vision process ended; it is restarted")
                return None
            match message:
                case Opened():
                    self._opened(message)
                case Read():
                    patience_s = self._settings.stall_s
                    until_s = now_s() + patience_s
                    self._read(message)
                case Looked():
                    self._looked(message)
                case Viewed():
                    self.on_viewed(message)
                case Lacking():
                    log.warning("not measured", what=message.kind, why=message.problem)
                case Failed():
                    return message

    def _waits_for(self, failure: Failed) -> bool:
        return self._patient and failure.kind == "camera"

    def _kill(self) -> None:
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def _opened(self, opened: Opened) -> None:
        self.camera_name, self.provider = opened.camera, opened.provider
        self.profile, self.fallback = opened.profile, opened.fallback
        if opened.fallback:
            log.warning(
                "no graphics card analyses pictures", profile=self.profile, why=self.fallback
            )
        state = DeviceState.RESTARTED if self.ready.is_set() else DeviceState.READY
        self.ready.set()
        self.settled.set()
        self._told = None
        self._on_device(DeviceEvent("camera", state, opened.camera))

    def _read(self, read: Read) -> None:
        base = self._base
        self.counts = VisionCounts(
            base.captured + read.captured,
            base.analysed + read.analysed,
            base.dropped + read.dropped,
            base.restarts,
        )
        reading = replace(read.reading, frame_index=base.captured + read.reading.frame_index)
        self._measure_fps(reading.mono_ns)
        self.stillness.see(read.fingerprint, reading.mono_ns)
        self._on_reading(reading)

    def _looked(self, looked: Looked) -> None:
        match looked.value:
            case CameraHealth() as health:
                self._on_health(health)
            case EmotionGlance() as glance:
                self._on_glance(glance)
            case None:
                pass  # of a kind that this agent does not know
            case look:
                self._on_look(look)

    def _measure_fps(self, mono_ns: int) -> None:
        if self._last_mono_ns is not None and mono_ns > self._last_mono_ns:
            now = 1e9 / (mono_ns - self._last_mono_ns)
            self.fps = now if self.fps == 0.0 else self.fps + _FPS_WEIGHT * (now - self.fps)
        self._last_mono_ns = mono_ns

    def _failed(self, failure: Failed) -> None:
        """Told once: a camera that stays away is tried again and again, and is no news each time."""
        device = "vision" if failure.kind == "model" else "camera"
        event = DeviceEvent(device, DeviceState.LOST, str(_error(failure)))
        if event != self._told:
            self._told = event
            self._on_device(event)

    def _lost(self, detail: str) -> None:
        self._on_device(DeviceEvent("vision", DeviceState.LOST, detail))

    def _rebase(self) -> None:
        """What the next child counts comes on top; frames it never told of were never seen."""
        self.counts = replace(self.counts, restarts=self.counts.restarts + 1)
        self._base, self._last_mono_ns = self.counts, None


def _error(failed: Failed) -> EdgeError:
    match failed.kind:
        case "camera":
            return CameraError(failed.device, failed.problem, failed.present)
        case "replay":
            return ReplayError(failed.device, failed.problem, failed.present)
        case _:
            return ModelError(failed.device, failed.problem)


def _stderr() -> int | None:
    """MediaPipe writes chatter of its own there; shown only where asked for."""
    return None if os.environ.get("DAEDAM_VISION_STDERR") else asyncio.subprocess.DEVNULL


async def _end(process: asyncio.subprocess.Process, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        writer.write(packed(Stop()))
    try:
        if process.returncode is None:
            async with asyncio.timeout(_STOP_TIMEOUT_S):
                await process.wait()
    except (TimeoutError, asyncio.CancelledError):
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    finally:
        writer.close()
