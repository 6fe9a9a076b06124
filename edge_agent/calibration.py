"""Between vision and recorder: shows a candidate the points, and puts calibrated gaze on every frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec
import structlog

from edge_agent.config import Screen as ScreenSettings
from edge_agent.emotion import EmotionRest, Figures, against_rest
from edge_agent.flow import (
    Calibration,
    CalibrationProgress,
    CalibrationStage,
    EmotionGlance,
    EmotionLook,
    EmotionNeutral,
    FrameReading,
    Phase,
    ScreenGaze,
    VoiceFrame,
)
from edge_agent.gaze import CalibrationSession, Screen, SessionStatus, ShownGaze, screen_gaze
from edge_agent.interview import RunnerView
from edge_agent.interview.limits import CALIBRATION_LIMIT_MS
from edge_agent.interview.steps import Calibrated, Input

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LiveGaze:
    """What of it staff see: where on the screen the candidate looks, smoothed for the eye, and how far a
    calibration is. None where that is not known, or none is on.
    """

    looks_at: ScreenGaze | None = None
    calibration: CalibrationProgress | None = None


class Calibrator:
    """Everything that is seen goes through it to `pass_on`, with `screen` where the running interview
    has a calibration. While the points are shown it feeds their session and tells what came of it.
    Glances at the face become looks, to `pass_look`, once the face at rest is known.
    """

    def __init__(
        self,
        settings: ScreenSettings,
        figures: Figures = Figures(),  # noqa: B008 - frozen
        *,
        pass_on: Callable[[FrameReading], None],
        pass_look: Callable[[EmotionLook], None] = lambda _look: None,
    ) -> None:
        self._pass_look, self._figures = pass_look, figures
        self._rest = EmotionRest(figures)
        self._neutral: EmotionNeutral | None = None
        self._screen = Screen(**msgspec.structs.asdict(settings))
        self._pass_on = pass_on
        self._shown = ShownGaze(self._screen)
        self._session: CalibrationSession | None = None
        self._using: Calibration | None = None

    def see(self, reading: FrameReading) -> None:
        """A frame, as vision read it."""
        if self._session is not None:
            self._session.frame(reading)
        placed = self._placed(reading)
        self._shown.see(placed)
        self._pass_on(placed)

    def glance(self, glance: EmotionGlance) -> None:
        """What the network says of a picture; it stays here until it is set against the face at rest."""
        if self._session is not None:
            if self._session.at_rest(glance.mono_ns):
                self._rest.see(glance)
        elif self._neutral is not None and self._neutral.log_p is not None:
            self._pass_look(against_rest(glance, self._neutral.log_p, self._figures))

    def hear(self, voice: VoiceFrame) -> None:
        """32 ms of sound; only those of the sentence count."""
        if self._session is not None:
            self._session.hear(voice)

    def tick(self, view: RunnerView, now_ns: int, tell: Callable[[Input], object]) -> None:
        """Ten times a second: begins, goes on, ends as the interview has it; `tell` hears the end."""
        self._using, self._neutral = view.calibration, view.emotion_rest
        if view.phase is not Phase.CALIBRATING or not view.calibration_begun:
            self._session = None  # never begun, through, or skipped halfway
            return
        if self._session is None:
            self._session = CalibrationSession(self._screen, now_ns)
            self._rest = EmotionRest(self._figures)
        self._session.tick(now_ns)
        if self._session.result is not None:
            result, self._session = self._session.result, None
            self._using = result
            outcome = result.outcome.name.lower()
            log.info(
                "gaze", outcome=outcome, error_deg=result.gaze_error_deg, tries=result.attempts
            )
            tell(Calibrated(result, self._rest.neutral() if view.channels.emotion else None))

    def status(self, now_ns: int) -> SessionStatus | None:
        """What the kiosk shows; None while no points are shown."""
        return self._session.status(now_ns) if self._session else None

    def live(self, view: RunnerView, now_ns: int) -> LiveGaze:
        """For those who look on."""
        return LiveGaze(self._shown.at(now_ns), self._progress(view, now_ns))

    def _progress(self, view: RunnerView, now_ns: int) -> CalibrationProgress | None:
        if self._session is not None:
            return self._session.progress(now_ns)
        if view.phase is Phase.CALIBRATING:
            left_ms = max(0, CALIBRATION_LIMIT_MS - view.phase_elapsed_ms)
            return CalibrationProgress(CalibrationStage.OFFERED, left_ms=left_ms)
        return CalibrationProgress(CalibrationStage.WAITING) if view.calibration_waits else None

    def _placed(self, reading: FrameReading) -> FrameReading:
        found = self._using
        if found is None or found.parameters is None or found.gaze_error_deg is None:
            return reading
        looks = screen_gaze(reading, found.parameters, self._screen, found.gaze_error_deg)
        return replace(reading, screen=looks)
