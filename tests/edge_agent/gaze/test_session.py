"""Sessions that do not go by the book end all the same, and never with a guess."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.flow import CalibrationOutcome, CalibrationProgress, FrameReading, VoiceFrame
from edge_agent.gaze import CalibrationSession, Screen, SessionStatus
from edge_agent.gaze.course import COURSE, POINT_LIMIT_MS, POINTS, READ_LIMIT_MS, Kind
from tests.edge_agent.gaze.play import attentive, play
from tests.edge_agent.gaze.simulation import Subject

pytestmark = pytest.mark.unit

Gaze = tuple[float, float]


def absent(_s: Subject, t_s: float, _st: SessionStatus, _g: Gaze) -> FrameReading:
    return FrameReading(0, int(t_s * 1e9), 0)


def no_camera(_s: Subject, _t: float, _st: SessionStatus, _g: Gaze) -> None:
    return None


def elsewhere(subject: Subject, t_s: float, _st: SessionStatus, _g: Gaze) -> FrameReading:
    return subject.read(t_s, (0.5, 0.5), away=True)


def staring(subject: Subject, t_s: float, _st: SessionStatus, _g: Gaze) -> FrameReading:
    return subject.read(t_s, (0.5, 0.5))


@pytest.mark.parametrize("see", [absent, no_camera, elsewhere, staring])
def test_who_does_not_look_stays_uncalibrated_after_two_attempts(see: object) -> None:
    found, t_s = play(Subject(5), see, speaks=False)  # type: ignore[arg-type]
    assert found.outcome is CalibrationOutcome.FAILED
    assert found.parameters is None
    assert found.attempts == 2
    assert t_s < 170


def test_nobody_at_all_has_no_rest() -> None:
    found, _ = play(Subject(5), absent, speaks=False)
    assert found.neutral is None
    assert all(one.kept == 0 and one.error_deg is None for one in found.points)


def test_silence_costs_the_voice_level_alone() -> None:
    found, _ = play(Subject(7), speaks=False)
    assert found.outcome is CalibrationOutcome.CALIBRATED
    assert found.neutral is not None
    assert found.neutral.voice_level_dbfs is None
    assert found.neutral.voiced_ms == 0
    assert found.neutral.smile_ratio is not None


def test_it_is_known_when_the_sentence_was_read() -> None:
    silent, _ = play(Subject(7), speaks=False)
    spoken, _ = play(Subject(7))
    spans = [
        (found.sentence_to_mono_ns or 0) - (found.sentence_from_mono_ns or 0)
        for found in (silent, spoken)
    ]
    assert spans[0] == pytest.approx(READ_LIMIT_MS * 1e6, rel=0.02)
    assert 2e9 <= spans[1] < spans[0]


def test_a_point_that_was_missed_is_shown_once_more() -> None:
    missed: list[str] = []

    def blind_once(
        subject: Subject, t_s: float, status: SessionStatus, gaze: Gaze
    ) -> FrameReading | None:
        if not missed or missed[-1] != status.name:
            missed.append(status.name)
        if status.name == "top_right" and missed.count("top_right") == 1:
            return absent(subject, t_s, status, gaze)
        return attentive(subject, t_s, status, gaze)

    found, _ = play(Subject(9), blind_once)
    names = [one for one in missed if one != "read"]
    assert names[:6] == [
        "top_left",
        "top_right",
        "bottom_left",
        "bottom_right",
        "center",
        "top_right",
    ]
    assert names[6] == "head"
    assert found.outcome is CalibrationOutcome.CALIBRATED
    assert found.attempts == 1


def test_who_pays_attention_the_second_time_is_calibrated() -> None:
    def late(
        subject: Subject, t_s: float, status: SessionStatus, gaze: Gaze
    ) -> FrameReading | None:
        return (elsewhere if status.attempt == 1 else attentive)(subject, t_s, status, gaze)

    found, _ = play(Subject(11), late)
    assert found.outcome is CalibrationOutcome.CALIBRATED
    assert found.attempts == 2


def test_points_come_in_order_and_say_where_they_are() -> None:
    session = CalibrationSession(Screen(), 0)
    seen: list[str] = []
    now_ms = 0
    while session.result is None:
        now_ms += 100
        session.tick(now_ms * 1_000_000)
        status = session.status(now_ms * 1_000_000)
        assert 0 <= status.progress <= 1
        assert not seen or status.seen is False
        if status.kind is not Kind.READ and (not seen or seen[-1] != status.name):
            seen.append(status.name)
    assert seen[: len(POINTS)] == [one.name for one in POINTS]
    most_ms = READ_LIMIT_MS + 2 * (len(COURSE) + len(POINTS)) * POINT_LIMIT_MS
    assert now_ms < most_ms + 20_000


Told = tuple[int, bool, bool, float, float]
INPUT = st.tuples(
    st.integers(0, 6_000), st.booleans(), st.booleans(), st.floats(0, 1), st.floats(0, 1)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(INPUT, max_size=60))
def test_nothing_that_may_come_breaks_a_session(
    inputs: list[tuple[int, bool, bool, float, float]],
) -> None:
    subject, session, now_ns = Subject(1), CalibrationSession(Screen(), 0), 0
    for gap_ms, face, closed, x, y in inputs:
        now_ns += gap_ms * 1_000_000
        shot = subject.read(now_ns / 1e9, (x, y), closed=closed, mono_ns=now_ns)
        session.frame(shot if face else FrameReading(0, now_ns, 0))
        session.hear(VoiceFrame(0, x, -y * 90))
        session.tick(now_ns)
        assert session.status(now_ns).attempt in {1, 2}
    if session.result is not None:
        calibrated = session.result.outcome is CalibrationOutcome.CALIBRATED
        assert calibrated == (session.result.parameters is not None)


def test_those_who_look_on_see_each_point_with_its_quality_and_where_the_looks_fell() -> None:
    subject = Subject(9)
    session = CalibrationSession(subject.screen, 0)
    seen: dict[str, CalibrationProgress] = {}
    t_s = 0.0
    while session.result is None:
        t_s += 1 / 15
        status = session.status(int(t_s * 1e9))
        moving = status.kind is Kind.HEAD
        session.frame(subject.read(t_s, (status.x_ratio, status.y_ratio), moving=moving))
        session.hear(VoiceFrame(0, 0.9, -30.0))
        session.tick(int(t_s * 1e9))
        found = session.progress(int(t_s * 1e9))
        assert 0 <= found.left_ms <= READ_LIMIT_MS
        seen[found.stage.name] = found
    assert [name for name in seen if name != "READ"] == ["POINT", "HEAD", "CHECK", "DONE"]
    at_head = {one.name: one for one in seen["HEAD"].points}
    assert set(at_head) == {*(step.name for step in POINTS), "head"}
    for step in POINTS:
        point = at_head[step.name]
        assert point.kept >= 8
        assert point.spread_deg is not None
        assert point.error_deg is None
        assert point.look_x_ratio is not None
        assert point.look_x_ratio == pytest.approx(step.x_ratio, abs=0.35)  # uncorrected eyes
    assert session.result.outcome is CalibrationOutcome.CALIBRATED
    for one in session.result.points:
        step = next(step for step in COURSE if step.name == one.name)
        assert one.look_x_ratio == pytest.approx(step.x_ratio, abs=0.06)
        assert one.look_y_ratio == pytest.approx(step.y_ratio, abs=0.1)


def test_a_missed_point_is_counted_for_those_who_look_on() -> None:
    session = CalibrationSession(Screen(), 0)
    for tick in range(1, 10 * (READ_LIMIT_MS + POINT_LIMIT_MS) // 1000 + 5):
        session.tick(tick * 100_000_000)
    found = session.progress(tick * 100_000_000)
    assert (found.missed, found.name, found.seen) == (1, "top_right", False)
