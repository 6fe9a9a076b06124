"""Inside the vision process: capture in one thread, faces in the main one, all other looks in a second
(`body`), pictures for the kiosk in another (`viewing`), control in the last.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Protocol

from edge_agent.capture.timeline import Timeline
from edge_agent.errors import DeviceError, EdgeError, ModelError, ReplayError
from edge_agent.flow import VideoFrame
from edge_agent.framing import packed
from edge_agent.telemetry.stillness import Stillness, fingerprint
from edge_agent.vision.body import Body
from edge_agent.vision.finders import Finders, choose
from edge_agent.vision.looks import Looker, LookValue, Sight, kinds, lookers, only
from edge_agent.vision.messages import (
    Failed,
    Lacking,
    Measure,
    Opened,
    Read,
    Release,
    Start,
    Stop,
    View,
    looked,
    receive_down,
)
from edge_agent.vision.reader import FrameReader
from edge_agent.vision.ring import Ring
from edge_agent.vision.viewing import Viewing


class Pictures(Protocol):
    """A source of frames: a camera or a film."""

    name: str
    fps: float

    def frames(self, stop: threading.Event) -> Iterator[VideoFrame]:
        """Frames at the source's pace, until `stop`."""
        ...


def work(link: socket.socket) -> int:
    """Runs until the agent says stop or is gone; returns the exit status."""
    first = receive_down(link)
    if not isinstance(first, Start):
        return 2
    try:
        _Child(link, first).run()
    except EdgeError as error:
        link.sendall(packed(_failed(error)))
        return 3
    except OSError:
        return 4  # the agent is gone
    return 0


class _Child:
    def __init__(self, link: socket.socket, start: Start) -> None:
        self._link, self._settings = link, start.settings
        self._releases = start.releases_mono_ns
        self._stop = threading.Event()
        self._ring: Ring[VideoFrame] = Ring()
        self._stillness = Stillness()
        self._speaking = threading.Lock()
        self._failure: EdgeError | None = None
        self._measured = frozenset[str]()
        self._finders: Finders | None = None
        self._viewing = Viewing(lambda viewed: self._send(packed(viewed)))

    def run(self) -> None:
        # The agent may die while this process waits for a camera: listen first.
        threading.Thread(target=self._listen, daemon=True).start()
        source = self._open()  # a camera that is not there is told before models are loaded
        settings = self._settings
        with ExitStack() as stack:
            finders = choose(settings.profile, _path(settings.models), _path(settings.model))
            finder = finders.faces()
            stack.callback(finder.close)
            first = self._settings
            if first.emotion:  # without its model everything else goes on
                first = replace(first, emotion=False)
            self._measured, self._finders = kinds(first), finders
            body = Body(lambda: lookers(first, finders), self._tell, self._body_failed, self._more)
            stack.callback(body.close)
            body.start()
            ran = (finders.profile, finders.fallback)
            self._send(packed(Opened(source.name, finders.provider, source.fps, *ran)))
            stack.callback(self._viewing.close)
            self._viewing.start()
            threading.Thread(target=self._capture, args=(source,), daemon=True).start()
            self._analyse(FrameReader(finder, settings.horizontal_fov_deg), body)
        if self._failure:
            raise self._failure

    def _open(self) -> Pictures:
        settings = self._settings
        if settings.replay_file:
            from edge_agent.capture.film import Film

            return Film(Path(settings.replay_file), self._timeline)
        from edge_agent.capture.camera import Camera

        return Camera(settings.camera, settings.width, settings.height, settings.fps)

    def _timeline(self) -> Timeline:
        settings = self._settings
        return Timeline(settings.replay_holds_s, self._releases, settings.replay_start_mono_ns)

    def _capture(self, source: Pictures) -> None:
        try:
            for frame in source.frames(self._stop):
                self._ring.put(frame)
                self._viewing.show(frame)
        except EdgeError as error:
            self._failure = error
        finally:
            self._ring.close()

    def _analyse(self, reader: FrameReader, body: Body) -> None:
        analysed = 0
        while (frame := self._ring.take()) is not None and not self._stop.is_set():
            settings = self._settings
            reader.with_gaze, reader.with_expression = settings.gaze, settings.expression
            if kinds(settings) != self._measured:
                self._measured = kinds(settings)
                body.change(self._measured)
            reading = reader.read(frame)
            analysed += 1
            counts = (self._ring.captured, analysed, self._ring.dropped)
            mark = fingerprint(frame.image)
            self._send(packed(Read(reading, *counts, mark)))
            self._stillness.see(mark, frame.mono_ns)
            frozen_ms = self._stillness.frozen_ms(frame.mono_ns) or 0
            sight = Sight(frame, reader.landmarks, reading.faces, frozen_ms, reading.head)
            body.show(sight)

    def _tell(self, value: LookValue) -> None:
        self._send(packed(looked(value)))

    def _more(self, kind: str) -> Looker | None:
        """A looker that policy and consent have just allowed; a model that is missing is told."""
        if kind not in kinds(self._settings):
            return None  # switched off again meanwhile
        try:
            *others, made = lookers(only(self._settings, frozenset({kind})), self._finders)
        except ModelError as error:
            self._send(packed(Lacking(kind, str(error))))
            return None
        for one in others:
            one.close()
        return made

    def _body_failed(self, error: Exception) -> None:
        """Looks that have ended must not pass for nobody being there: the whole process starts anew."""
        if not isinstance(error, OSError):  # that one: the agent is gone
            told = ModelError("looks", f"stopped: {error!r}")
            self._failure = error if isinstance(error, EdgeError) else told
        self._ring.close()

    def _listen(self) -> None:
        while (message := receive_down(self._link)) is not None and not isinstance(message, Stop):
            match message:
                case Release():
                    self._releases = (*self._releases, message.at_mono_ns)
                case View():
                    self._viewing.want(message)
                case Measure():
                    self._settings = replace(self._settings, **asdict(message.channels))
        self._stop.set()
        self._ring.close()
        if message is None:
            os._exit(4)  # the agent is gone: nobody is left to close the camera for

    def _send(self, data: bytes) -> None:
        with self._speaking:
            self._link.sendall(data)


def _path(named: str) -> Path | None:
    return Path(named) if named else None


def _failed(error: EdgeError) -> Failed:
    if isinstance(error, DeviceError):
        kind = "replay" if isinstance(error, ReplayError) else "camera"
        return Failed(kind, error.device, error.problem, error.present)
    name = error.model if isinstance(error, ModelError) else ""
    problem = error.problem if isinstance(error, ModelError) else str(error)
    return Failed("model", name, problem, ())
