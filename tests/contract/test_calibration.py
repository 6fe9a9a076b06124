"""A calibration as the room tells it is what central shows: while it goes on, and as it ended."""

from __future__ import annotations

import math
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.dashboard.pages.sight import TARGETS
from central.errors import RecordError
from central.gateway import responses
from central.gateway import wire as central_wire
from central.interview.facts import Calibration as Fact
from daedam.v1 import interview_pb2, live_pb2, record_pb2
from edge_agent.flow import (
    CalibrateGaze,
    CalibrateStep,
    Calibration,
    CalibrationOutcome,
    CalibrationPlace,
    CalibrationProgress,
    CalibrationStage,
    GazeParameters,
    LiveReading,
    Neutral,
    Phase,
    PointQuality,
)
from edge_agent.gaze.course import COURSE
from edge_agent.uplink import wire as edge_wire
from tests.fakes.room_client import record

pytestmark = pytest.mark.unit

NAMES = [place.name.lower() for place in CalibrationPlace]
ratios = st.one_of(st.none(), st.floats(-9, 9))
points = st.lists(
    st.builds(
        lambda name, frames, kept, spread, x, y: PointQuality(
            name, frames, kept, spread, None, x, None if x is None else y
        ),
        st.sampled_from(NAMES),
        st.integers(0, 400),
        st.integers(0, 400),
        st.one_of(st.none(), st.floats(0, 40)),
        ratios,
        st.floats(-9, 9),
    ),
    unique_by=lambda one: one.name,
).map(tuple)


def live(progress: CalibrationProgress | None) -> live_pb2.Live:
    reading = LiveReading(
        1, 2, "7", Phase.CALIBRATING, "", "", 0, 3, 100, (), speaking=False, calibration=progress
    )
    return edge_wire.live(reading).live


@given(points, st.sampled_from(CalibrationStage), st.sampled_from(["", *NAMES]), st.booleans())
def test_progress_comes_as_it_was(
    seen_points: tuple[PointQuality, ...], stage: CalibrationStage, name: str, seen: bool
) -> None:
    told = CalibrationProgress(stage, name, 3, 10, 2, seen, 1_200, 1, seen_points)
    found = central_wire.read_live(live(told), "room").calibration
    assert found is not None
    assert (found.stage, found.name, found.seen) == (stage.name.lower(), name, seen)
    assert (found.position, found.count, found.attempt) == (3, 10, 2)
    assert (found.left_ms, found.missed) == (1_200, 1)
    assert [one.name for one in found.points] == [one.name for one in seen_points]
    for one, was in zip(found.points, seen_points, strict=True):
        assert (one.frames, one.kept) == (min(was.frames, 255), min(was.kept, 255))
        if was.spread_deg is None:
            assert one.spread_deg is None
        else:
            assert one.spread_deg == pytest.approx(min(was.spread_deg, 25.4), abs=0.051)
        if was.look_x_ratio is None or was.look_y_ratio is None:
            assert one.look is None
        else:
            assert one.look == pytest.approx((was.look_x_ratio, was.look_y_ratio), abs=0.0051)


def test_no_calibration_says_nothing_and_costs_nothing() -> None:
    assert central_wire.read_live(live(None), "room").calibration is None
    whole = tuple(PointQuality(name, 40, 36, 0.6, None, 0.42, 0.38) for name in NAMES)
    on = CalibrationProgress(CalibrationStage.CHECK, "check_4", 10, 10, 1, True, 900, 0, whole)
    assert live(on).ByteSize() - live(None).ByteSize() <= 120


@pytest.mark.parametrize(
    "said",
    [
        live_pb2.CalibrationProgress(),
        live_pb2.CalibrationProgress(stage=99),  # type: ignore[arg-type] # of a newer room
    ],
    ids=["no stage", "a stage of a newer room"],
)
def test_a_stage_that_is_not_known_is_none(said: live_pb2.CalibrationProgress) -> None:
    assert central_wire.read_live(live_pb2.Live(calibration=said), "room").calibration is None


def test_points_that_make_no_sense_are_read_as_far_as_they_do() -> None:
    said = live_pb2.CalibrationProgress(
        stage=live_pb2.CALIBRATION_STAGE_POINT,
        places=b"\x01\xff\x02",
        frames=b"\x09\x09\x09",
        kept=b"\x08\x08\x08",
        spread_ddeg=b"\x05\x05\xff",
        look_centi=[2_000_000, -2_000_000],
    )
    found = central_wire.read_live(live_pb2.Live(calibration=said), "room").calibration
    assert found is not None
    assert [(one.name, one.spread_deg, one.look) for one in found.points] == [
        ("top_left", 0.5, (10.0, -10.0)),
        ("top_right", None, None),
    ]


def ended() -> Calibration:
    return Calibration(
        CalibrationOutcome.CALIBRATED,
        1.37,
        GazeParameters(4.2, -1.0, 1.1, 0.9),
        (
            PointQuality("top_left", 40, 36, 0.6, 0.9, 0.13, 0.15),
            PointQuality("check_1", 40, 0, None, None),
        ),
        Neutral(0.04, 0.3, None, 0.31, 300, -28.5, 2_016),
        1,
        "42",
    )


def read(payload: bytes) -> object:
    kind = record_pb2.RECORD_KIND_CALIBRATION
    made = record(1, kind, record_pb2.Calibration.FromString(payload), 5)
    return central_wire.read_record(made).fact


def test_a_calibration_that_is_over_comes_as_it_was() -> None:
    was = ended()
    kind, payload = edge_wire.encode(was)
    assert kind == record_pb2.RECORD_KIND_CALIBRATION
    found = read(payload)
    assert isinstance(found, Fact)
    assert (found.outcome, found.attempts, found.offered_ref) == ("calibrated", 1, "42")
    assert found.error_deg == pytest.approx(1.37)
    assert was.parameters is not None
    assert found.parameters == pytest.approx(asdict(was.parameters))
    first, second = found.points
    assert first.look_x_ratio == pytest.approx(0.13, abs=1e-3)
    assert (second.spread_deg, second.error_deg, second.look_x_ratio) == (None, None, None)
    assert found.neutral is not None
    assert "brow_gap_ratio" not in found.neutral
    assert found.neutral["frames"] == 300


@pytest.mark.parametrize(
    ("points", "error_deg"),
    [
        ([record_pb2.PointQuality(name="<script>")], 1.0),
        ([record_pb2.PointQuality(name="center")] * 2, 1.0),
        ([record_pb2.PointQuality(name="center")] * 17, 1.0),
        ([record_pb2.PointQuality(name="center", error_deg=math.nan)], 1.0),
        ([record_pb2.PointQuality(name="center", look_x_ratio=math.inf)], 1.0),
        ([], math.nan),
    ],
)
def test_what_cannot_be_believed_is_refused(
    points: list[record_pb2.PointQuality], error_deg: float
) -> None:
    message = record_pb2.Calibration(
        outcome=record_pb2.CALIBRATION_OUTCOME_FAILED, points=points, gaze_error_deg=error_deg
    )
    made = record(1, record_pb2.RECORD_KIND_CALIBRATION, message, 5)
    with pytest.raises(RecordError):
        central_wire.read_record(made)


@pytest.mark.parametrize("step", CalibrateStep)
def test_a_step_of_central_is_the_same_step_in_the_room(step: CalibrateStep) -> None:
    body = {"type": "calibrate_gaze", "step": step.name.lower()}
    sent = responses.command(7, 9, body).command
    assert edge_wire.command(sent).body == CalibrateGaze(step)


def test_a_step_of_a_newer_central_is_not_known() -> None:
    message = interview_pb2.Command(command_id="7")
    message.calibrate_gaze.step = 9  # type: ignore[assignment] # of a newer central
    assert edge_wire.command(message).body is None


def test_central_draws_the_points_where_the_kiosk_shows_them() -> None:
    shown = {step.name: (step.x_ratio, step.y_ratio) for step in COURSE}
    drawn = {one.name: (one.x_ratio, one.y_ratio) for one in TARGETS}
    assert drawn == {name: place for name, place in shown.items() if name != "head"}
