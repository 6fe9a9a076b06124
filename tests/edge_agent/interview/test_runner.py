"""One interview as the room holds it."""

from __future__ import annotations

import pytest

from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    Calibration,
    CalibrationOutcome,
    Command,
    CommandOutcome,
    CommandResult,
    Consent,
    EndInterview,
    GazeParameters,
    Neutral,
    Phase,
    PointQuality,
    PushQuestion,
    SkipQuestion,
    StartInterview,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.interview.presses import DoesNotKnowPressed, DonePressed, RepeatPressed, SkipPressed
from edge_agent.interview.steps import (
    Calibrated,
    CalibrationBegun,
    CalibrationEnded,
    CheckedIn,
    CloseAnswer,
    CommandArrived,
    Consented,
    Hush,
    OpenAnswer,
    Say,
    SpeechPlayed,
    StartRecording,
    StopRecording,
    VoiceChanged,
)
from tests.edge_agent.interview.helpers import MS, WALL_NS, Room, of, plan, question

CALIBRATED = Calibrated(
    Calibration(
        CalibrationOutcome.CALIBRATED,
        1.25,
        GazeParameters(-1.0, 2.0, 1.1, 0.9),
        (PointQuality("top_left", 30, 28, 0.5, 0.75), PointQuality("head", 9, 0, None, None)),
        Neutral(0.04, 0.3, 0.25, 0.3, 140, None, 0),
        1,
    )
)
pytestmark = pytest.mark.unit

Kind = TurnEventKind


def test_a_whole_interview_writes_every_step_in_order() -> None:
    room = Room()
    room.start()
    room.speak(2_000)
    room.wait(3_000)
    room.tell(DonePressed())
    assert room.events() == [
        Kind.INTERVIEW_STARTED,
        Kind.CHECKED_IN,
        Kind.QUESTION_ASKED,
        Kind.QUESTION_SPOKEN,
        Kind.ANSWER_OPENED,
        Kind.ANSWER_BEGUN,
        Kind.QUESTION_ASKED,
        Kind.QUESTION_SPOKEN,
        Kind.ANSWER_OPENED,
        Kind.INTERVIEW_FINISHED,
    ]
    ends = room.written(AnswerEnded)
    assert [end.reason for end in ends] == [AnswerEndReason.SILENCE, AnswerEndReason.DONE]
    assert [(end.question_id, end.utterances) for end in ends] == [("q1", 1), ("q2", 1)]
    assert room.written(TurnEvent)[-1].text == "completed"
    assert len(of(room.outputs, StartRecording)) == len(of(room.outputs, StopRecording)) == 1


def test_an_answer_ends_3_s_after_the_last_voice_and_not_600_ms_later() -> None:
    room = Room()
    room.start()
    room.speak(2_000)
    assert not of(room.wait(2_300), CloseAnswer)  # hearing said so 600 ms after the last voice
    assert of(room.wait(100), CloseAnswer)


def test_no_silence_ends_an_answer_with_less_than_1500_ms_of_voice_at_once() -> None:
    room = Room()
    room.start()
    room.speak(1_000)
    room.wait(6_900)
    assert room.runner.view(room.now_ms * MS).phase is Phase.ANSWERING
    room.wait(600)
    assert room.runner.view(room.now_ms * MS).still_there
    room.wait(8_000)
    assert [end.reason for end in room.written(AnswerEnded)] == [AnswerEndReason.SILENCE]


def test_no_answer_asks_still_there_once_and_ends_after_twice_that() -> None:
    room = Room()
    room.start()
    room.wait(7_900)
    assert not room.runner.view(room.now_ms * MS).still_there
    room.wait(100)
    assert room.runner.view(room.now_ms * MS).still_there
    room.wait(8_000)
    assert [end.reason for end in room.written(AnswerEnded)] == [AnswerEndReason.NO_ANSWER]


def test_voice_without_end_is_cut_at_the_limit() -> None:
    room = Room()
    room.start(plan(question(1, limit_ms=20_000)))
    room.tell(VoiceChanged(speaking=True))
    room.wait(19_900)
    assert not room.written(AnswerEnded)
    room.wait(100)
    assert [end.reason for end in room.written(AnswerEnded)] == [AnswerEndReason.TIME_LIMIT]


def test_recording_refused_ends_the_interview_with_nothing_recorded_or_asked() -> None:
    room = Room()
    room.order(StartInterview(plan()))
    room.tell(CheckedIn())
    room.tell(Consented(recording=False, ai_scoring=True))
    assert room.written(Consent) == [Consent(False, True, "2026-1", "en")]
    assert room.events()[-1] is Kind.INTERVIEW_FINISHED
    assert room.written(TurnEvent)[-1].text == "recording declined"
    assert not of(room.outputs, StartRecording) + of(room.outputs, Say)


def test_ai_scoring_refused_changes_nothing_in_the_room() -> None:
    room = Room()
    room.order(StartInterview(plan()))
    room.tell(CheckedIn())
    room.tell(Consented(recording=True, ai_scoring=False))
    assert of(room.outputs, OpenAnswer)


def test_calibration_can_be_skipped_and_gives_up_by_itself() -> None:
    room = Room()
    room.start(plan(calibrate=True))
    assert not of(room.outputs, Say)
    room.tell(CalibrationEnded(CalibrationOutcome.SKIPPED))
    assert room.written(Calibration) == [Calibration(CalibrationOutcome.SKIPPED, None)]
    assert of(room.outputs, Say)
    forgotten = Room()
    forgotten.start(plan(calibrate=True))
    forgotten.wait(180_000)
    assert of(forgotten.outputs, Say)


def test_what_calibration_found_is_written_once_and_known_until_the_next_interview() -> None:
    room = Room()
    room.start(plan(calibrate=True))
    assert not room.runner.view(0).calibration_begun
    room.wait(170_000)
    room.tell(CalibrationBegun())
    assert room.runner.view(0).calibration_begun
    room.wait(170_000)  # who begins late has time all the same
    room.tell(CALIBRATED)
    room.tell(CALIBRATED)
    room.tell(CalibrationBegun())
    assert room.written(Calibration) == [CALIBRATED.calibration]
    assert room.runner.view(0).calibration == CALIBRATED.calibration
    room.order(EndInterview("x"))
    room.wait(60_000)
    room.order(StartInterview(plan(name="i2", calibrate=True)))
    assert room.runner.view(0).calibration is None


def test_pressing_begin_again_and_again_holds_no_room_for_ever() -> None:
    room = Room()
    room.start(plan(calibrate=True))
    for _ in range(40):
        room.tell(CalibrationBegun())
        room.wait(10_000)
    assert room.written(Calibration) == [Calibration(CalibrationOutcome.SKIPPED, None)]


def test_the_answer_opens_after_the_time_to_think() -> None:
    room = Room()
    room.start(plan(question(1, think_ms=5_000)))
    assert room.runner.view(0).phase is Phase.THINKING
    room.wait(4_900)
    assert not of(room.outputs, OpenAnswer)
    room.wait(100)
    assert of(room.outputs, OpenAnswer)


@pytest.mark.parametrize("early", [VoiceChanged(speaking=True), DonePressed()])
def test_who_is_ready_early_is_heard_early(early: VoiceChanged | DonePressed) -> None:
    room = Room()
    room.start(plan(question(1, think_ms=5_000)))
    room.wait(1_000)
    assert of(room.tell(early), OpenAnswer)


def test_a_speaker_that_never_reports_back_does_not_hold_the_interview() -> None:
    room = Room(obliging=False)
    room.start()
    room.wait(10_000 + 400 * len("Question 1?"))
    assert of(room.outputs, Hush)
    assert of(room.outputs, OpenAnswer)
    assert Kind.QUESTION_SPOKEN not in room.events()


def test_the_late_end_of_a_hushed_question_is_not_the_end_of_the_next() -> None:
    room = Room(obliging=False)
    room.start()
    first = of(room.outputs, Say)[0]
    room.tell(SkipPressed())
    second = of(room.outputs, Say)[1]
    room.tell(SpeechPlayed(first.say_id))
    assert room.runner.view(0).phase is Phase.ASKING
    room.tell(SpeechPlayed(second.say_id))
    assert room.runner.view(0).phase is Phase.ANSWERING


def test_a_question_is_repeated_while_nothing_was_said_and_its_answer_stays_open() -> None:
    room = Room()
    room.start()
    room.wait(7_000)
    assert of(room.tell(RepeatPressed()), Say)
    room.wait(7_000)
    assert not room.runner.view(room.now_ms * MS).still_there
    room.speak(500)
    assert not of(room.tell(RepeatPressed()), Say)
    assert not of(room.outputs, CloseAnswer)


def test_a_pushed_question_comes_next_and_a_second_one_after_it() -> None:
    room = Room()
    room.start()
    room.order(PushQuestion(question(8)))
    room.order(PushQuestion(question(9)))
    assert room.runner.view(0).question_count == 4
    for _ in range(4):
        room.tell(DonePressed())
    asked = [e.question_id for e in room.written(TurnEvent) if e.kind is Kind.QUESTION_ASKED]
    assert asked == ["q1", "q8", "q9", "q2"]


def test_a_pushed_question_that_the_plan_holds_moves_forward_and_is_asked_once() -> None:
    room = Room()
    room.start(plan(question(1), question(2), question(3)))
    room.order(PushQuestion(question(3)))
    for _ in range(3):
        room.tell(DonePressed())
    asked = [e.question_id for e in room.written(TurnEvent) if e.kind is Kind.QUESTION_ASKED]
    assert asked == ["q1", "q3", "q2"]


@pytest.mark.parametrize("asked_first", [False, True])
def test_a_question_that_is_pushed_by_two_commands_is_asked_once(asked_first: bool) -> None:
    """The result of the first was lost on its way, or somebody pressed again."""
    room = Room()
    room.start(plan(question(1), question(2)))
    room.order(PushQuestion(question(8)), name="first")
    if asked_first:
        room.tell(DonePressed())
    room.order(PushQuestion(question(8)), name="second")
    for _ in range(3):
        room.tell(DonePressed())
    asked = [e.question_id for e in room.written(TurnEvent) if e.kind is Kind.QUESTION_ASKED]
    assert asked == ["q1", "q8", "q2"]
    outcomes = [one.outcome for one in room.written(CommandResult) if one.command_id == "second"]
    assert outcomes == [CommandOutcome.REFUSED if asked_first else CommandOutcome.DONE]


def test_ending_keeps_what_is_being_said() -> None:
    room = Room()
    room.start()
    room.tell(VoiceChanged(speaking=True))
    room.order(EndInterview("interviewer"))
    assert [end.reason for end in room.written(AnswerEnded)] == [AnswerEndReason.INTERVIEW_ENDED]
    assert room.written(TurnEvent)[-1].text == "interviewer"
    assert room.runner.view(0).phase is Phase.FINISHED


def test_a_question_skipped_before_its_answer_opened_still_ends_its_turn() -> None:
    room = Room(obliging=False)
    room.start()
    room.order(SkipQuestion("off topic"))
    end = room.written(AnswerEnded)[0]
    assert (end.question_id, end.reason, end.utterances) == ("q1", AnswerEndReason.SKIPPED, 0)


def test_who_says_that_they_do_not_know_goes_on_and_the_turn_says_so() -> None:
    room = Room()
    room.start()
    room.speak(2_000)
    room.tell(DoesNotKnowPressed())
    (end,) = room.written(AnswerEnded)
    assert (end.question_id, end.reason) == ("q1", AnswerEndReason.DOES_NOT_KNOW)
    assert room.runner.view(room.now_ms * MS).question_id == "q2"


def test_the_same_command_twice_is_done_and_answered_once() -> None:
    room = Room()
    room.start()
    room.order(PushQuestion(question(8)), name="same")
    room.order(PushQuestion(question(8)), name="same")
    results = [one for one in room.written(CommandResult) if one.command_id == "same"]
    assert [one.outcome for one in results] == [CommandOutcome.DONE]


@pytest.mark.parametrize(
    ("body", "expires", "outcome"),
    [
        (StartInterview(plan()), 10, CommandOutcome.EXPIRED),
        (None, 10**12, CommandOutcome.UNKNOWN),
        (SkipQuestion(""), 10**12, CommandOutcome.REFUSED),
        (EndInterview(""), 10**12, CommandOutcome.REFUSED),
        (PushQuestion(question(1)), 10**12, CommandOutcome.REFUSED),
        (StartInterview(plan(question(1), question(1))), 10**12, CommandOutcome.REFUSED),
        (StartInterview(plan(name="")), 10**12, CommandOutcome.REFUSED),
        (StartInterview(plan()), 10**12, CommandOutcome.DONE),
    ],
)
def test_an_idle_room_answers_every_command_once(
    body: StartInterview | None, expires: int, outcome: CommandOutcome
) -> None:
    room = Room()
    room.order(body, expires=expires)
    results = room.written(CommandResult)
    assert [one.outcome for one in results] == [outcome]
    assert bool(results[0].detail) is (outcome is not CommandOutcome.DONE)


def test_a_second_interview_waits_until_the_first_is_over() -> None:
    room = Room()
    room.start()
    room.order(StartInterview(plan(name="i2")))
    assert room.written(CommandResult)[-1].outcome is CommandOutcome.REFUSED
    room.order(EndInterview(""))
    room.order(StartInterview(plan()))
    assert room.written(CommandResult)[-1].detail == "This interview was already held in this room."
    room.order(StartInterview(plan(name="i2")))
    assert room.runner.view(0).interview_id == "i2"


def test_the_farewell_is_shown_for_90_s() -> None:
    room = Room()
    room.start()
    room.order(EndInterview(""))
    room.wait(89_900)
    assert room.runner.view(room.now_ms * MS).phase is Phase.FINISHED
    room.wait(100)
    assert room.runner.view(room.now_ms * MS).phase is Phase.IDLE
    assert room.runner.view(room.now_ms * MS).interview_id == ""


def test_a_room_that_is_not_ready_refuses_to_begin_and_says_why() -> None:
    room = Room()
    start = Command("c", 2**62, StartInterview(plan()))
    reasons = ("camera: unplugged", "disk: not encrypted.")
    out = room.tell(CommandArrived(start, WALL_NS, reasons))
    assert of(out, CommandResult) == [
        CommandResult(
            "c",
            CommandOutcome.REFUSED,
            "This room is not ready. camera: unplugged; disk: not encrypted.",
        )
    ]
    assert room.runner.view(0).phase is Phase.IDLE
    again = Command("d", 2**62, StartInterview(plan()))
    room.tell(CommandArrived(again, WALL_NS))
    assert room.runner.view(0).phase is Phase.WAITING


def test_a_plan_that_cannot_be_held_is_refused_before_the_room_is_blamed() -> None:
    room = Room()
    broken = Command("c", 2**62, StartInterview(plan(question(1), question(1))))
    (result,) = of(room.tell(CommandArrived(broken, WALL_NS, ("camera: gone",))), CommandResult)
    assert result.detail == "Every question of the plan needs an id of its own."
