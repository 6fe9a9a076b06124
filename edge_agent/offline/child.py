"""Inside the process that looks at one file: confined first, then packets counted, then frames and sound
in the order of media time. Decoding, faces and looks each have a thread, and wait for each other.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Any

from edge_agent.errors import EdgeError
from edge_agent.flow import SAMPLE_RATE_HZ, VideoFrame
from edge_agent.framing import packed
from edge_agent.offline.index import Index, index
from edge_agent.offline.messages import (
    About,
    Begin,
    Ended,
    Heard,
    Refused,
    Seen,
    Taken,
    Up,
    Working,
    receive_begin,
)
from edge_agent.offline.opening import NoVideo, Opened, claimed_s, opened
from edge_agent.offline.pictures import Counted, Pictures, count
from edge_agent.offline.sandbox import confine
from edge_agent.offline.soundtrack import SoundTrack
from edge_agent.scoring.cadence import look_hz
from edge_agent.telemetry.stillness import Stillness, fingerprint
from edge_agent.vision.looks import Looker, Sight, lookers
from edge_agent.vision.messages import looked
from edge_agent.vision.rates import Rates
from edge_agent.vision.reader import FrameReader

_NS = 1_000_000_000
_TOLD_AT_ONCE = 20_000
_AHEAD_FRAMES = 4
"""Decoded frames that may wait for the face finder."""
_SHORT_S, _SHORT_RATIO = 1.0, 0.02
"""A file that ends earlier than it says by more than these is cut off."""


def work(link: socket.socket, fd: int) -> int:
    """Looks at the file `fd` and tells over `link`; the exit status."""
    begin = receive_begin(link)
    if begin is None:
        return 1  # nobody is there to be told
    confined_by = confine(begin.limits) if begin.confine else ()
    try:
        _Child(link, fd, begin, confined_by).run()
    except NoVideo as error:
        link.sendall(packed(Refused(error.code, error.why)))
    except EdgeError as error:
        link.sendall(packed(Refused("not_ready", str(error))))
    except MemoryError:
        link.sendall(packed(Refused("memory", "it needs more memory than it may have")))
    except OSError:
        return 4  # the agent is gone
    return 0


class _Child:
    def __init__(
        self, link: socket.socket, fd: int, begin: Begin, confined_by: tuple[str, ...]
    ) -> None:
        self._link, self._fd, self._begin, self._confined_by = link, fd, begin, confined_by
        self._say(Working())

    def run(self) -> None:
        limits = self._begin.limits
        film = opened(self._fd, limits)
        counted = count(film, limits, lambda: self._say(Working()))
        base = film.picture.time_base
        first = min(packet.pts for packet in counted.packets)
        from_pts = first + int(self._begin.from_ns / _NS / float(base))
        found = index(counted.packets, self._begin.every, from_pts)
        with ExitStack() as stack:
            reader, looks = self._models(stack)
            self._tell(film, counted, found, reader.provider)
            stack.callback(film.container.close)
            pictures = Pictures(opened(self._fd, limits), found, limits, self._begin.from_ns)
            zero_s = float(found.first_pts * base)
            sound = SoundTrack(opened(self._fd, limits), zero_s, limits.longest_s)
            self._look(_ahead(pictures), sound, reader.frames, looks)
        told = counted.problem or pictures.problem
        self._say(Ended(told, sound.problem, pictures.rotation_deg))

    def _models(self, stack: ExitStack) -> tuple[_Reader, _Looks]:
        from edge_agent.models.places import FACE, model_file
        from edge_agent.vision.face import MediaPipeFaces

        settings = self._begin.settings
        finder = MediaPipeFaces(Path(settings.model) if settings.model else model_file(FACE))
        stack.callback(finder.close)
        self._say(Working())
        looks = _Looks(lookers(settings), self._begin.looks_share, self._say)
        stack.callback(looks.close)
        frames = FrameReader(finder, settings.horizontal_fov_deg)
        return _Reader(frames, finder.provider), looks

    def _tell(self, film: Opened, counted: Counted, found: Index, provider: str) -> None:
        base = float(film.picture.time_base)
        context, sound = film.picture.codec_context, film.sound
        span_ns = round((found.last_pts - found.first_pts) * base * _NS)
        self._say(
            About(
                container=film.container.format.name,
                video_codec=context.codec.canonical_name,
                audio_codec=None if sound is None else sound.codec_context.codec.canonical_name,
                width=context.width,
                height=context.height,
                frames=found.frames,
                span_ns=span_ns,
                period_ns=round(found.period * base * _NS),
                claimed_s=claimed_s(film.container),
                problem=counted.problem or _cut_off(film, found, span_ns / _NS),
                confined_by=self._confined_by,
                provider=provider,
                versions=_versions(),
            )
        )
        times = [round((pts - found.first_pts) * base * 1e6) for pts in found.taken]
        for at in range(0, len(times), _TOLD_AT_ONCE):
            part = tuple(times[at : at + _TOLD_AT_ONCE])
            self._say(Taken(part, last=at + _TOLD_AT_ONCE >= len(times)))

    def _look(
        self, frames: Iterator[VideoFrame], sound: SoundTrack, reader: FrameReader, looks: _Looks
    ) -> None:
        """The earlier of the next frame and the next sound, until both have ended."""
        still, heard = Stillness(), iter(sound)
        waiting = next(heard, None)
        for frame in frames:
            while waiting is not None and waiting[0] * _NS <= frame.mono_ns * SAMPLE_RATE_HZ:
                self._say(Heard(waiting[0], waiting[1].astype("<i2").tobytes()))
                waiting = next(heard, None)
            reading = reader.read(frame)
            self._say(Seen(reading))
            still.see(fingerprint(frame.image), frame.mono_ns)
            frozen_ms = still.frozen_ms(frame.mono_ns) or 0
            looks.show(Sight(frame, reader.landmarks, reading.faces, frozen_ms))
        looks.settle()
        while waiting is not None:
            self._say(Heard(waiting[0], waiting[1].astype("<i2").tobytes()))
            waiting = next(heard, None)

    def _say(self, message: Up) -> None:
        self._link.sendall(packed(message))


class _Reader:
    def __init__(self, frames: FrameReader, provider: str) -> None:
        self.frames, self.provider = frames, provider


class _Looks:
    """All looks of a frame in a second thread, while the next frame's face is read; none is skipped."""

    def __init__(self, made: list[Looker], share: float, say: Any) -> None:
        self._lookers = {one.kind: one for one in made}
        self._rates = Rates({one.kind: look_hz(one.rate_hz, share) for one in made})
        self._pool = ThreadPoolExecutor(1)
        self._under_way: Future[list[Any]] | None = None
        self._say = say

    def show(self, sight: Sight) -> None:
        """Waits for the looks of the frame before, and tells them."""
        self.settle()
        due = self._rates.due(sight.frame.mono_ns)
        self._under_way = self._pool.submit(
            lambda: [self._lookers[kind].look(sight) for kind in due]
        )

    def settle(self) -> None:
        """Tells what is under way."""
        if self._under_way is not None:
            for value in self._under_way.result():
                self._say(looked(value))
        self._under_way = None

    def close(self) -> None:
        self._pool.shutdown()
        for one in self._lookers.values():
            one.close()


def _ahead(frames: Pictures) -> Iterator[VideoFrame]:
    """The same, decoded in a thread of their own, a few ahead."""
    waiting: queue.Queue[VideoFrame | BaseException | None] = queue.Queue(_AHEAD_FRAMES)
    left = threading.Event()

    def decode() -> None:
        end: BaseException | None = None
        try:
            for frame in frames:
                waiting.put(frame)
                if left.is_set():
                    return
        except BaseException as error:  # noqa: BLE001 - raised again in the other thread
            end = error
        waiting.put(end)

    threading.Thread(target=decode, name="decode", daemon=True).start()
    try:
        while (one := waiting.get()) is not None:
            if isinstance(one, BaseException):
                raise one
            yield one
    finally:
        left.set()


def _cut_off(film: Opened, found: Index, span_s: float) -> str:
    claimed = claimed_s(film.container)
    promised = film.picture.frames
    if promised and found.frames < promised:
        return f"it is cut off: {found.frames} of {promised} frames are there"
    if claimed is not None and claimed - span_s > max(_SHORT_S, _SHORT_RATIO * claimed):
        return f"it is cut off: {span_s:.1f} of {claimed:.1f} s are there"
    return ""


def _versions() -> dict[str, str]:
    import av

    codecs = ".".join(map(str, av.library_versions.get("libavcodec", ())))
    return {"av": av.__version__, "libavcodec": codecs, "mediapipe": version("mediapipe")}
