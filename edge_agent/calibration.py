"""Between vision and recorder: shows a candidate the points, and puts calibrated gaze on every frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import structlog

from edge_agent.config import Screen as ScreenSettings
from edge_agent.flow import Calibration, FrameReading, Phase, VoiceFrame
from edge_agent.gaze import CalibrationSession, Screen, SessionStatus, screen_gaze
from edge_agent.interview import RunnerView
from edge_agent.interview.steps import Calibrated, Input

log = structlog.get_logger(__name__)


class Calibrator:
    """Everything that is seen goes through it to `pass_on`, with `screen` where the running interview
    has a calibration. While the points are shown it feeds their session and tells what came of it.
    """

    def __init__(
        self, settings: ScreenSettings, *, pass_on: Callable[[FrameReading], None]
    ) -> None:
        self._screen = Screen(**msgspec.structs.asdict(settings))
        self._pass_on = pass_on
        self._session: CalibrationSession | None = None
        self._using: Calibration | None = None

    def see(self, reading: FrameReading) -> None:
        """A frame, as vision read it."""
        if self._session is not None:
            self._session.frame(reading)
        self._pass_on(self._placed(reading))

    def hear(self, voice: VoiceFrame) -> None:
        """32 ms of sound; only those of the sentence count."""
        if self._session is not None:
            self._session.hear(voice)

    def tick(self, view: RunnerView, now_ns: int, tell: Callable[[Input], object]) -> None:
        """Ten times a second: begins, goes on, ends as the interview has it; `tell` hears the end."""
        self._using = view.calibration
        if view.phase is not Phase.CALIBRATING or not view.calibration_begun:
            self._session = None  # never begun, through, or skipped halfway
            return
        if self._session is None:
            self._session = CalibrationSession(self._screen, now_ns)
        self._session.tick(now_ns)
        if self._session.result is not None:
            result, self._session = self._session.result, None
            self._using = result
            outcome = result.outcome.name.lower()
            log.info(
                "gaze", outcome=outcome, error_deg=result.gaze_error_deg, tries=result.attempts
            )
            tell(Calibrated(result))

    def status(self, now_ns: int) -> SessionStatus | None:
        """What the kiosk shows; None while no points are shown."""
        return self._session.status(now_ns) if self._session else None

    def _placed(self, reading: FrameReading) -> FrameReading:
        found = self._using
        if found is None or found.parameters is None or found.gaze_error_deg is None:
            return reading
        looks = screen_gaze(reading, found.parameters, self._screen, found.gaze_error_deg)
        return replace(reading, screen=looks)
