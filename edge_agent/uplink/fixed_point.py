"""Frames of a second as columns of small integers: what `FrameReadings` carries on the wire.

A value that was not measured is 0 and its bit in `measured` is not set; 0 alone means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from edge_agent.flow import FrameReading

FACE, HEAD, EYES, GAZE, MOUTH, CLOSED, BLINKED = 1, 2, 4, 8, 16, 32, 64
BROWS, SCREEN, ON_SCREEN = 128, 256, 512
"""Bits of `measured`, as in measuring.proto."""

_U32 = 2**32 - 1
_S32 = 2**31 - 1


@dataclass(slots=True)
class Columns:
    """One entry per frame in each list; names equal the fields of `daedam.v1.FrameReadings`."""

    first_mono_ns: int = 0
    offset_us: list[int] = field(default_factory=list)
    measured: list[int] = field(default_factory=list)
    faces: list[int] = field(default_factory=list)
    head_yaw_cdeg: list[int] = field(default_factory=list)
    head_pitch_cdeg: list[int] = field(default_factory=list)
    head_roll_cdeg: list[int] = field(default_factory=list)
    left_eye_milli: list[int] = field(default_factory=list)
    right_eye_milli: list[int] = field(default_factory=list)
    gaze_yaw_cdeg: list[int] = field(default_factory=list)
    gaze_pitch_cdeg: list[int] = field(default_factory=list)
    mouth_open_milli: list[int] = field(default_factory=list)
    mouth_width_milli: list[int] = field(default_factory=list)
    smile_milli: list[int] = field(default_factory=list)
    brow_raise_milli: list[int] = field(default_factory=list)
    brow_gap_milli: list[int] = field(default_factory=list)
    screen_x_milli: list[int] = field(default_factory=list)
    screen_y_milli: list[int] = field(default_factory=list)
    face_height_milli: list[int] = field(default_factory=list)


def columns(frames: tuple[FrameReading, ...]) -> Columns:
    """Hundredths of a degree, thousandths of a ratio, microseconds after the first frame."""
    packed = Columns(first_mono_ns=frames[0].mono_ns if frames else 0)
    for frame in frames:
        packed.offset_us.append(unsigned((frame.mono_ns - packed.first_mono_ns) / 1000))
        packed.measured.append(_bits(frame))
        packed.faces.append(frame.faces)
        _head(packed, frame)
        _eyes_and_gaze(packed, frame)
        _mouth(packed, frame)
        _brows_and_screen(packed, frame)
    return packed


def _bits(frame: FrameReading) -> int:
    bits = FACE if frame.faces else 0
    bits |= HEAD if frame.head else 0
    bits |= EYES if frame.eyes else 0
    bits |= GAZE if frame.gaze else 0
    bits |= MOUTH if frame.mouth else 0
    bits |= BROWS if frame.brows else 0
    if frame.screen is not None:
        bits |= SCREEN | (ON_SCREEN if frame.screen.on_screen else 0)
    if frame.eyes is not None:
        bits |= CLOSED if frame.eyes.closed else 0
        bits |= BLINKED if frame.eyes.blink_ended else 0
    return bits


def _head(packed: Columns, frame: FrameReading) -> None:
    head = frame.head
    packed.head_yaw_cdeg.append(signed(head.yaw_deg * 100) if head else 0)
    packed.head_pitch_cdeg.append(signed(head.pitch_deg * 100) if head else 0)
    packed.head_roll_cdeg.append(signed(head.roll_deg * 100) if head else 0)


def _eyes_and_gaze(packed: Columns, frame: FrameReading) -> None:
    eyes, gaze = frame.eyes, frame.gaze
    packed.left_eye_milli.append(unsigned(eyes.left_openness * 1000) if eyes else 0)
    packed.right_eye_milli.append(unsigned(eyes.right_openness * 1000) if eyes else 0)
    packed.gaze_yaw_cdeg.append(signed(gaze.yaw_deg * 100) if gaze else 0)
    packed.gaze_pitch_cdeg.append(signed(gaze.pitch_deg * 100) if gaze else 0)


def _mouth(packed: Columns, frame: FrameReading) -> None:
    mouth = frame.mouth
    packed.mouth_open_milli.append(unsigned(mouth.open_ratio * 1000) if mouth else 0)
    packed.mouth_width_milli.append(unsigned(mouth.width_ratio * 1000) if mouth else 0)
    packed.smile_milli.append(signed(mouth.smile_ratio * 1000) if mouth else 0)


def _brows_and_screen(packed: Columns, frame: FrameReading) -> None:
    brows, screen = frame.brows, frame.screen
    packed.brow_raise_milli.append(unsigned(brows.raise_ratio * 1000) if brows else 0)
    packed.brow_gap_milli.append(unsigned(brows.gap_ratio * 1000) if brows else 0)
    packed.screen_x_milli.append(signed(screen.x_ratio * 1000) if screen else 0)
    packed.screen_y_milli.append(signed(screen.y_ratio * 1000) if screen else 0)
    packed.face_height_milli.append(unsigned((frame.face_height_ratio or 0.0) * 1000))


def unsigned(value: float) -> int:
    """To the nearest, clamped: a frame out of any range must not cost the others of its second."""
    return min(max(round(value), 0), _U32)


def signed(value: float) -> int:
    """To the nearest, clamped."""
    return min(max(round(value), -_S32), _S32)
