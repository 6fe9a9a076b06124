"""`edge-agent preview`: opens the camera, shows a window or writes one picture."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final, Protocol

from edge_agent.config import Config
from edge_agent.doctor.checks.spool import holders
from edge_agent.errors import PreviewRefused
from edge_agent.flow import Rgb, VideoFrame
from edge_agent.preview.drawing import Look, draw
from edge_agent.preview.watching import Watching
from edge_agent.settings import sources as settings
from edge_agent.sources import vision_settings
from edge_agent.vision.settings import VisionSettings

TITLE: Final = "Daedam preview (q to close)"
ESCAPE: Final = 27


class Pictures(Protocol):
    """A camera or a film."""

    fps: float

    def frames(self, stop: threading.Event) -> Iterator[VideoFrame]: ...


def carry_out(wanted: argparse.Namespace) -> int:
    """The exit status: 0, or 1 where a snapshot shows something to mend. Raises `EdgeError`."""
    config = settings.load(wanted.config, os.environ, start=False).config
    refuse(config, snapshot=wanted.snapshot is not None)
    with ExitStack() as stack:
        watching, source = _opened(vision_settings(config, None), config, stack)
        if wanted.snapshot is None:
            _window(watching, source)
            return 0
        look = _look(watching, source, wanted.seconds)
    _save(wanted.snapshot, draw(look))
    sys.stdout.write("".join(f"{line}\n" for line in (wanted.snapshot, *look.advice)))
    return 1 if look.advice else 0


def refuse(config: Config, *, snapshot: bool) -> None:
    """Raises `PreviewRefused` where the agent has the camera, or there is no screen for a window."""
    agents = holders(config.spool.folder) if config.replay.file is None else ()
    if agents:
        raise PreviewRefused(
            f"the running agent (process {agents[0]}) has the camera; stop it while no interview is"
            " on (`sudo systemctl stop daedam-edge`), or look at the room on the dashboard"
        )
    if not snapshot and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise PreviewRefused("there is no screen for a window here; use --snapshot FILE.png")


def _opened(vision: VisionSettings, config: Config, stack: ExitStack) -> tuple[Watching, Pictures]:
    from edge_agent.vision.finders import choose
    from edge_agent.vision.reader import FrameReader

    source = _source(vision)  # a camera that is not there is told before models are loaded
    finders = choose(vision.profile, _path(vision.models), _path(vision.model))
    finder = finders.faces()
    stack.callback(finder.close)
    reader = FrameReader(finder, vision.horizontal_fov_deg)
    return Watching(reader, min(source.fps, config.camera.fps)), source


def _source(vision: VisionSettings) -> Pictures:
    if vision.replay_file:
        from edge_agent.capture.film import Film
        from edge_agent.capture.timeline import Timeline

        timeline = Timeline((), (), time.monotonic_ns())
        return Film(Path(vision.replay_file), lambda: timeline)
    from edge_agent.capture.camera import Camera

    return Camera(vision.camera, vision.width, vision.height, vision.fps)


def _look(watching: Watching, source: Pictures, seconds: float) -> Look:
    """The last of some seconds; that with a face in it where there is one."""
    stop, until_s = threading.Event(), time.monotonic() + seconds
    last: Look | None = None
    for frame in source.frames(stop):
        look = watching.see(frame)
        if last is None or look.landmarks is not None or last.landmarks is None:
            last = look
        if time.monotonic() >= until_s and watching.warm:
            return look if last.landmarks is None else last
    raise PreviewRefused("the camera gave no picture")


def _window(watching: Watching, source: Pictures) -> None:
    import cv2

    stop = threading.Event()
    try:
        cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO)
        for frame in source.frames(stop):
            cv2.imshow(TITLE, draw(watching.see(frame))[:, :, ::-1])
            key = cv2.waitKey(1) & 0xFF
            closed = cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) < 1
            if key in {ord("q"), ESCAPE} or closed:
                break
        cv2.destroyAllWindows()
    except cv2.error as error:
        problem = f"no window can be opened here ({error.msg or error}); use --snapshot FILE.png"
        raise PreviewRefused(problem.replace("\n", " ")) from error


def _save(path: Path, picture: Rgb) -> None:
    import cv2

    _, data = cv2.imencode(".png", picture[:, :, ::-1])
    try:
        # For whoever sets the room up, and nobody else: it shows a person.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data.tobytes())
    except OSError as error:
        problem = f"{path} cannot be written: {error.strerror}"
        raise PreviewRefused(problem) from error


def _path(text: str) -> Path | None:
    return Path(text) if text else None
