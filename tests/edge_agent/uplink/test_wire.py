"""What leaves the room arrives as it was, within the step of the fixed point."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import pytest
from google.protobuf.message import Message
from hypothesis import given
from hypothesis import strategies as st

from daedam.v1 import interview_pb2, measuring_pb2, record_pb2
from edge_agent import flow
from edge_agent.uplink import wire
from edge_agent.uplink.journal import StoredRecord

pytestmark = pytest.mark.unit

U32, I64 = 2**32 - 1, 2**63 - 1

MESSAGES: dict[type[flow.RecordValue], type[Message]] = {
    flow.ScoreWindow: measuring_pb2.ScoreWindow,
    flow.AudioFormat: measuring_pb2.AudioFormat,
    flow.AudioBlock: measuring_pb2.Audio,
    flow.Utterance: measuring_pb2.Utterance,
    flow.TurnEvent: interview_pb2.TurnEvent,
    flow.AnswerEnded: interview_pb2.AnswerEnded,
    flow.CommandResult: interview_pb2.CommandResult,
    flow.Consent: record_pb2.Consent,
    flow.Calibration: record_pb2.Calibration,
    flow.DeviceEvent: record_pb2.DeviceEvent,
    flow.Disturbance: record_pb2.Disturbance,
    flow.Gap: record_pb2.Gap,
    flow.RoomSpeech: interview_pb2.RoomSpeech,
    flow.HelpCall: interview_pb2.HelpCall,
    flow.SurveyAnswered: interview_pb2.SurveyAnswered,
    flow.AnswerTyped: interview_pb2.AnswerTyped,
    flow.AnswerConfirmed: interview_pb2.AnswerConfirmed,
    flow.CameraHealth: measuring_pb2.CameraHealth,
}

number = st.integers(0, U32)
time_ns = st.integers(0, I64)
angle = st.floats(-180, 180)
ratio = st.floats(0, 10)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)

heads = st.builds(flow.HeadPose, angle, angle, angle)
eyes = st.builds(flow.Eyes, ratio, ratio, st.booleans(), st.booleans())
frames = st.builds(
    flow.FrameReading,
    frame_index=number,
    mono_ns=st.integers(10**12, 10**12 + 10**9),
    faces=st.integers(0, 9),
    head=st.none() | heads,
    eyes=st.none() | eyes,
    gaze=st.none() | st.builds(flow.Gaze, angle, angle),
    mouth=st.none() | st.builds(flow.Mouth, ratio, ratio, st.floats(-5, 5)),
    brows=st.none() | st.builds(flow.Brows, ratio, ratio),
    screen=st.none()
    | st.builds(flow.ScreenGaze, st.floats(-5, 5), st.floats(-5, 5), st.booleans()),
    face_height_ratio=st.none() | st.floats(0, 1),
)
ratio32 = st.floats(0, 1, width=32)
measures = st.builds(
    flow.Measure,
    st.sampled_from(flow.Channel),
    st.none() | st.floats(allow_nan=False),
    st.floats(0, 1, width=32),
)
values = st.one_of(
    st.builds(
        flow.ScoreWindow,
        start_mono_ns=time_ns,
        length_ms=number,
        frames_captured=number,
        frames_analysed=number,
        turn_id=text,
        measures=st.lists(measures, max_size=14).map(tuple),
    ),
    st.builds(
        flow.AudioFormat,
        channel=number,
        codec=st.sampled_from(flow.Codec),
        sample_rate_hz=number,
        extradata=st.binary(max_size=40),
        sample_zero_mono_ns=time_ns,
    ),
    st.builds(
        flow.AudioBlock,
        channel=number,
        first_sample=time_ns,
        sample_count=number,
        packets=st.lists(st.binary(max_size=20), max_size=4).map(tuple),
        voice=st.binary(max_size=8),
        playing=st.booleans(),
        gap=st.booleans(),
    ),
    st.builds(
        flow.Utterance,
        **dict.fromkeys(["utterance_id", "turn_id", "language"], text),
        **dict.fromkeys(["channel", "voiced_ms", "ordinal"], number),
        **dict.fromkeys(["first_sample", "end_sample", "first_seq"], time_ns),
        **dict.fromkeys(["last_seq", "format_seq"], time_ns),
        cut=st.sampled_from(flow.UtteranceCut),
    ),
    st.builds(
        flow.TurnEvent,
        kind=st.sampled_from(flow.TurnEventKind),
        turn_id=text,
        question_id=text,
        position=number,
        text=text,
        sample=st.none() | time_ns,
    ),
    st.builds(
        flow.AnswerEnded,
        turn_id=text,
        question_id=text,
        reason=st.sampled_from(flow.AnswerEndReason),
        utterances=number,
        first_sample=time_ns,
        end_sample=time_ns,
    ),
    st.builds(flow.CommandResult, text, st.sampled_from(flow.CommandOutcome), text),
    st.builds(flow.Consent, st.booleans(), st.booleans(), text, text),
    st.builds(
        flow.Calibration,
        st.sampled_from(flow.CalibrationOutcome),
        st.none() | st.floats(0, 90, width=32),
        attempts=st.integers(0, 2),
    ),
    st.builds(flow.DeviceEvent, text, st.sampled_from(flow.DeviceState), text),
    st.builds(flow.Disturbance, time_ns, time_ns, text, text),
    st.builds(flow.Gap, time_ns, time_ns, text),
    st.builds(flow.AnswerTyped, text, text, text, text, number),
    st.builds(flow.SurveyAnswered, text, number, number),
    st.builds(
        flow.AnswerConfirmed,
        text,
        st.sampled_from(flow.ConfirmVerdict),
        st.lists(text, max_size=3).map(tuple),
        st.lists(st.builds(flow.Correction, text, text), max_size=3).map(tuple),
    ),
    st.builds(flow.HelpCall, text, st.sampled_from(flow.HelpStep), text),
    st.builds(flow.RoomSpeech, text, text, text, time_ns, time_ns, st.booleans(), text),
    st.builds(
        flow.CameraHealth,
        time_ns,
        **dict.fromkeys(["brightness_ratio", "clipped_ratio", "sharpness"], ratio32),
        **dict.fromkeys(["frozen", "black", "blurred", "over_exposed"], st.booleans()),
    ),
)


def plain(message: Message, name: str) -> Any:
    """A field as a flow value has it: None where an optional one is unset, tuples for lists."""
    descriptor = message.DESCRIPTOR.fields_by_name[name]
    if descriptor.has_presence and not message.HasField(name):
        return None
    value = getattr(message, name)
    return tuple(value) if descriptor.is_repeated else value


@given(values)
def test_a_record_says_the_same_after_the_wire(value: flow.RecordValue) -> None:
    _, payload = wire.encode(value)
    message = MESSAGES[type(value)].FromString(payload)
    for one in fields(value):
        sent, arrived = getattr(value, one.name), plain(message, one.name)
        if one.name == "measures":
            arrived = tuple(
                flow.Measure(flow.Channel(m.channel), plain(m, "value"), m.coverage)
                for m in arrived
            )
        if one.name == "corrections":
            arrived = tuple(flow.Correction(each.utterance_id, each.text) for each in arrived)
        assert arrived == sent


@pytest.mark.parametrize("value", MESSAGES, ids=lambda value: value.__name__)
def test_no_field_of_a_message_is_forgotten(value: type[flow.RecordValue]) -> None:
    names = {one.name for one in MESSAGES[value].DESCRIPTOR.fields}
    assert {one.name for one in fields(value)} == names


def test_all_of_a_calibration_arrives() -> None:
    value = flow.Calibration(
        flow.CalibrationOutcome.CALIBRATED,
        1.5,
        flow.GazeParameters(-1.5, 0.25, 1.125, 0.875),
        (
            flow.PointQuality("top_left", 31, 28, 0.5, 1.25),
            flow.PointQuality("x", 9, 0, None, None),
        ),
        flow.Neutral(0.0625, 0.25, None, 0.3125, 140, -31.5, 2_400),
        2,
    )
    message = record_pb2.Calibration.FromString(wire.encode(value)[1])
    assert message.parameters.gain_pitch == 0.875
    assert [one.name for one in message.points] == ["top_left", "x"]
    assert not message.points[1].HasField("spread_deg")
    assert message.points[0].error_deg == 1.25
    assert not message.neutral.HasField("brow_gap_ratio")
    assert message.neutral.voice_level_dbfs == -31.5


def unpack(message: measuring_pb2.FrameReadings, i: int) -> dict[str, list[float] | None]:
    """Frame i as a reader takes it."""
    bits = message.measured[i]
    m = message
    return {
        "head": [m.head_yaw_cdeg[i] / 100, m.head_pitch_cdeg[i] / 100, m.head_roll_cdeg[i] / 100]
        if bits & 2
        else None,
        "eyes": [
            m.left_eye_milli[i] / 1000,
            m.right_eye_milli[i] / 1000,
            bool(bits & 32),
            bool(bits & 64),
        ]
        if bits & 4
        else None,
        "gaze": [m.gaze_yaw_cdeg[i] / 100, m.gaze_pitch_cdeg[i] / 100] if bits & 8 else None,
        "mouth": [
            m.mouth_open_milli[i] / 1000,
            m.mouth_width_milli[i] / 1000,
            m.smile_milli[i] / 1000,
        ]
        if bits & 16
        else None,
        "brows": [m.brow_raise_milli[i] / 1000, m.brow_gap_milli[i] / 1000] if bits & 128 else None,
        "screen": [m.screen_x_milli[i] / 1000, m.screen_y_milli[i] / 1000, bool(bits & 512)]
        if bits & 256
        else None,
    }


@given(st.lists(frames, min_size=1, max_size=40))
def test_frames_arrive_within_the_step_of_the_fixed_point(shots: list[flow.FrameReading]) -> None:
    shots.sort(key=lambda frame: frame.mono_ns)
    _, payload = wire.encode(flow.FrameReadings(tuple(shots)))
    message = measuring_pb2.FrameReadings.FromString(payload)
    for i, shot in enumerate(shots):
        mono_ns = message.first_mono_ns + message.offset_us[i] * 1000
        assert abs(mono_ns - shot.mono_ns) <= 500
        assert message.faces[i] == shot.faces
        assert bool(message.measured[i] & 1) == (shot.faces > 0)
        assert message.face_height_milli[i] == pytest.approx(
            (shot.face_height_ratio or 0) * 1000, abs=0.51
        )
        for name, arrived in unpack(message, i).items():
            sent = getattr(shot, name)
            if sent is None:
                assert arrived is None
            else:
                step = 0.0051 if name in {"head", "gaze"} else 0.00051
                told = [
                    v for key, v in asdict(sent).items() if key != "from_cm"
                ]  # stays in the room
                assert arrived == pytest.approx(told, abs=step)


def test_a_second_of_frames_takes_about_50_bytes_a_frame() -> None:
    shot = flow.FrameReading(
        1,
        10**12,
        1,
        flow.HeadPose(-12.5, 3.2, 1.1),
        flow.Eyes(0.31, 0.29, closed=False, blink_ended=False),
        flow.Gaze(-4.2, 8.8),
        flow.Mouth(0.05, 0.61, 0.02),
        flow.Brows(0.21, 0.33),
        flow.ScreenGaze(0.41, 0.52, on_screen=True),
        0.45,
    )
    _, payload = wire.encode(flow.FrameReadings((shot,) * 30))
    assert len(payload) / 30 <= 50


def test_a_reading_out_of_all_range_does_not_cost_its_second() -> None:
    shot = flow.FrameReading(
        1, 0, 1, flow.HeadPose(1e12, -1e12, 0.0), mouth=flow.Mouth(-1, 1e12, 0)
    )
    wire.encode(flow.FrameReadings((shot,)))


def test_a_record_is_sent_as_it_was_stored() -> None:
    stored = StoredRecord(7, 11, 13, "42", 5, 0xDEADBEEF, b"payload")
    sent = wire.record(stored)
    assert [sent.seq, sent.wall_ns, sent.mono_ns, sent.interview_id] == [7, 11, 13, "42"]
    assert [sent.kind, sent.crc32c, sent.payload] == [5, 0xDEADBEEF, b"payload"]
