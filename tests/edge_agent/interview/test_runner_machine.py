"""Whatever comes in whatever order: no error, no turn left open, no record of a lie."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    CalibrateGaze,
    CalibrateStep,
    Calibration,
    CalibrationOutcome,
    Command,
    CommandResult,
    EndInterview,
    HoldFollowUp,
    InterviewPlan,
    MarkDisturbed,
    Phase,
    PlannedQuestion,
    PushQuestion,
    SkipQuestion,
    StartInterview,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.interview.presses import (
    AnswerAgainPressed,
    DevicesTried,
    DoesNotKnowPressed,
    DonePressed,
    HelpPressed,
    PausePressed,
    RepeatPressed,
    ResumePressed,
    SentenceWanted,
    SkipPressed,
)
from edge_agent.interview.steps import (
    AnswerClosed,
    Calibrated,
    CalibrationBegun,
    CalibrationEnded,
    CheckedIn,
    CloseAnswer,
    CommandArrived,
    Consented,
    Disturbed,
    Input,
    LanguageChosen,
    OpenAnswer,
    Output,
    PauseRecording,
    ResumeRecording,
    Say,
    SpeechPlayed,
    StartRecording,
    StopRecording,
    Tick,
    VoiceChanged,
)
from tests.edge_agent.interview.helpers import MS, Room, of, plan, question

pytestmark = pytest.mark.unit

LIMIT_MS = 20_000
CALIBRATION = Calibration(CalibrationOutcome.FAILED, 6.5, attempts=2)


def tried_plan(
    tried: bool, *questions: PlannedQuestion, calibrate: bool, name: str
) -> InterviewPlan:
    made = plan(*questions, calibrate=calibrate, name=name)
    return replace(made, check_devices=tried, practice=tried)


bodies = st.one_of(
    st.builds(
        StartInterview,
        st.builds(
            lambda name, calibrate, think, tried: tried_plan(
                tried,
                question(1, limit_ms=LIMIT_MS, think_ms=think),
                question(2, limit_ms=LIMIT_MS),
                calibrate=calibrate,
                name=name,
            ),
            st.sampled_from(["i1", "i2", "i3"]),
            st.booleans(),
            st.sampled_from([0, 2_000]),
            st.booleans(),
        ),
    ),
    st.builds(lambda n: PushQuestion(question(n, limit_ms=LIMIT_MS)), st.integers(1, 6)),
    st.builds(
        lambda n, after, heard: HoldFollowUp(n and question(n, limit_ms=LIMIT_MS), after, heard),
        st.sampled_from([None, 3, 4, 5]),
        st.sampled_from(["q1", "q2", "q3"]),
        st.integers(0, 2),
    ),
    st.just(SkipQuestion("")),
    st.just(EndInterview("")),
    st.just(MarkDisturbed("noise")),
    st.builds(CalibrateGaze, st.sampled_from(CalibrateStep)),
    st.none(),
)
commands = st.builds(
    lambda name, expires, body: CommandArrived(Command(f"c{name}", expires, body), 100),
    st.integers(0, 12),
    st.sampled_from([50, 1_000, 1_000, 1_000]),
    bodies,
)
told = st.one_of(
    st.just(Tick()),
    commands,
    st.just(CheckedIn()),
    st.sampled_from([SentenceWanted(), DevicesTried()]),
    st.builds(LanguageChosen, st.sampled_from(["ko", "en", "fr"])),
    st.builds(Consented, st.sampled_from([True, True, False]), st.booleans()),
    st.just(CalibrationEnded(CalibrationOutcome.SKIPPED)),
    st.just(CalibrationBegun()),
    st.just(Calibrated(CALIBRATION)),
    st.builds(SpeechPlayed, st.integers(0, 4)),
    st.builds(VoiceChanged, st.booleans()),
    st.just(DonePressed()),
    st.just(SkipPressed()),
    st.just(DoesNotKnowPressed()),
    st.sampled_from([PausePressed(), ResumePressed(), ResumePressed()]),
    st.sampled_from([AnswerAgainPressed(), AnswerAgainPressed(), HelpPressed()]),
    st.just(Disturbed("device", 5_000 * MS, 0, written=True)),
    st.just(RepeatPressed()),
    st.builds(AnswerClosed, st.sampled_from(["id1", "id2"]), st.just(0), st.just(0), st.just(0)),
)
steps = st.lists(st.tuples(told, st.sampled_from([-50, 0, 100, 700, 3_000, 30_000])), max_size=60)


def assert_turns_are_nested(outputs: list[Output], first_position: int = 0) -> None:
    """Asked -> [opened -> closed once] -> ended, one turn after the other, positions ascending (from
    `first_position` in the first interview).
    """
    asked = ended = opened = closed = ""
    position, before, again = -1, first_position - 1, False
    for one in of(outputs, object):
        match one:
            case TurnEvent(kind=TurnEventKind.INTERVIEW_STARTED):
                position, before, again = before, -1, False
                assert asked == ended
            case TurnEvent(kind=TurnEventKind.QUESTION_ASKED):
                assert asked == ended
                assert one.position == position + (not again)
                asked, position, again = one.turn_id, one.position, False
            case TurnEvent(kind=TurnEventKind.ANSWER_OPENED):
                assert one.turn_id == asked != opened
            case OpenAnswer():
                assert one.turn_id == asked != opened
                opened = one.turn_id
            case CloseAnswer():
                assert one.turn_id == opened != closed
                closed = one.turn_id
            case AnswerEnded():
                assert one.turn_id == asked != ended
                assert closed == opened
                ended, again = one.turn_id, one.reason is AnswerEndReason.DISTURBED
            case TurnEvent(kind=TurnEventKind.INTERVIEW_FINISHED):
                assert asked == ended
            case _:
                pass


def play(taken: list[tuple[Input, int]], *, obliging: bool) -> Room:
    room = Room(obliging=obliging)
    room.order(StartInterview(plan(question(1, limit_ms=LIMIT_MS), question(2))), name="c0")
    for one, later_ms in taken:
        room.now_ms += later_ms
        room.tell(one)
    return room


@settings(max_examples=300, deadline=None)
@given(steps, st.booleans())
def test_turns_are_nested_whatever_comes(taken: list[tuple[Input, int]], obliging: bool) -> None:
    assert_turns_are_nested(play(taken, obliging=obliging).outputs)


@settings(max_examples=200, deadline=None)
@given(steps)
def test_every_command_is_answered_exactly_once(taken: list[tuple[Input, int]]) -> None:
    room = play(taken, obliging=True)
    sent = {one.command.command_id for one, _ in taken if isinstance(one, CommandArrived)} | {"c0"}
    assert sorted(one.command_id for one in room.written(CommandResult)) == sorted(sent)


@settings(max_examples=200, deadline=None)
@given(steps)
def test_recording_is_on_only_between_consent_and_the_end(taken: list[tuple[Input, int]]) -> None:
    room = play(taken, obliging=True)
    recording = False
    for one in room.outputs:
        if isinstance(one, StartRecording | StopRecording):
            assert recording is isinstance(one, StopRecording)
            recording = not recording
        assert recording or not isinstance(one, OpenAnswer | CloseAnswer)


@settings(max_examples=50, deadline=None)
@given(steps)
def test_an_interview_that_recording_was_granted_to_ends_by_itself(
    taken: list[tuple[Input, int]],
) -> None:
    room = play(taken, obliging=True)
    before = (Phase.IDLE, Phase.WAITING, Phase.CONSENTING)
    if room.runner.view(room.now_ms * MS).phase in before:
        return
    for _ in range(600):
        room.now_ms += 1_000
        room.tell(Tick())
        room.tell(ResumePressed())
    assert room.runner.view(room.now_ms * MS).phase is Phase.IDLE


@settings(max_examples=200, deadline=None)
@given(steps)
def test_every_pause_ends_and_nothing_is_opened_or_closed_in_one(
    taken: list[tuple[Input, int]],
) -> None:
    paused = False
    for one in play(taken, obliging=True).outputs:
        match one:
            case PauseRecording() | ResumeRecording():
                assert paused is isinstance(one, ResumeRecording)
                paused = not paused
            case OpenAnswer() | CloseAnswer() | Say() | StopRecording():
                assert not paused
