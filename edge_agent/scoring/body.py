"""Each channel of a span, from the looks at the body and at the camera: they have rates of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median, median_low
from typing import TypeAlias

from edge_agent.flow import (
    BodyLook,
    CameraHealth,
    Channel,
    HandsLook,
    Measure,
    PeopleLook,
    PostureLook,
)

POSTURE_HZ, HANDS_HZ, PEOPLE_HZ, HEALTH_HZ = 10.0, 5.0, 4.0, 1.0
"""How often each is looked at where nothing keeps it from being."""

Expected: TypeAlias = Callable[[float], float]
"""How many looks a span should have of a kind that a room looks at so many times a second."""

BODY = frozenset(
    {
        Channel.SHOULDER_TILT_DEG,
        Channel.SHOULDER_WIDTH_RATIO,
        Channel.HANDS_COUNT,
        Channel.HAND_SPEED_RATIO_S,
        Channel.PEOPLE_COUNT,
        Channel.BRIGHTNESS_RATIO,
    }
)
"""Channels of the looks."""


def body_measures(
    looks: Sequence[BodyLook],
    healths: Sequence[CameraHealth],
    span_ns: int,
    expected: Expected | None = None,
) -> tuple[Measure, ...]:
    """Medians, and the most people; coverage is looks that measured over looks expected in the span. A
    kind that is switched off has no look, and so no value. `expected`: where a room's rates do not
    hold.
    """
    due = expected or at_room_rates(span_ns)
    postures = [look.posture for look in looks if isinstance(look, PostureLook) and look.posture]
    hands = [look for look in looks if isinstance(look, HandsLook)]
    people = [look.people for look in looks if isinstance(look, PeopleLook)]
    speeds = [look.speed_ratio_s for look in hands if look.speed_ratio_s is not None]
    counts = [float(look.hands) for look in hands]
    usual = median_low(counts) if counts else None
    found = {
        Channel.SHOULDER_TILT_DEG: ([one.shoulder_tilt_deg for one in postures], POSTURE_HZ),
        Channel.SHOULDER_WIDTH_RATIO: ([one.shoulder_width_ratio for one in postures], POSTURE_HZ),
        Channel.HAND_SPEED_RATIO_S: (speeds, HANDS_HZ),
        Channel.BRIGHTNESS_RATIO: ([one.brightness_ratio for one in healths], HEALTH_HZ),
    }
    found[Channel.HANDS_COUNT] = (counts, HANDS_HZ)
    found[Channel.PEOPLE_COUNT] = ([float(count) for count in people], PEOPLE_HZ)
    values: dict[Channel, float | None] = {kind: _median(v) for kind, (v, _) in found.items()}
    values[Channel.HANDS_COUNT] = usual
    values[Channel.PEOPLE_COUNT] = float(max(people)) if people else None
    measures = [_measure(kind, values[kind], len(v), due(hz)) for kind, (v, hz) in found.items()]
    return tuple(sorted(measures, key=lambda measure: measure.channel))


def at_room_rates(span_ns: int) -> Expected:
    """How many looks a span has where nothing keeps them from being; at least one."""
    return lambda rate_hz: max(1.0, rate_hz * span_ns / 1e9)


def _measure(channel: Channel, value: float | None, behind: int, expected: float) -> Measure:
    if value is None or behind == 0:
        return Measure(channel, None, 0.0)
    return Measure(channel, value, min(1.0, behind / expected))


def _median(values: Iterable[float]) -> float | None:
    known = list(values)
    return median(known) if known else None
