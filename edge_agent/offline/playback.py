"""What a file holds, given to the listener and the recorder of a room in the order of media time."""

from __future__ import annotations

import uuid
from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from edge_agent.capture.sound import CHUNK_SAMPLES
from edge_agent.flow import (
    SAMPLE_RATE_HZ,
    AudioChunk,
    CameraHealth,
    FrameReading,
    HandsLook,
    Pcm,
    PeopleLook,
    PostureLook,
    VisionCounts,
)
from edge_agent.hearing.codec import PacketCodec
from edge_agent.hearing.listener import Listener
from edge_agent.offline.messages import About, Ended, Heard, Seen, Taken, Up
from edge_agent.recorder import Recorder
from edge_agent.scoring import Cadence, Rules
from edge_agent.uplink.journal import Journal
from edge_agent.vision.messages import Looked

WINDOW_NS = 1_000_000_000
_GRACE_NS = 200_000_000
"""What a window waits for after its end."""
_SHORTEST_NS = 250_000_000
"""A rest that is shorter has no window of its own: codecs fill their last packet up."""
_NS = 1_000_000_000


class Playback:
    """Media time is CLOCK_MONOTONIC counted from `base_ns`. `begin` is called once, when the listener
    and the recorder are there and before anything is heard or seen; `reached` with each media time that
    is about to be heard or seen; `turn_at` says whose answer a media time belongs to.
    """

    def __init__(
        self,
        journal: Journal,
        rules: Rules,
        *,
        codec: PacketCodec,
        looks_share: float,
        begin: Callable[[Playback], None],
        reached: Callable[[int], None] = lambda _ns: None,
        turn_at: Callable[[int], str] = lambda _ns: "",
        speaking: Callable[[bool], None] = lambda _speaking: None,
        make_id: Callable[[], str] = lambda: str(uuid.uuid4()),
        base_ns: int = 0,
        from_ns: int = 0,
    ) -> None:
        """`from_ns`: windows before this media time are known already, or of no answer; the first one
        begins with it.
        """
        self._journal, self._rules, self._codec = journal, rules, codec
        self._looks_share = looks_share
        self._begin, self._reached, self._speaking = begin, reached, speaking
        self._turn_at = turn_at
        self._make_id = make_id
        self._base_ns, self._from_ns = base_ns, from_ns
        self._taken_us = array("q")
        self._before: int | None = None
        self._told_ns = from_ns
        self.seen = 0
        self.about: About | None = None
        self.ended: Ended | None = None
        self.heard_ns = 0
        self.cadence: Cadence | None = None
        self.listener: Listener | None = None
        self.recorder: Recorder | None = None

    @property
    def taken(self) -> int:
        """How many frames are looked at."""
        return len(self._taken_us)

    @property
    def end_ns(self) -> int:
        """Media time at which both picture and sound are over."""
        if self.about is None:
            return 0
        return max(self.about.span_ns + 1, self.heard_ns)

    @property
    def at_ns(self) -> int:
        """Media time up to which everything was looked at."""
        return self._told_ns

    def take(self, message: Up) -> None:
        """The next message. Raises `SpoolFull` where the journal does."""
        match message:
            case About():
                self.about = message
            case Taken():
                self._taken_us.extend(message.at_us)
                if message.last:
                    self._prepare()
            case Seen():
                self._see(message.reading)
            case Looked():
                self._look(message)
            case Heard():
                self._hear(message.at_sample, np.frombuffer(message.pcm, "<i2").astype(np.int16))
            case Ended():
                self.ended = message

    def finish(self) -> None:
        """The last windows; one that the file ends in is closed too. What was cut off has ended where it
        got to.
        """
        if self.recorder is not None:
            begun = (self.reached_ns - self._from_ns - _SHORTEST_NS) // WINDOW_NS + 1
            least = 0 if self._from_ns else 1
            self._pass(self._from_ns + max(begun, least) * WINDOW_NS + _GRACE_NS)

    @property
    def reached_ns(self) -> int:
        """Media time that was got to: the end, where the process came to it."""
        if self.ended is not None and not self.ended.problem:
            return self.end_ns
        return max(self._before or 0, self.heard_ns if self.ended is not None else 0)

    @property
    def counts(self) -> VisionCounts:
        """Frames that are taken, and those of them that were looked at."""
        return VisionCounts(self.taken, self.seen, 0, 0)

    def count(self, from_ns: int, until_ns: int) -> int:
        """Frames that are looked at in a span of CLOCK_MONOTONIC."""
        first = bisect_left(self._taken_us, (from_ns - self._base_ns) / 1000)
        return bisect_left(self._taken_us, (until_ns - self._base_ns) / 1000) - first

    def _prepare(self) -> None:
        assert self.about is not None
        # A single frame has no neighbour: it is as far from one as can be.
        period_ns = self.about.period_ns or 10 * _NS
        self.cadence = Cadence(self.count, period_ns, self._looks_share)
        self.recorder = Recorder(self._journal, self._rules, self.cadence)
        self.recorder.set_sample_zero(self._base_ns)
        recorder = self.recorder
        self.listener = Listener(
            self._journal,
            make_id=self._make_id,
            on_voice=recorder.add_voice,
            on_speaking=self._speaking,
            codec=self._codec,
        )
        self._begin(self)

    def _see(self, reading: FrameReading) -> None:
        """Looks of the frame before last have come by now: time may pass up to the last one."""
        assert self.recorder is not None
        if self._before is not None:
            self._pass(self._before - 1)
        self._reached(reading.mono_ns)
        self._before = reading.mono_ns
        self.seen += 1
        self.recorder.add_frame(replace(reading, mono_ns=self._base_ns + reading.mono_ns))

    def _look(self, message: Looked) -> None:
        assert self.recorder is not None
        value = message.value
        if value is None:
            return
        value = replace(value, mono_ns=self._base_ns + value.mono_ns)
        match value:
            case CameraHealth():
                self.recorder.add_health(value)
            case PostureLook() | HandsLook() | PeopleLook():
                self.recorder.add_look(value)
            case _:
                pass  # no policy allows expression to be read from an upload

    def _hear(self, at: int, pcm: Pcm) -> None:
        assert self.listener is not None
        for first in range(0, len(pcm), CHUNK_SAMPLES):
            part = pcm[first : first + CHUNK_SAMPLES]
            sample = at + first
            self._reached(sample * _NS // SAMPLE_RATE_HZ)
            mono_ns = self._base_ns + sample * _NS // SAMPLE_RATE_HZ
            gap = sample != self.listener.next_sample
            self.listener.hear(AudioChunk(0, sample, mono_ns, part, gap))
        self.heard_ns = (at + len(pcm)) * _NS // SAMPLE_RATE_HZ

    def _pass(self, until_ns: int) -> None:
        """Second by second: a recorder takes a longer step for sleep."""
        assert self.recorder is not None
        while self._told_ns < until_ns:
            self._told_ns = min(self._told_ns + WINDOW_NS, until_ns)
            turn_id = self._turn_at(max(0, self._told_ns - _GRACE_NS - WINDOW_NS))
            self.recorder.tick(self._base_ns + self._told_ns, self.counts, turn_id)
