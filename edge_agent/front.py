"""The side of the room that the candidate sees and touches: the kiosk's page, and what is on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import structlog

from edge_agent.config import Kiosk as KioskSettings
from edge_agent.flow import Feedback, LinkState, Phase
from edge_agent.gaze import SessionStatus
from edge_agent.interview import RunnerView
from edge_agent.interview.check_in import CheckInWay, of_qr
from edge_agent.interview.steps import CheckedIn, Input, Say
from edge_agent.kiosk.mirror import Mirror
from edge_agent.kiosk.server import Kiosk
from edge_agent.kiosk.state import Counts, Surroundings, page_state
from edge_agent.kiosk.words import PRACTICE, Words
from edge_agent.service import clock
from edge_agent.vision.messages import View, Viewed

TOUCHES = 16
"""Presses that may wait; one more is dropped, and said."""
READ_ALOUD = -1
"""What is read on request has no place in the interview's order of what it says."""

log = structlog.get_logger(__name__)


class Reader(Protocol):
    """The room's voice."""

    def say(self, say: Say) -> None: ...

    def hush(self) -> None: ...


class Loudness(Protocol):
    """What is asked of the speaker."""

    @property
    def volume_percent(self) -> int: ...

    def set_volume(self, percent: int) -> None: ...


class Front:
    """Others set what they know; `show` puts it on the page."""

    def __init__(
        self,
        settings: KioskSettings,
        calibration: Callable[[int], SessionStatus | None] = lambda _now_ns: None,
        speaker: Loudness | None = None,
        help_shown: Callable[[], str | None] = lambda: None,
        surveyed: Callable[[], bool] = lambda: False,
    ) -> None:
        """`help_shown` says how a call for a person stands, `surveyed` whether the questions at the end
        are answered.

        `calibration` says which point is shown at a time (CLOCK_MONOTONIC); `speaker` has the volume
        that candidates may change.
        """
        self._speaker = speaker
        self._help_shown, self._surveyed = help_shown, surveyed
        self._calibration = calibration
        set_volume = speaker.set_volume if speaker else lambda _percent: None
        self._mirror = Mirror()
        self._kiosk = Kiosk(
            settings,
            self._touched,
            set_volume,
            on_scan=lambda: self._mirror.scan(clock.mono_ns()),
            picture=lambda: self._mirror.look(clock.mono_ns()),
            on_read=self._asked_to_read,
        )
        self._words = Words()
        self._touches: asyncio.Queue[Input] = asyncio.Queue(maxsize=TOUCHES)
        self.voice: Reader | None = None
        self._phase = Phase.IDLE
        self.link = LinkState.CONNECTING
        self.room_name = ""
        self.level_dbfs: float | None = None
        self.speaking = False

    def serving(self) -> AbstractAsyncContextManager[None]:
        """The page answers while the block runs."""
        return self._kiosk.serving()

    async def carry(self, tell: Callable[[Input], None]) -> None:
        """Presses to `tell`, until cancelled. Through a queue, so that what fails in the room ends the
        room, not a web request.
        """
        while True:
            tell(await self._touches.get())

    def linked(self, link: LinkState) -> None:
        """How the way to central is now."""
        self.link = link

    def take(self, feedback: Feedback) -> None:
        """Central says something to the candidate."""
        self._words.take(feedback, clock.mono_ns())

    def viewed(self, viewed: Viewed) -> None:
        """The camera has a picture for the page, or a QR code is held to it."""
        self._mirror.see(viewed.picture)
        code = of_qr(viewed.code)
        if code is not None:
            self._touched(CheckedIn(CheckInWay.QR, code))

    def wanted(self, view: RunnerView) -> View:
        """What the page wants of the camera now."""
        codes = view.phase is Phase.WAITING and view.check_in.needs_code
        pictures = view.phase is Phase.CHECKING
        return View(*self._mirror.wanted(clock.mono_ns(), pictures=pictures, codes=codes))

    def show(self, view: RunnerView, counts: Counts, faults: tuple[str, ...]) -> None:
        """The page as it has to be now."""
        self._phase = view.phase
        self._words.turn(PRACTICE if view.phase is Phase.PRACTISING else view.turn_id)
        around = Surroundings(
            room_name=self.room_name,
            link=self.link,
            level_dbfs=self.level_dbfs,
            speaking=self.speaking,
            caption=self._words.caption(),
            said=self._words.said(),
            notice=self._words.notice(clock.mono_ns()),
            faults=faults,
            counts=counts,
            calibration=self._calibration(clock.mono_ns()),
            help=self._help_shown(),
            surveyed=self._surveyed(),
            volume_percent=self._speaker.volume_percent if self._speaker else None,
        )
        self._kiosk.show(page_state(view, around))

    def _asked_to_read(self, text: str, language: str) -> None:
        """The notice, while it is shown and nothing else is said; an empty text ends the reading."""
        if self.voice is None or self._phase is not Phase.CONSENTING:
            return
        self.voice.hush()
        if text:
            self.voice.say(Say(text, language, READ_ALOUD))

    def _touched(self, told: Input) -> None:
        try:
            self._touches.put_nowait(told)
        except asyncio.QueueFull:
            log.warning("the kiosk is pressed faster than the room works; a press is dropped")
