"""One window a second over everything that is measured, and the last half second for the live view."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from itertools import pairwise

from edge_agent.flow import (
    SAMPLE_RATE_HZ,
    BodyLook,
    CameraHealth,
    FrameReading,
    Measure,
    ScoreWindow,
    VisionCounts,
    VoiceFrame,
)
from edge_agent.scoring.body import Expected, at_room_rates, body_measures
from edge_agent.scoring.cadence import Cadence, told
from edge_agent.scoring.channels import VOICE_FRAME_NS, picture_measures, sound_measures
from edge_agent.scoring.delivery import Baseline, delivery_measures
from edge_agent.scoring.points import Scorer

WINDOW_NS = 1_000_000_000
_GRACE_NS = 200_000_000
_LIVE_NS = 500_000_000
_LIVE_LOOKS_NS = 1_100_000_000
"""The camera's health comes once a second."""
_HEALTH_HOLDS_NS = 1_500_000_000
"""How long a look at the camera says whether its picture is valid: one may come late."""
_FRAMES_KEPT = 1_200
_VOICES_KEPT = 400
_LOOKS_KEPT = 300
_HEALTHS_KEPT = 20
_BEHIND = 10
_HOLE_NS = 250_000_000
_USUAL_FRAME_NS = 33_333_333


class WindowMaker:
    """Collects readings, gives whole windows.

    Windows follow each other without a gap from the first `close_due`. A window closes 200 ms after
    its end, so that the frames of that end have arrived. Every store is bounded; the oldest goes.
    """

    def __init__(
        self, sample_zero_mono_ns: int | None = None, cadence: Cadence | None = None
    ) -> None:
        """`cadence`: which frames are looked at, where not all of a camera's are."""
        self._sample_zero_ns = sample_zero_mono_ns
        self._cadence = cadence
        self._frames: deque[FrameReading] = deque(maxlen=_FRAMES_KEPT)
        self._voices: deque[VoiceFrame] = deque(maxlen=_VOICES_KEPT)
        self._looks: deque[BodyLook] = deque(maxlen=_LOOKS_KEPT)
        self._healths: deque[CameraHealth] = deque(maxlen=_HEALTHS_KEPT)
        self._next_ns: int | None = None
        self._accounted: int | None = None
        self._scorer: Scorer | None = None
        self.baseline = Baseline()
        """The voice of the running interview's candidate in the calibration sentence."""

    def set_sample_zero(self, mono_ns: int) -> None:
        """When sample 0 of the sound was captured. Never told: the first look at the clock takes
        the newest voice frame as just heard.
        """
        self._sample_zero_ns = mono_ns

    def add_frame(self, reading: FrameReading) -> None:
        """In order of capture."""
        self._frames.append(reading)

    def add_voice(self, voice: VoiceFrame) -> None:
        """In order of capture."""
        self._voices.append(voice)

    def add_look(self, look: BodyLook) -> None:
        """In order of capture."""
        self._looks.append(look)

    def add_health(self, health: CameraHealth) -> None:
        """In order of capture."""
        self._healths.append(health)

    def start(self, mono_ns: int, counts: VisionCounts, scorer: Scorer | None = None) -> None:
        """The first window begins now; what came before is not scored. Without a `scorer` windows have
        channels and no points.
        """
        self._next_ns, self._accounted = mono_ns, counts.captured
        self._scorer = scorer
        self.baseline = Baseline()

    def close_due(
        self, now_mono_ns: int, counts: VisionCounts, turn_id: str
    ) -> tuple[ScoreWindow, ...]:
        """The windows that have ended since the last call, oldest first."""
        if self._next_ns is None:
            self.start(now_mono_ns, counts)
        assert self._next_ns is not None
        self._anchor(now_mono_ns)
        if now_mono_ns - self._next_ns > _BEHIND * WINDOW_NS:
            # The agent slept: windows of that time would be empty and wrong about why.
            self._next_ns = now_mono_ns - WINDOW_NS - _GRACE_NS
        closed = []
        while self._next_ns + WINDOW_NS + _GRACE_NS <= now_mono_ns:
            closed.append(self._close(self._next_ns, counts, turn_id))
            self._next_ns += WINDOW_NS
        return tuple(closed)

    def latest(self, now_mono_ns: int) -> tuple[Measure, ...]:
        """Every channel over the last half second; what is looked at less often, over the last."""
        self._anchor(now_mono_ns)
        from_ns = now_mono_ns - _LIVE_NS
        frames = [frame for frame in self._frames if from_ns < frame.mono_ns <= now_mono_ns]
        expected = frames[-1].frame_index - frames[0].frame_index + 1 if frames else 0
        voices = self._heard(from_ns, now_mono_ns)
        return (
            *picture_measures(frames, expected),
            *sound_measures(voices, _LIVE_NS),
            *self._seen(now_mono_ns - _LIVE_LOOKS_NS, now_mono_ns),
            *self._points(frames, expected, from_ns, now_mono_ns),
        )

    def _close(self, start_ns: int, counts: VisionCounts, turn_id: str) -> ScoreWindow:
        end_ns = start_ns + WINDOW_NS
        while self._frames and self._frames[0].mono_ns < start_ns:
            self._frames.popleft()
        frames = [frame for frame in self._frames if frame.mono_ns < end_ns]
        captured, expected = self._due(frames, counts, start_ns, end_ns)
        voices = self._heard(start_ns, end_ns)
        turn_id = _answer_in(voices) or turn_id
        measures = told(
            (
                *picture_measures(frames, expected),
                *sound_measures(voices, WINDOW_NS),
                *delivery_measures(voices, turn_id, WINDOW_NS, self.baseline),
                *self._seen(start_ns, end_ns),
                *self._points(frames, expected, start_ns, end_ns),
            ),
            self._cadence,
        )
        length_ms = WINDOW_NS // 1_000_000
        variant = self._scorer.variant.name if self._scorer else ""
        return ScoreWindow(start_ns, length_ms, captured, len(frames), turn_id, measures, variant)

    def _due(
        self, frames: list[FrameReading], counts: VisionCounts, start_ns: int, end_ns: int
    ) -> tuple[int, int]:
        """How many frames there were, and how many there would be without holes."""
        if self._cadence is not None:
            taken = max(self._cadence.taken(start_ns, end_ns), len(frames))
            return taken, taken
        captured = self._captured(frames, counts)
        return captured, max(captured, _expected(frames, start_ns, end_ns))

    def _captured(self, frames: list[FrameReading], counts: VisionCounts) -> int:
        """Frames are numbered at capture, so those lost between two readings show in the numbers."""
        through = frames[-1].frame_index + 1 if frames else counts.captured
        before = self._accounted if self._accounted is not None else through - len(frames)
        self._accounted = max(before, through)
        return max(len(frames), through - before)

    def _heard(self, from_ns: int, until_ns: int) -> list[VoiceFrame]:
        zero_ns = self._sample_zero_ns
        if zero_ns is None:
            return []
        first = (from_ns - zero_ns) * SAMPLE_RATE_HZ / 1e9
        end = (until_ns - zero_ns) * SAMPLE_RATE_HZ / 1e9
        return [voice for voice in self._voices if first <= voice.first_sample < end]

    def _seen(self, from_ns: int, until_ns: int) -> tuple[Measure, ...]:
        looks = [look for look in self._looks if from_ns <= look.mono_ns < until_ns]
        healths = [one for one in self._healths if from_ns <= one.mono_ns < until_ns]
        return body_measures(
            looks, healths, WINDOW_NS, self._looks_due(from_ns, until_ns, WINDOW_NS)
        )

    def _looks_due(self, from_ns: int, until_ns: int, span_ns: int) -> Expected:
        cadence = self._cadence
        if cadence is None:
            return at_room_rates(span_ns)
        return lambda room_hz: cadence.looks(room_hz, from_ns, until_ns)

    def _points(
        self, frames: Sequence[FrameReading], expected: int, from_ns: int, until_ns: int
    ) -> tuple[Measure, ...]:
        if self._scorer is None:
            return ()
        looks = [look for look in self._looks if from_ns <= look.mono_ns < until_ns]
        known_ns = until_ns - from_ns + _HEALTH_HOLDS_NS
        healths = [one for one in self._healths if until_ns - known_ns <= one.mono_ns < until_ns]
        due = self._looks_due(from_ns, until_ns, until_ns - from_ns)
        return self._scorer.measures(frames, expected, looks, healths, due)

    def _anchor(self, now_mono_ns: int) -> None:
        if self._sample_zero_ns is None and self._voices:
            heard_ns = round(self._voices[-1].first_sample / SAMPLE_RATE_HZ * 1e9)
            self._sample_zero_ns = now_mono_ns - heard_ns - VOICE_FRAME_NS


def _answer_in(voices: Sequence[VoiceFrame]) -> str:
    """The answer that most of the window's sound belongs to: by the time that a window closes the next
    question may be on. Empty where no answer was open.
    """
    counted = Counter(voice.turn_id for voice in voices if voice.turn_id)
    return counted.most_common(1)[0][0] if counted else ""


def _expected(frames: Sequence[FrameReading], start_ns: int, end_ns: int) -> int:
    """How many frames the window would have without its holes: while the vision process is away
    nothing is captured either, and the frames that are there would pass for the whole second.
    """
    moments = [start_ns, *(frame.mono_ns for frame in frames), end_ns]
    gaps = (later - earlier for earlier, later in pairwise(moments))
    holes_ns = sum(gap for gap in gaps if gap > _HOLE_NS)
    seen_ns = max(end_ns - start_ns - holes_ns, len(frames) * _USUAL_FRAME_NS)
    return round(len(frames) * (end_ns - start_ns) / seen_ns) if seen_ns else 0
