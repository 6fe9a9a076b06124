"""A calibration as a state machine: read a sentence, five points, slow head movement, four held-out
points; once more where the error is large. Time is an argument, in CLOCK_MONOTONIC nanoseconds.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from edge_agent.flow import (
    Calibration,
    CalibrationOutcome,
    CalibrationProgress,
    CalibrationStage,
    FrameReading,
    VoiceFrame,
)
from edge_agent.gaze.collecting import Attempt, Verdict
from edge_agent.gaze.course import (
    COLLECT_MS,
    COURSE,
    DONE,
    HEAD_MS,
    MOST_ATTEMPTS,
    MOST_ERROR_DEG,
    MS,
    POINT_LIMIT_MS,
    READ,
    READ_LIMIT_MS,
    SETTLE_MS,
    VOICED_MS,
    Kind,
    Step,
)
from edge_agent.gaze.rest import Rest
from edge_agent.gaze.screen import Screen

UNSEEN_NS = 700_000_000
"""Without eyes for this long the candidate is told."""


@dataclass(frozen=True, slots=True)
class SessionStatus:
    """What the kiosk shows. `position` of `count` steps of this attempt; `seen` is false where the
    camera has not found the eyes for a while; `progress` of this step, 0 to 1.
    """

    kind: Kind
    name: str
    x_ratio: float
    y_ratio: float
    position: int
    count: int
    attempt: int
    seen: bool
    progress: float


class CalibrationSession:
    """Created, started, fed, asked. `result` is None until it is over; a skip is the room's matter."""

    def __init__(self, screen: Screen, now_ns: int) -> None:
        """Starts with the sentence."""
        self._screen = screen
        self._rest = Rest()
        self._attempt, self._attempts = Attempt(screen), 1
        self._waiting: deque[Step] = deque()
        self._shown_again: set[Step] = set()
        self._step, self._step_ns = READ, now_ns
        self._sentence_ns = (now_ns, now_ns)
        self._seen_ns = now_ns
        self.result: Calibration | None = None

    def frame(self, reading: FrameReading) -> None:
        """A frame, as it was captured; those from before a point settled are dropped."""
        if reading.gaze is not None:
            self._seen_ns = max(self._seen_ns, reading.mono_ns)
        step = self._step
        settled = reading.mono_ns - self._step_ns >= SETTLE_MS * MS
        if step.kind in {Kind.READ, Kind.DONE} or not settled:
            return
        self._attempt.add(step, reading)
        if step.kind is not Kind.HEAD:
            self._rest.see(reading)

    def at_rest(self, mono_ns: int) -> bool:
        """Whether the candidate was looking at a still point then, and not speaking."""
        still = self._step.kind in {Kind.POINT, Kind.CHECK}
        return still and mono_ns - self._step_ns >= SETTLE_MS * MS

    def hear(self, voice: VoiceFrame) -> None:
        """32 ms of sound."""
        if self._step.kind is Kind.READ:
            self._rest.hear(voice)

    def tick(self, now_ns: int) -> None:
        """Time passed: the step may be over."""
        while self.result is None and self._is_over(now_ns):
            self._go_on(now_ns)

    def status(self, now_ns: int) -> SessionStatus:
        """As it stands."""
        step = self._step
        position = COURSE.index(step) + 1 if step in COURSE else 0
        return SessionStatus(
            kind=step.kind,
            name=step.name,
            x_ratio=step.x_ratio,
            y_ratio=step.y_ratio,
            position=position,
            count=len(COURSE),
            attempt=self._attempts,
            seen=now_ns - self._seen_ns < UNSEEN_NS,
            progress=self._progress(now_ns),
        )

    def progress(self, now_ns: int) -> CalibrationProgress:
        """For those who look on."""
        shown = self.status(now_ns)
        elapsed_ms = (now_ns - self._step_ns) // MS
        return CalibrationProgress(
            stage=CalibrationStage[shown.kind.name],
            name=shown.name if self._step in COURSE else "",
            position=shown.position,
            count=shown.count,
            attempt=shown.attempt,
            seen=shown.seen,
            left_ms=max(0, _limit_ms(self._step) - elapsed_ms),
            missed=len(self._shown_again),
            points=self._attempt.so_far(),
        )

    def _progress(self, now_ns: int) -> float:
        match self._step.kind:
            case Kind.READ:
                return min(1.0, self._rest.voiced_ms / VOICED_MS)
            case Kind.DONE:
                return 1.0
            case Kind.HEAD:
                whole_ms = SETTLE_MS + HEAD_MS
            case _:
                whole_ms = SETTLE_MS + COLLECT_MS
        return min(1.0, max(0.0, (now_ns - self._step_ns) / (whole_ms * MS)))

    def _is_over(self, now_ns: int) -> bool:
        elapsed_ms = (now_ns - self._step_ns) / MS
        match self._step.kind:
            case Kind.READ:
                return self._rest.voiced_ms >= VOICED_MS or elapsed_ms >= READ_LIMIT_MS
            case Kind.HEAD:
                return elapsed_ms >= SETTLE_MS + HEAD_MS
            case Kind.DONE:
                return False
        if elapsed_ms < SETTLE_MS + COLLECT_MS:
            return False
        return elapsed_ms >= POINT_LIMIT_MS or self._attempt.enough(self._step)

    def _go_on(self, now_ns: int) -> None:
        step = self._step
        self._attempt.settle(step)
        if step.kind is Kind.READ:
            self._sentence_ns = (self._step_ns, now_ns)
            self._waiting = deque(COURSE)
        elif step.kind is Kind.POINT and not self._attempt.enough(step):
            self._show_again(step)
        if not self._waiting:
            self._judge()
        self._step = self._waiting.popleft() if self._waiting else DONE
        self._step_ns = now_ns

    def _show_again(self, step: Step) -> None:
        """Once, after the other points and before the head moves."""
        if step in self._shown_again:
            return
        self._shown_again.add(step)
        self._attempt.clear(step)
        left = [one for one in self._waiting if one.kind is Kind.POINT]
        self._waiting.insert(len(left), step)

    def _judge(self) -> None:
        verdict = self._attempt.verdict()
        good = verdict.error_deg is not None and verdict.error_deg <= MOST_ERROR_DEG
        if not good and self._attempts < MOST_ATTEMPTS:
            self._attempts += 1
            self._attempt = Attempt(self._screen)
            self._waiting = deque(COURSE)
            self._shown_again.clear()
            return
        self.result = self._calibration(verdict, good=good)

    def _calibration(self, verdict: Verdict, *, good: bool) -> Calibration:
        return Calibration(
            CalibrationOutcome.CALIBRATED if good else CalibrationOutcome.FAILED,
            verdict.error_deg,
            verdict.parameters if good else None,
            verdict.points,
            self._rest.neutral(),
            self._attempts,
            sentence_from_mono_ns=self._sentence_ns[0],
            sentence_to_mono_ns=self._sentence_ns[1],
        )


def _limit_ms(step: Step) -> int:
    """When it ends whatever is seen."""
    match step.kind:
        case Kind.READ:
            return READ_LIMIT_MS
        case Kind.HEAD:
            return SETTLE_MS + HEAD_MS
        case Kind.DONE:
            return 0
    return POINT_LIMIT_MS
