"""One uploaded video, from its first frame to the last record that it causes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from edge_agent.config import Config
from edge_agent.flow import AnalyseVideo, VisionCounts
from edge_agent.hearing.codec import make_codec
from edge_agent.offline.conductor import Conductor
from edge_agent.offline.limits import Limits
from edge_agent.offline.media_clock import MediaClock
from edge_agent.offline.messages import About, Up
from edge_agent.offline.playback import Playback
from edge_agent.offline.player import Player, VideoRefused
from edge_agent.offline.preset import Preset
from edge_agent.sources import scoring_rules, vision_settings
from edge_agent.uplink.journal import Spool

REPORT_S = 2.0
_HALF = 0.5
"""Of the spool: beyond it, looking waits for central."""
_STOPPED = "stopped"

Report = Callable[[str, int], Awaitable[bool]]
"""(video, thousandths done) to whether central still wants it."""


class Screening:
    """Runs once; what it writes goes into the spool as it is found."""

    def __init__(  # noqa: PLR0917 - what it is made of
        self,
        config: Config,
        spool: Spool,
        clock: MediaClock,
        conductor: Conductor,
        preset: Preset,
        report: Report,
    ) -> None:
        self._config, self._spool, self._clock = config, spool, clock
        self._conductor, self._preset, self._report = conductor, preset, report
        self._playback: Playback | None = None
        self._next_s = 0.0

    @property
    def counts(self) -> VisionCounts:
        """Frames so far."""
        return self._playback.counts if self._playback else VisionCounts(0, 0, 0, 0)

    async def look(self, wanted: AnalyseVideo, file: Path) -> str:
        """What is to be said of it, empty where it is whole. Raises `VideoRefused`: nothing of it could
        be looked at, or central stopped it.
        """
        settings = vision_settings(self._config, None)
        player = Player(
            file,
            settings,
            preset=self._preset,
            limits=Limits(longest_s=float(wanted.longest_s)),
            from_ns=self._conductor.from_ns,
        )
        told = ""
        try:
            async for message in player.messages():
                await self._take(message, wanted.video_id)
        except VideoRefused as error:
            if error.code == _STOPPED:
                self._conductor.stop("the analysis was stopped")
            if error.code == _STOPPED or not self._conductor.begun:
                raise
            told = error.why  # as far as it goes
        return self._finish(told)

    async def _take(self, message: Up, video_id: str) -> None:
        if isinstance(message, About):
            self._playback = self._made(message.span_ns)
        if self._playback is None:
            raise VideoRefused("crashed", "what looked at it began in the middle")
        self._playback.take(message)
        while self._spool.waiting_bytes > self._config.spool.limit_bytes * _HALF:  # noqa: ASYNC110 - an acknowledgement wakes nobody here
            # Nothing is ever dropped: the process that looks waits, because nobody reads what it says.
            await asyncio.sleep(0.1)
        if self._playback.taken and time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + REPORT_S
            milli = min(1_000, self._playback.seen * 1_000 // self._playback.taken)
            if not await self._report(video_id, milli):
                raise VideoRefused(_STOPPED, "central does not want it any more")

    def _made(self, span_ns: int) -> Playback:
        conductor = self._conductor
        return Playback(
            self._spool,
            scoring_rules(self._config),
            codec=make_codec(self._config.microphone.codec),
            looks_share=self._preset.looks_share,
            begin=conductor.begin,
            reached=conductor.reach,
            turn_at=conductor.turn_at,
            speaking=conductor.speaking,
            base_ns=self._clock.begin(span_ns),
            from_ns=conductor.from_ns,
        )

    def _finish(self, told: str) -> str:
        playback = self._playback
        ended = playback.ended if playback else None
        if playback is None or not self._conductor.begun:
            why = ended.problem if ended else ""
            raise VideoRefused("damaged", why or "it ends before its first answer begins")
        playback.finish()
        if playback.recorder is not None:
            playback.recorder.stop()
        self._conductor.finish()
        about = playback.about.problem if playback.about else ""
        return told or about or (ended.problem if ended else "")


def checked(wanted: AnalyseVideo) -> Preset:
    """The preset of an order that makes sense. Raises `VideoRefused`."""
    starts = wanted.answer_starts_ms
    ordered = bool(starts) and list(starts) == sorted(starts)
    known = wanted.video_id.isascii() and wanted.video_id.isdecimal()
    if not ordered or len(starts) > len(wanted.plan.questions) or not known:
        raise VideoRefused("not_ready", "its answers have no questions, or no order")
    try:
        return Preset(wanted.preset)
    except ValueError:
        raise VideoRefused("not_ready", "this agent does not know the preset") from None
