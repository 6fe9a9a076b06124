"""Of an uploaded video only some frames are looked at: coverage counts those, and what they cannot tell
is not measured.
"""

from __future__ import annotations

import pytest

from edge_agent.flow import Channel, FrameReading, HeadPose, PostureLook, VisionCounts
from edge_agent.flow.body import Posture
from edge_agent.scoring import Cadence, WindowMaker

pytestmark = pytest.mark.unit

S = 1_000_000_000


def window(
    period_ms: int, *, share: float = 1.0, missing: int = 0
) -> dict[Channel, tuple[float | None, float]]:
    """A second of frames so far apart, the last `missing` of them undecodable; a look at each."""
    times = list(range(0, S, period_ms * 1_000_000))
    cadence = Cadence(
        lambda a, b: sum(a <= at < b for at in times), period_ms * 1_000_000, looks_share=share
    )
    maker = WindowMaker(cadence=cadence)
    maker.start(0, VisionCounts(0, 0, 0, 0))
    for n, at in enumerate(times[: len(times) - missing]):
        maker.add_frame(FrameReading(n, at, 1, HeadPose(0.0, 0.0, 0.0)))
        maker.add_look(PostureLook(at, Posture(0.0, 0.4, 0.5, 0.5)))
    (closed,) = maker.close_due(2 * S - 1, VisionCounts(len(times), len(times), 0, 0), "t")
    assert closed.frames_captured == len(times)
    return {one.channel: (one.value, one.coverage) for one in closed.measures}


@pytest.mark.parametrize("period_ms", [100, 333, 667])
def test_coverage_is_whole_where_every_taken_frame_was_read(period_ms: int) -> None:
    assert window(period_ms)[Channel.HEAD_YAW_DEG] == (0.0, 1.0)


def test_a_frame_that_could_not_be_decoded_costs_coverage() -> None:
    assert window(333, missing=1)[Channel.HEAD_YAW_DEG][1] == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("channel", "period_ms", "measured"),
    [
        (Channel.BLINKS_COUNT, 100, False),
        (Channel.HEAD_SPEED_DEG_S, 100, True),
        (Channel.HEAD_SPEED_DEG_S, 333, False),
    ],
)
def test_frames_too_far_apart_say_nothing_of_what_is_quick(
    channel: Channel, period_ms: int, measured: bool
) -> None:
    assert (window(period_ms)[channel][0] is not None) is measured


def test_looks_are_counted_against_how_often_they_are_taken() -> None:
    assert window(667, share=0.1)[Channel.SHOULDER_TILT_DEG] == (0.0, 1.0)
    assert window(100, share=0.5)[Channel.SHOULDER_TILT_DEG] == (0.0, 1.0)
    assert window(333)[Channel.SHOULDER_TILT_DEG] == (0.0, 1.0)
