"""Staff offer the calibration, show its points, or leave it, when that disturbs no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from edge_agent.flow import (
    AnswerEnded,
    CalibrateGaze,
    CalibrateStep,
    Calibration,
    CalibrationOutcome,
    CommandOutcome,
    CommandResult,
    GazeParameters,
    Permission,
    Phase,
    Policy,
    StartInterview,
)
from edge_agent.interview.presses import DonePressed
from edge_agent.interview.steps import (
    Calibrated,
    CalibrationBegun,
    CalibrationEnded,
    CheckedIn,
    Resumed,
)
from tests.edge_agent.interview.helpers import Room, plan, question

pytestmark = pytest.mark.unit

OFFER, BEGIN, SKIP = CalibrateStep.OFFER, CalibrateStep.BEGIN, CalibrateStep.SKIP
GOOD = Calibration(
    CalibrationOutcome.CALIBRATED, 1.4, GazeParameters(4.0, 1.0, 1.0, 1.0), attempts=1
)
POOR = Calibration(CalibrationOutcome.FAILED, 7.5, attempts=2)


def order(room: Room, step: CalibrateStep) -> str:
    return room.order(CalibrateGaze(step))


def phase(room: Room) -> Phase:
    return room.runner.view(0).phase


def asking() -> Room:
    room = Room()
    room.start(plan(question(1), question(2)))
    assert phase(room) is Phase.ANSWERING
    return room


def answered(room: Room) -> Room:
    room.speak(3_000)
    room.tell(DonePressed())
    return room


def test_an_offer_waits_for_the_end_of_the_answer_and_the_next_question_for_the_points() -> None:
    room = asking()
    command = order(room, OFFER)
    assert room.written(CommandResult)[-1] == CommandResult(command, CommandOutcome.DONE, "")
    assert room.runner.view(0).calibration_waits
    answered(room)
    assert len(room.written(AnswerEnded)) == 1
    assert phase(room) is Phase.CALIBRATING
    assert not room.runner.view(0).calibration_waits
    room.tell(CalibrationBegun())
    room.tell(Calibrated(GOOD))
    (written,) = room.written(Calibration)
    assert written.offered_by == command
    assert phase(room) is Phase.ANSWERING
    assert room.runner.view(0).position == 1


def test_staff_begin_and_skip_as_the_candidate_can() -> None:
    room = Room()
    room.start(plan(calibrate=True))
    order(room, BEGIN)
    assert room.runner.view(0).calibration_begun
    order(room, SKIP)
    assert [one.outcome for one in room.written(Calibration)] == [CalibrationOutcome.SKIPPED]
    assert phase(room) is Phase.ANSWERING


def test_an_offer_while_the_points_are_shown_begins_it_anew() -> None:
    room = Room()
    room.start(plan(calibrate=True))
    room.tell(CalibrationBegun())
    again = order(room, OFFER)
    view = room.runner.view(0)
    assert (view.phase, view.calibration_begun) == (Phase.CALIBRATING, False)
    room.tell(CalibrationEnded(CalibrationOutcome.SKIPPED))
    assert [one.offered_by for one in room.written(Calibration)] == [again]


@pytest.mark.parametrize("second", [Calibrated(POOR), CalibrationEnded(CalibrationOutcome.SKIPPED)])
def test_a_repeat_that_gives_no_gaze_costs_none(
    second: Calibrated | CalibrationEnded,
) -> None:
    room = Room()
    room.start(plan(calibrate=True))
    room.tell(Calibrated(GOOD))
    order(room, OFFER)
    answered(room)
    room.tell(second)
    assert len(room.written(Calibration)) == 2
    found = room.runner.view(0).calibration
    assert found is not None
    assert found.outcome is CalibrationOutcome.CALIBRATED


def test_a_skip_before_the_answer_ended_takes_the_offer_back_and_nothing_is_written() -> None:
    room = asking()
    order(room, OFFER)
    order(room, SKIP)
    answered(room)
    assert phase(room) is Phase.ANSWERING
    assert not room.written(Calibration)


def test_an_offer_before_the_consent_adds_it_to_a_plan_without_one() -> None:
    room = Room()
    room.order(StartInterview(plan()))
    command = order(room, OFFER)
    room.tell(CheckedIn())
    assert phase(room) is Phase.CONSENTING
    room.start(plan())
    assert phase(room) is Phase.CALIBRATING
    order(room, SKIP)
    assert [one.offered_by for one in room.written(Calibration)] == [command]


def idle() -> Room:
    return Room()


def waiting() -> Room:
    room = Room()
    room.order(StartInterview(plan(calibrate=True)))
    return room


def offered() -> Room:
    room = Room()
    room.start(plan(calibrate=True))
    return room


def shown() -> Room:
    room = offered()
    room.tell(CalibrationBegun())
    return room


def wanted() -> Room:
    room = asking()
    order(room, OFFER)
    return room


def forbidden() -> Room:
    off, on = Permission.OFF, Permission.ON
    policy = Policy("eu", "1", off, on, on, on, on, off)
    room = Room()
    room.start(replace(plan(), policy=policy))
    return room


def last() -> Room:
    return answered(asking())


@pytest.mark.parametrize(
    ("where", "step", "why"),
    [
        (idle, OFFER, "No interview is running in this room."),
        (idle, SKIP, "No interview is running in this room."),
        (waiting, OFFER, "It is offered anyway, after the consent."),
        (waiting, BEGIN, "No calibration is offered now."),
        (waiting, SKIP, "There is no calibration to skip."),
        (offered, OFFER, "It is offered already."),
        (shown, BEGIN, "The points are shown already."),
        (asking, BEGIN, "No calibration is offered now."),
        (asking, SKIP, "There is no calibration to skip."),
        (wanted, OFFER, "It is offered after this answer already."),
        (forbidden, OFFER, "The policy of this interview allows no gaze."),
        (last, OFFER, "No question is left to calibrate for."),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(
    where: Callable[[], Room], step: CalibrateStep, why: str
) -> None:
    room = where()
    before = phase(room)
    order(room, step)
    assert room.written(CommandResult)[-1].outcome is CommandOutcome.REFUSED
    assert room.written(CommandResult)[-1].detail == why
    assert phase(room) is before


def test_an_offer_outlives_the_agent_whether_it_waits_or_is_shown() -> None:
    room = wanted()
    memory = room.runner.memory()
    assert memory is not None
    again = Room()
    again.tell(Resumed(memory, 0, 1))
    assert again.runner.view(0).calibration_waits
    answered(again)
    assert phase(again) is Phase.CALIBRATING

    shown_memory = again.runner.memory()
    assert shown_memory is not None
    third = Room()
    third.tell(Resumed(shown_memory, 0, 1))
    assert phase(third) is Phase.CALIBRATING
    third.tell(Calibrated(GOOD))
    assert [one.offered_by for one in third.written(Calibration)] == ["c2"]
    assert third.runner.view(0).position == 1
