"""The room, read in flow order: journal, vision, sound, listener, scoring, runner, speaker, uplink,
kiosk. The only file that knows every part.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, aclosing, suppress
from typing import cast

import structlog

from edge_agent import sources, views
from edge_agent.calibration import Calibrator
from edge_agent.calls import Calls
from edge_agent.config import Config
from edge_agent.doctor.gate import Gate
from edge_agent.doctor.on_request import RoomCheck
from edge_agent.enrolment.renewal import Renewal
from edge_agent.flow import (
    AudioChunk,
    DeviceEvent,
    Disturbance,
    VoiceFrame,
)
from edge_agent.front import Front
from edge_agent.hearing.ears import Ears
from edge_agent.interview import Runner
from edge_agent.interview.steps import Disturbed, SpeechPlayed, Tick, VoiceChanged
from edge_agent.keeping import open_spool
from edge_agent.kiosk.ahead import SpeechAhead
from edge_agent.kiosk.hands import ReplayHands
from edge_agent.kiosk.speaking import room_speaker
from edge_agent.kiosk.voice import Voice
from edge_agent.practice import Practice
from edge_agent.reading_back import ReadingBack
from edge_agent.recorder import Recorder
from edge_agent.service import about, clock
from edge_agent.service.faults import Faults
from edge_agent.service.ids import new_id
from edge_agent.service.notify import Notify
from edge_agent.service.signals import either, stopping
from edge_agent.service.status import status_line
from edge_agent.service.watchdog import Watchdog
from edge_agent.settings.desk import Desk
from edge_agent.settings.remote import Remote
from edge_agent.stage import Stage
from edge_agent.stage_hands import room_hands
from edge_agent.surveys import Surveys
from edge_agent.telemetry.vitals import VitalsReader
from edge_agent.uplink.identity import load_identity
from edge_agent.uplink.reading import ReadingDoor
from edge_agent.uplink.speech import SpeechDoor
from edge_agent.uplink.understood import WordsDoor
from edge_agent.uplink.uplink import Facts, Uplink
from edge_agent.vision import Vision

TICK_S = 0.1
HEALTH_S = 5.0
DRAIN_S = 5.0
"""How long a stopping room waits for central to have everything."""
log = structlog.get_logger(__name__)


class Room:
    """One room PC's agent. `run` returns when it was asked to stop."""

    def __init__(
        self, config: Config, notify: Notify | None = None, remote: Remote | None = None
    ) -> None:
        self._config, self._notify = config, notify or Notify()
        self._replay = sources.open_replay(config)
        load_identity(config.central)  # before any device: sound libraries write pages of their own
        self._faults, self._heard, self._stop = Faults(), False, asyncio.Event()

        # The pipeline.
        self.spool, self._memory = open_spool(config.spool)
        self.recorder = Recorder(self.spool, sources.scoring_rules(config))
        self.calibrator = Calibrator(
            config.screen,
            sources.emotion_figures(config),
            pass_on=self.recorder.add_frame,
            pass_look=self.recorder.add_emotion,
        )
        self.vision = Vision(
            sources.vision_settings(config, self._replay),
            on_reading=self.calibrator.see,
            on_device=self._on_device,
            on_look=self.recorder.add_look,
            on_health=self.recorder.add_health,
            on_glance=self.calibrator.glance,
            patient=self._notify.managed,
        )
        self.sound = sources.sound_source(
            config, self._replay, self._on_device, patient=self._notify.managed
        )
        self.listener = Ears(
            self.spool,
            config.microphone,
            make_id=new_id,
            on_voice=self._on_voice,
            on_speaking=self._on_speaking,
            on_lost=self._on_lost,
        )
        self.vitals = VitalsReader(config, self.spool, self.vision, sound=self.sound)
        self.ahead = SpeechAhead(SpeechDoor(config.central))
        self.speaker = room_speaker(config.speaker, self.ahead)
        self.voice = Voice(
            self.speaker,
            on_playing=self._on_playing,
            on_played=lambda say_id: self.stage.tell(SpeechPlayed(say_id)),
            on_event=self._on_device,
            on_speech=lambda said: self.recorder.add_speech(said, self.stage.view().turn_id),
        )
        runner = Runner(new_id, sources.able(config))
        self.stage = Stage(
            runner,
            self.spool,
            room_hands(
                self.listener,
                self.recorder,
                self.vision,
                self.voice,
                replay=self._replay,
                heard=lambda: self._heard,
            ),
            self._memory,
        )
        self.gate = Gate(config, self.spool, self.vision, self._faults, self.stage)
        self.ahead.pass_on = self.gate.command
        view = self.stage.view
        self.words = ReadingBack(WordsDoor(config.central), view=view, tell=self.stage.tell)
        self.surveys = Surveys(self.spool, make_id=new_id, view=view, tell=self.stage.tell)
        tell = self.surveys.take
        self.calls = Calls(
            self.spool, make_id=new_id, view=view, tell=tell, pass_on=self.ahead.command
        )
        pass_on = self.calls.command
        self.check = RoomCheck(config, self.speaker, self.spool, view=view, pass_on=pass_on)
        first, stop = self.check.command, self.stop
        self.desk = Desk(config, remote, self.spool, pass_on=first, restart=stop)
        self.uplink: Uplink | None = None  # knows the camera's name: made when the room is warm
        self.front = Front(
            config.kiosk,
            self.calibrator.status,
            self.speaker,
            self.calls.shown,
            self.surveys.answered,
        )
        self.vision.on_viewed = self.front.viewed
        self.front.voice = self.voice
        self.practice = Practice(
            ReadingDoor(config.central), self.listener, view=view, show=self.front.take
        )
        self.watchdog = Watchdog(self._notify, self.spool, self.vision, self._faults, self._status)

    async def run(self) -> None:
        """Until `stop`, SIGTERM or SIGINT. Raises `EdgeError` (perhaps in a group)."""
        with stopping(self.stop):
            waiting = self.spool.next_seq - self.spool.oldest_seq
            log.info("spool", folder=str(self._config.spool.folder), records=waiting)
            async with AsyncExitStack() as stack, asyncio.TaskGroup() as tasks:
                first = (self.spool.failed, self.vision.run, self.voice.run)
                work = [tasks.create_task(part()) for part in first]
                await either(tasks, self.vision.settled, self._stop)  # models take seconds to load
                self.uplink = self._make_uplink()
                self._show()
                await stack.enter_async_context(self.front.serving())
                self._memory.resume(self.stage.tell)
                idle, reconnect = (lambda: not self.recorder.interview_id), self.uplink.reconnect
                renewal = Renewal(self._config.central, idle=idle, reconnect=reconnect)
                work.append(tasks.create_task(self.front.carry(self.calls.take)))
                work.append(tasks.create_task(self.words.run()))
                parts = (self._listen, self.uplink.run, self._tick, self._report, self.gate.run)
                last = (self.watchdog.run, renewal.run, self.ahead.run, self.check.run)
                work += [tasks.create_task(part()) for part in (*parts, *last, self.practice.run)]
                self._notify.ready("waiting for an interview")
                log.info("ready", camera=self.vision.camera_name, microphone=self.sound.name)
                await self._stop.wait()
                await self._finish()
                for task in work:
                    task.cancel()

    def stop(self) -> None:
        """Stop in order: keep the open answer, let central have it, then go."""
        self._stop.set()

    # --- start and stop -------------------------------------------------------------------------

    def _make_uplink(self) -> Uplink:
        capabilities = views.capabilities(self.vision, self.sound.name, self.speaker.name)
        return Uplink(
            self._config.central,
            self.spool,
            facts=Facts(about.version(), clock.boot_id(), capabilities),
            on_command=self.desk.command,
            on_feedback=self.front.take,
            on_link=self.front.linked,
        )

    async def _finish(self) -> None:
        self._notify.stopping()
        log.info("stopping")
        self.stage.close()
        self._show()
        assert self.uplink is not None
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_S):
                await self.uplink.drained()
        if left := self._waiting():
            log.warning("stopped; the rest is sent after the next start", records=left)
        await asyncio.to_thread(self.spool.close)

    # --- sources --------------------------------------------------------------------------------

    async def _listen(self) -> None:
        async with aclosing(
            cast("AsyncGenerator[AudioChunk, None]", self.sound.chunks())
        ) as chunks:
            async for chunk in chunks:
                if not self._heard:
                    self._heard = True
                    self.recorder.set_sample_zero(chunk.sample_zero_mono_ns)
                self.listener.hear(chunk)
                self.check.hear(chunk)
                self.practice.hear(chunk)

    def _on_voice(self, voice: VoiceFrame) -> None:
        self.front.level_dbfs = voice.level_dbfs
        self.vitals.hear(voice.level_dbfs)
        self.gate.hear(voice.level_dbfs)
        self.calibrator.hear(voice)
        self.practice.voice(voice)
        self.recorder.add_voice(voice)

    def _on_speaking(self, speaking: bool) -> None:
        self.front.speaking = speaking
        self.stage.tell(VoiceChanged(speaking))

    def _on_lost(self, lost: Disturbance) -> None:
        at = (lost.cause, lost.to_mono_ns, lost.from_mono_ns)
        self.stage.tell(Disturbed(*at, written=True))

    def _on_device(self, event: DeviceEvent) -> None:
        log.info("device", device=event.device, state=event.state.name.lower(), detail=event.detail)
        self._faults.take(event)
        self.spool.append(event, interview_id=self.recorder.interview_id)

    def _on_playing(self, playing: bool) -> None:
        self.listener.playing = playing

    # --- time -----------------------------------------------------------------------------------

    async def _tick(self) -> None:
        hands = ReplayHands(self._replay.script.hands) if self._replay else None
        while True:
            self.watchdog.tick()
            self.stage.tell(Tick())
            view = self.stage.view()
            press = hands.press(view) if hands else None
            if press is not None:
                self.stage.tell(press)
            self.vision.measure(view.channels)
            self.vision.view(self.front.wanted(view))
            self.calibrator.tick(view, clock.mono_ns(), self.stage.tell)
            self.recorder.calibrated(view.calibration)
            self.recorder.tick(clock.mono_ns(), self.vision.counts, view.turn_id)
            self.desk.tick(view.phase, self._heard)
            self._show()
            await asyncio.sleep(TICK_S)

    async def _report(self) -> None:
        while True:
            if self.uplink:
                view = self.stage.view()
                vitals = self.vitals.read(view.phase, self.desk.version)
                told = (*self._faults.now(), *views.for_staff(view))
                health = views.health(self.vision, self.spool, told, vitals)
                self.uplink.report(health)
            await asyncio.sleep(HEALTH_S)

    def _status(self) -> str:
        return status_line(self.stage.view(), self.front.link, self._waiting(), self._faults.now())

    def _waiting(self) -> int:
        return self.spool.next_seq - 1 - self.spool.acked_seq

    def _show(self) -> None:
        """The kiosk and the live reading, ten times a second."""
        view, now_ns = self.stage.view(), clock.mono_ns()
        if self.uplink:
            self.front.room_name = self.uplink.room_name
            measures = self.recorder.latest(now_ns)
            speaking = self.front.speaking and bool(measures)
            gaze = self.calibrator.live(view, now_ns)
            self.uplink.show(
                views.live_reading(view, measures, now_ns=now_ns, speaking=speaking, gaze=gaze)
            )
        self.front.show(view, views.counts(self.vision.counts, self.spool), self._faults.now())
