"""Each channel of a span, from its frames: one small function per channel."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from statistics import median

from edge_agent.flow import Channel, FrameReading, Measure, VoiceFrame

VOICE_FRAME_NS = 32_000_000
VOICED_P = 0.5
_CLOSEST_NS = 1_000_000
_FARTHEST_NS = 200_000_000

_MEDIANS: dict[Channel, Callable[[FrameReading], float | None]] = {
    Channel.HEAD_YAW_DEG: lambda f: f.head.yaw_deg if f.head else None,
    Channel.HEAD_PITCH_DEG: lambda f: f.head.pitch_deg if f.head else None,
    Channel.HEAD_ROLL_DEG: lambda f: f.head.roll_deg if f.head else None,
    Channel.EYE_OPENNESS_RATIO: lambda f: (
        (f.eyes.left_openness + f.eyes.right_openness) / 2 if f.eyes else None
    ),
    Channel.GAZE_YAW_DEG: lambda f: f.gaze.yaw_deg if f.gaze else None,
    Channel.GAZE_PITCH_DEG: lambda f: f.gaze.pitch_deg if f.gaze else None,
    Channel.MOUTH_OPEN_RATIO: lambda f: f.mouth.open_ratio if f.mouth else None,
    Channel.SMILE_RATIO: lambda f: f.mouth.smile_ratio if f.mouth else None,
    Channel.BROW_RAISE_RATIO: lambda f: f.brows.raise_ratio if f.brows else None,
    Channel.BROW_GAP_RATIO: lambda f: f.brows.gap_ratio if f.brows else None,
    Channel.SCREEN_X_RATIO: lambda f: f.screen.x_ratio if f.screen else None,
    Channel.SCREEN_Y_RATIO: lambda f: f.screen.y_ratio if f.screen else None,
    Channel.FACE_HEIGHT_RATIO: lambda f: f.face_height_ratio,
}


PICTURE = frozenset(
    {
        *_MEDIANS,
        Channel.PRESENCE_RATIO,
        Channel.FACES_COUNT,
        Channel.BLINKS_COUNT,
        Channel.EYES_CLOSED_RATIO,
        Channel.HEAD_SPEED_DEG_S,
        Channel.ON_SCREEN_RATIO,
    }
)
"""Channels of the frames."""

SOUND = frozenset({Channel.LEVEL_DBFS, Channel.SPEECH_RATIO})
"""Channels of the voice."""


def picture_measures(frames: Sequence[FrameReading], expected: int) -> tuple[Measure, ...]:
    """Channels of the picture; coverage is the share of `expected` frames behind the value."""
    found = {
        channel: (_median(values := _known(frames, read)), len(values))
        for channel, read in _MEDIANS.items()
    }
    seen = [frame for frame in frames if frame.faces > 0]
    presence = len(seen) / len(frames) if frames else None
    found[Channel.PRESENCE_RATIO] = (presence, len(frames))
    most = float(max((frame.faces for frame in frames), default=0)) if frames else None
    found[Channel.FACES_COUNT] = (most, len(frames))
    eyes = [frame.eyes for frame in frames if frame.eyes]
    blinks = float(sum(eye.blink_ended for eye in eyes)) if eyes else None
    found[Channel.BLINKS_COUNT] = (blinks, len(eyes))
    closed = sum(eye.closed for eye in eyes) / len(eyes) if eyes else None
    found[Channel.EYES_CLOSED_RATIO] = (closed, len(eyes))
    screens = [frame.screen for frame in frames if frame.screen]
    on_screen = sum(one.on_screen for one in screens) / len(screens) if screens else None
    found[Channel.ON_SCREEN_RATIO] = (on_screen, len(screens))
    speeds = list(_speeds(frames))
    # A speed needs two frames: the first of a span has none, and costs no coverage.
    found[Channel.HEAD_SPEED_DEG_S] = (_median(speeds), len(speeds) + 1 if speeds else 0)
    return tuple(_measure(channel, *found[channel], expected) for channel in sorted(found))


def sound_measures(voices: Sequence[VoiceFrame], span_ns: int) -> tuple[Measure, ...]:
    """Level (power mean) and share of voice; coverage is the share of the span heard."""
    expected = max(1, span_ns // VOICE_FRAME_NS)
    power = [10 ** (voice.level_dbfs / 10) for voice in voices]
    level = 10 * math.log10(max(sum(power) / len(power), 1e-12)) if power else None
    voiced = sum(voice.probability >= VOICED_P for voice in voices)
    share = voiced / len(voices) if voices else None
    return (
        _measure(Channel.LEVEL_DBFS, level, len(voices), expected),
        _measure(Channel.SPEECH_RATIO, share, len(voices), expected),
    )


def _measure(channel: Channel, value: float | None, behind: int, expected: int) -> Measure:
    if value is None or behind == 0:
        return Measure(channel, None, 0.0)
    return Measure(channel, value, min(1.0, behind / max(expected, behind, 1)))


def _known(
    frames: Iterable[FrameReading], read: Callable[[FrameReading], float | None]
) -> list[float]:
    return [value for frame in frames if (value := read(frame)) is not None]


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def _speeds(frames: Sequence[FrameReading]) -> Iterable[float]:
    """Degrees a second between neighbouring frames, yaw and pitch together."""
    heads = [(frame.mono_ns, frame.head) for frame in frames if frame.head]
    for (t0, a), (t1, b) in pairwise(heads):
        if _CLOSEST_NS <= t1 - t0 <= _FARTHEST_NS:
            turned = math.hypot(b.yaw_deg - a.yaw_deg, b.pitch_deg - a.pitch_deg)
            yield turned / ((t1 - t0) / 1e9)
