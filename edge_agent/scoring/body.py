"""Each channel of a span, from the looks at the body and at the camera: they have rates of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median, median_low

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
    looks: Sequence[BodyLook], healths: Sequence[CameraHealth], span_ns: int
) -> tuple[Measure, ...]:
    """Medians, and the most people; coverage is looks that measured over looks expected in the span. A
    kind that is switched off has no look, and so no value.
    """
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
    measures = [_measure(kind, _median(v), len(v), hz, span_ns) for kind, (v, hz) in found.items()]
    measures.append(_measure(Channel.HANDS_COUNT, usual, len(counts), HANDS_HZ, span_ns))
    most = float(max(people)) if people else None
    measures.append(_measure(Channel.PEOPLE_COUNT, most, len(people), PEOPLE_HZ, span_ns))
    return tuple(sorted(measures, key=lambda measure: measure.channel))


def _measure(
    channel: Channel, value: float | None, behind: int, rate_hz: float, span_ns: int
) -> Measure:
    if value is None or behind == 0:
        return Measure(channel, None, 0.0)
    expected = max(1.0, rate_hz * span_ns / 1e9)
    return Measure(channel, value, min(1.0, behind / expected))


def _median(values: Iterable[float]) -> float | None:
    known = list(values)
    return median(known) if known else None
