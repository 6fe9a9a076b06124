"""The frames that are taken, decoded; the others as far as those need them, and no further."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from edge_agent.flow import VideoFrame
from edge_agent.offline.index import Index, Packet
from edge_agent.offline.limits import Limits
from edge_agent.offline.opening import NoVideo, Opened, too_long

_NS = 1_000_000_000
_LONGEST_SIDE = 1_280
"""Faces are found in far smaller pictures; larger ones only cost."""
_WORD_EVERY = 5_000
_THREADS = 2


@dataclass(slots=True)
class Counted:
    """What the packets say. `problem`: why they end before the file's end."""

    packets: list[Packet] = field(default_factory=list)
    problem: str = ""


def count(opened: Opened, limits: Limits, alive: Callable[[], None]) -> Counted:
    """Every packet of picture, none decoded; `alive` is called now and then. Raises `NoVideo`."""
    import av

    counted, base = Counted(), opened.picture.time_base
    nominal = _nominal(opened.picture)
    low = high = None
    try:
        for packet in opened.container.demux(opened.picture):
            if not packet.size:
                continue
            pts = packet.pts if packet.pts is not None else packet.dts
            if pts is None:
                pts = counted.packets[-1].pts + nominal if counted.packets else 0
            counted.packets.append(Packet(pts, bool(packet.is_keyframe)))
            low = pts if low is None else min(low, pts)
            high = pts if high is None else max(high, pts)
            if float((high - low) * base) > limits.longest_s:
                raise too_long(float((high - low) * base), limits)
            if len(counted.packets) > limits.most_frames:
                raise NoVideo("too_many_frames", "it has more frames than any camera makes")
            if len(counted.packets) % _WORD_EVERY == 0:
                alive()
    except (av.FFmpegError, OSError) as error:
        counted.problem = f"it cannot be read to its end ({error})"
    if not counted.packets:
        raise NoVideo("damaged", "there is no frame in it")
    return counted


class Pictures:
    """Iterates over taken frames as `VideoFrame`s whose time is media time, index the place among the
    taken. What cannot be decoded is left out: `problem` says so at the end.
    """

    def __init__(self, opened: Opened, index: Index, limits: Limits, from_ns: int) -> None:
        self._opened, self._index, self._limits = opened, index, limits
        self._from_ns = from_ns
        self._places = {pts: place for place, pts in enumerate(index.taken)}
        self.problem = ""
        self.rotation_deg = 0

    def __iter__(self) -> Iterator[VideoFrame]:
        import av

        try:
            for frame in self._decoded():
                place = self._places.pop(frame.pts, None)
                if place is None:
                    continue
                base = self._opened.picture.time_base
                at_ns = round(float((frame.pts - self._index.first_pts) * base) * _NS)
                if at_ns >= self._from_ns:
                    yield VideoFrame(place, at_ns, self._upright(frame))
        except (av.FFmpegError, OSError) as error:
            self.problem = f"its picture cannot be decoded to the end ({error})"
        except MemoryError:
            self.problem = "its picture needs more memory than it may have"

    def _decoded(self) -> Iterator[Any]:
        """Frames that cannot be shown are passed over: a damaged one must not end the rest."""
        import av

        stream = self._opened.picture
        context = stream.codec_context
        context.thread_type, context.thread_count = "AUTO", _THREADS
        context.options = {"max_pixels": str(self._limits.most_pixels)}
        place = -1
        for packet in self._opened.container.demux(stream):
            if packet.size:
                place += 1
                if place >= len(self._index.needed) or not self._index.needed[place]:
                    continue
                context.skip_frame = "DEFAULT" if packet.pts in self._places else "NONREF"
            try:
                yield from context.decode(packet if packet.size else None)
            except av.EOFError:
                return
            except av.InvalidDataError:
                self.problem = "some of its pictures are damaged"

    def _upright(self, frame: Any) -> Any:
        """As it is meant to be seen: telephones film on their side and say so."""
        width, height = frame.width, frame.height
        if width * height > self._limits.most_pixels:
            raise NoVideo("picture_too_large", f"a picture in it has {width} x {height} points")
        scale = _LONGEST_SIDE / max(width, height)
        if scale < 1:
            width, height = (max(2, round(side * scale / 2) * 2) for side in (width, height))
        image = frame.to_ndarray(format="rgb24", width=width, height=height)
        self.rotation_deg = round(frame.rotation / 90) * 90 % 360
        return np.ascontiguousarray(np.rot90(image, self.rotation_deg // 90))


def _nominal(stream: Any) -> int:
    rate = float(stream.average_rate or 30)
    return max(1, round(1 / (rate * float(stream.time_base))))
