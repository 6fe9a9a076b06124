"""Looks at the body and at faces arrive as they were, within the step of the fixed point."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daedam.v1 import interview_pb2, measuring_pb2, record_pb2
from edge_agent import flow
from edge_agent.uplink import wire

pytestmark = pytest.mark.unit


angle = st.floats(-180, 180)
ratio = st.floats(0, 10)
posture = st.builds(flow.Posture, angle, ratio, st.floats(-2, 3), st.floats(-2, 3))
look_ns = st.integers(10**12, 10**12 + 10**9)


@given(
    st.builds(
        flow.BodyReadings,
        st.lists(st.builds(flow.PostureLook, look_ns, st.none() | posture), max_size=10).map(tuple),
        st.lists(
            st.builds(flow.HandsLook, look_ns, st.integers(0, 4), st.none() | ratio), max_size=10
        ).map(tuple),
        st.lists(st.builds(flow.PeopleLook, look_ns, st.integers(0, 9)), max_size=5).map(tuple),
    )
)
def test_looks_arrive_within_the_step_of_the_fixed_point(sent: flow.BodyReadings) -> None:
    message = measuring_pb2.BodyReadings.FromString(wire.encode(sent)[1])
    first_ns = message.first_mono_ns
    for look, came in zip(sent.postures, message.postures, strict=True):
        assert abs(first_ns + came.offset_us * 1000 - look.mono_ns) <= 500
        assert came.found == (look.posture is not None)
        if look.posture is not None:
            arrived = [came.shoulder_tilt_cdeg / 100, came.shoulder_width_milli / 1000]
            arrived += [came.centre_x_milli / 1000, came.centre_y_milli / 1000]
            assert arrived == pytest.approx(list(asdict(look.posture).values()), abs=0.0051)
    for hands, came_hands in zip(sent.hands, message.hands, strict=True):
        assert came_hands.hands == hands.hands
        assert came_hands.HasField("speed_milli_s") == (hands.speed_ratio_s is not None)
        if hands.speed_ratio_s is not None:
            assert came_hands.speed_milli_s / 1000 == pytest.approx(
                hands.speed_ratio_s, abs=0.00051
            )
    assert [one.people for one in message.people] == [one.people for one in sent.people]


def test_an_emotion_that_was_not_told_is_empty_on_the_wire_and_says_why() -> None:
    told = flow.EmotionLook(10**9, (0.1, 0, 0, 0.7, 0, 0, 0.2))
    silent = flow.EmotionLook(10**9 + 100_000_000, None, flow.Abstention.TURNED)
    kind, payload = wire.encode(flow.EmotionReadings((told, silent), "a network", "t1"))
    message = measuring_pb2.EmotionReadings.FromString(payload)
    assert kind == record_pb2.RECORD_KIND_EMOTION_READINGS
    assert [list(one.probability_milli) for one in message.looks] == [
        [100, 0, 0, 700, 0, 0, 200],
        [],
    ]
    assert [one.abstained for one in message.looks] == [0, 2]
    assert (message.looks[1].offset_us, message.model, message.turn_id) == (
        100_000,
        "a network",
        "t1",
    )
    assert not message.HasField("neutral")


@pytest.mark.parametrize(
    ("log_p", "milli"), [((-0.5, -2.0) + (-4.605,) * 5, [-500, -2000] + [-4605] * 5), (None, [])]
)
def test_a_face_at_rest_is_told_once_or_told_to_be_unknown(
    log_p: tuple[float, ...] | None, milli: list[int]
) -> None:
    sent = flow.EmotionReadings((), neutral=flow.EmotionNeutral(40, log_p))
    message = measuring_pb2.EmotionReadings.FromString(wire.encode(sent)[1])
    assert (message.neutral.looks, list(message.neutral.log_p_milli)) == (40, milli)
    assert not message.looks


def test_the_numbers_of_permissions_and_abstentions_are_those_of_the_contract() -> None:
    for ours, theirs, prefix in (
        (flow.Permission, interview_pb2.Permission, "PERMISSION_"),
        (flow.Abstention, measuring_pb2.EmotionAbstention, "EMOTION_ABSTENTION_"),
    ):
        named = {f"{prefix}{one.name}": int(one) for one in ours}
        assert named == {name: number for name, number in theirs.items() if number}
