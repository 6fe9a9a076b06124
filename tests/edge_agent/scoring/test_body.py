"""Channels of the looks: over how many, at which rate."""

from __future__ import annotations

import pytest

from edge_agent.flow import (
    BodyLook,
    BodyReadings,
    CameraHealth,
    Channel,
    HandsLook,
    Measure,
    PeopleLook,
    Posture,
    PostureLook,
)
from edge_agent.scoring import BodyPacker
from edge_agent.scoring.body import BODY, body_measures

pytestmark = pytest.mark.unit

S = 1_000_000_000


def health(brightness: float) -> CameraHealth:
    return CameraHealth(0, brightness, 0.0, 100.0, False, False, False, False)


def postures(*tilts_deg: float | None) -> list[BodyLook]:
    """Looks of one second; None where no shoulders were found."""
    return [
        PostureLook(n * S // 10, None if tilt is None else Posture(tilt, 0.4, 0.5, 0.8))
        for n, tilt in enumerate(tilts_deg)
    ]


def measured(looks: list[BodyLook], healths: list[CameraHealth]) -> dict[Channel, Measure]:
    return {measure.channel: measure for measure in body_measures(looks, healths, S)}


def test_without_a_look_every_channel_has_no_value() -> None:
    found = measured([], [])
    assert set(found) == BODY
    assert all(one == Measure(channel, None, 0.0) for channel, one in found.items())


def test_a_tilt_is_the_median_of_the_looks_that_found_shoulders() -> None:
    found = measured(postures(1.0, None, 9.0, 2.0, None), [])
    assert found[Channel.SHOULDER_TILT_DEG] == Measure(Channel.SHOULDER_TILT_DEG, 2.0, 0.3)
    assert found[Channel.SHOULDER_WIDTH_RATIO].value == 0.4


def test_hands_are_counted_as_they_mostly_were_and_none_is_a_value() -> None:
    looks: list[BodyLook] = [
        HandsLook(n * S // 5, hands, None) for n, hands in enumerate((0, 2, 0, 0, 2))
    ]
    found = measured(looks, [])
    assert found[Channel.HANDS_COUNT] == Measure(Channel.HANDS_COUNT, 0.0, 1.0)
    assert found[Channel.HAND_SPEED_RATIO_S] == Measure(Channel.HAND_SPEED_RATIO_S, None, 0.0)


def test_a_hands_speed_is_over_the_looks_that_could_follow_it() -> None:
    speeds = (None, 1.0, 3.0, None, None)
    found = measured([HandsLook(n * S // 5, 1, speed) for n, speed in enumerate(speeds)], [])
    assert found[Channel.HAND_SPEED_RATIO_S] == Measure(Channel.HAND_SPEED_RATIO_S, 2.0, 0.4)


def test_the_most_people_of_a_second_count() -> None:
    found = measured([PeopleLook(n * S // 4, people) for n, people in enumerate((1, 2, 1))], [])
    assert found[Channel.PEOPLE_COUNT] == Measure(Channel.PEOPLE_COUNT, 2.0, 0.75)


def test_brightness_is_the_cameras() -> None:
    found = measured([], [health(0.4)])
    assert found[Channel.BRIGHTNESS_RATIO] == Measure(Channel.BRIGHTNESS_RATIO, 0.4, 1.0)


def test_more_looks_than_expected_are_whole_coverage_and_no_more() -> None:
    found = measured(postures(*[1.0] * 12), [health(0.4), health(0.6)])
    assert found[Channel.SHOULDER_TILT_DEG].coverage == 1.0
    assert found[Channel.BRIGHTNESS_RATIO] == Measure(Channel.BRIGHTNESS_RATIO, 0.5, 1.0)


def mixed(count: int) -> list[BodyLook]:
    """A posture in each tenth of a second, and people in each half."""
    looks: list[BodyLook] = []
    for n in range(count):
        looks.append(PostureLook(n * S // 10, None))
        if n % 5 == 0:
            looks.append(PeopleLook(n * S // 10, 1))
    return looks


def test_a_pack_holds_all_looks_of_a_second_each_kind_in_order() -> None:
    packer, looks = BodyPacker(), mixed(25)
    packs = [pack for look in looks if (pack := packer.add(look))]
    assert [len(pack.postures) for pack in packs] == [10, 10]
    assert [len(pack.people) for pack in packs] == [2, 2]
    last = packer.flush()
    assert last is not None
    assert (len(last.postures), last.hands, len(last.people)) == (5, (), 1)
    whole = [*packs, last]
    assert [one for pack in whole for one in pack.postures] == [
        one for one in looks if isinstance(one, PostureLook)
    ]
    assert packer.flush() is None


def test_a_clock_that_goes_back_begins_a_new_pack() -> None:
    packer = BodyPacker()
    assert packer.add(PeopleLook(5 * S, 1)) is None
    assert packer.add(PeopleLook(1 * S, 1)) == BodyReadings(people=(PeopleLook(5 * S, 1),))
