"""How densely pictures come where it is not a camera that gives them: an uploaded video is looked at in
every third, tenth or twentieth frame.

Coverage is then counted against the frames that are taken, and what cannot be told from frames so far
apart is not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from edge_agent.flow import Channel, Measure

_MS = 1_000_000

FARTHEST_MS: dict[Channel, float] = {
    Channel.BLINKS_COUNT: 70.0,
    Channel.HEAD_SPEED_DEG_S: 200.0,
    Channel.GAZE_JITTER_POINTS: 220.0,
    Channel.GAZE_POINTS: 220.0,
    Channel.HAND_SPEED_RATIO_S: 500.0,
    Channel.HEAD_STEADINESS_POINTS: 400.0,
    Channel.POSTURE_STEADINESS_POINTS: 400.0,
}
"""Frames further apart say nothing of these. A blink lasts 100 to 300 ms and is seen in two frames at
least; the spread within a second wants more than two of them; speeds and the gaze's trembling are
bounded where they are computed."""


_LOOKED_HZ = {Channel.HAND_SPEED_RATIO_S: 5.0, Channel.POSTURE_STEADINESS_POINTS: 10.0}
"""Channels that come from looks: how often a room takes those."""
_LEAST_HZ = 1.0
"""Every window has a look of every kind."""


def look_hz(room_hz: float, share: float) -> float:
    """How often a kind is looked at, where a room would do so at `room_hz`."""
    return max(_LEAST_HZ, room_hz * share)


@dataclass(frozen=True, slots=True)
class Cadence:
    """`taken(from_ns, until_ns)` is how many frames are to be looked at in a span, `period_ns` how far
    they usually lie apart, `looks_share` how often looks are taken, as a share of a room's rates.
    """

    taken: Callable[[int, int], int]
    period_ns: int
    looks_share: float = 1.0

    def apart_ms(self, channel: Channel) -> float:
        """How far what the channel comes from lies apart."""
        room_hz = _LOOKED_HZ.get(channel)
        frames_ms = self.period_ns / _MS
        if room_hz is None:
            return frames_ms
        return max(frames_ms, 1e3 / look_hz(room_hz, self.looks_share))

    def too_sparse(self, channel: Channel) -> bool:
        """Whether that says nothing of the channel."""
        return self.apart_ms(channel) > FARTHEST_MS.get(channel, float("inf"))

    def looks(self, room_hz: float, from_ns: int, until_ns: int) -> float:
        """How many looks of a kind are expected in a span: no more than frames that are taken."""
        at_rate = look_hz(room_hz, self.looks_share) * (until_ns - from_ns) / 1e9
        return max(1.0, min(at_rate, self.taken(from_ns, until_ns)))


def told(measures: Iterable[Measure], cadence: Cadence | None) -> tuple[Measure, ...]:
    """The measures, without a value where the frames lie too far apart for it."""
    if cadence is None:
        return tuple(measures)
    return tuple(
        Measure(one.channel, None, 0.0) if cadence.too_sparse(one.channel) else one
        for one in measures
    )
